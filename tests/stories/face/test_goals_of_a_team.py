"""Goals for a team: a target that is split, a list that is pasted, small goals that stay one's own."""

import re

import pytest

from tests.setup_story import sets_up
from tests.stories.face import books
from tests.stories.face.seen import amount, chooses, field, home_blocks, home_lines, label, modal, presses

pytestmark = pytest.mark.engines("sqlite")

TARGETS = re.compile(r"\$[\d.,]+k?(?= revenue)|(?<=of )\$[\d.,]+k?")


async def form(town):
    """The manager's form for the goals of all, from Home's menu."""
    mia = town.person("mia")
    await mia.opens_home()
    assert label(home_blocks(mia), r"^Set goals"), "Home has no “Set goals”."
    await presses(mia, r"^Set goals", where="home")
    modal(mia)
    return mia


async def saved(mia):
    """Submit until the form is done: a split may be shown before it is saved."""
    for _ in range(3):
        view = mia._workspace.modal(mia.person.id)
        if view is None or not view.payload.get("submit"):
            break
        await mia.submits()
        assert not mia.modal_errors(), mia.modal_errors()
    if mia.modal():
        await mia.closes(everything=True)


async def target_of(town, name):
    """The target that somebody reads in their own /goal."""
    said = "\n".join(await town.person(name).says("/goal", channel="sales"))
    found = TARGETS.findall(said)
    assert found, f"{name} has no goal:\n{said}"
    return amount(found[0])


async def test_a_target_is_split_evenly(team):
    """100k for the team is 50k for each of two."""
    mia = await form(team)
    await mia.fills(field(mia, r"target"), "100k")
    await chooses(mia, r"split|share|how", r"even")
    await saved(mia)
    assert [await target_of(team, name) for name in ("ana", "ben")] == [50_000, 50_000]


async def test_an_even_split_of_three_adds_up_to_the_target(team):
    """100,000 among three is 100,000: no dollar is lost in rounding."""
    await sets_up(team.person("mia"), "Field", ["raj"])
    await team.person("mia").closes()
    mia = await form(team)
    await mia.fills(field(mia, r"target"), "100k")
    await chooses(mia, r"split|share|how", r"even")
    await saved(mia)
    each = [await target_of(team, name) for name in ("ana", "ben", "raj")]
    assert sum(each) == pytest.approx(100_000, abs=150)
    assert max(each) - min(each) <= 200
    await mia.opens_home()
    assert re.search(r"\$100k|\$100,000", "\n".join(home_lines(mia))), mia.home()


async def test_a_target_is_split_by_last_period(team):
    """Who won 60 of 80 last quarter gets three quarters of the new target."""
    for owner, value in (("U1", 60_000_00), ("U2", 20_000_00)):
        await books.won(team, owner, value, books.date(2026, 5, 12))
    mia = await form(team)
    await mia.fills(field(mia, r"target"), "100k")
    await chooses(mia, r"split|share|how", r"last (period|quarter)|before")
    await saved(mia)
    assert await target_of(team, "ana") == pytest.approx(75_000, rel=0.01)
    assert await target_of(team, "ben") == pytest.approx(25_000, rel=0.01)


async def test_a_target_is_split_by_hand(team):
    """By hand there is a field for each rep, or a list of them to change."""
    mia = await form(team)
    await mia.fills(field(mia, r"target"), "100k")
    await chooses(mia, r"split|share|how", r"hand")
    if not re.search(r"Ana Kovač", modal(mia)):
        await mia.submits()
    await mia.fills(field(mia, r"Ana Kovač"), "70k")
    await mia.fills(field(mia, r"Ben Ito"), "30k")
    await saved(mia)
    assert [await target_of(team, name) for name in ("ana", "ben")] == [70_000, 30_000]


async def test_a_pasted_list_sets_goals_for_all(team):
    """Names and amounts, a line each, as they come out of a sheet."""
    mia = await form(team)
    await mia.fills(field(mia, r"list|paste|line each|one a line"), "Ana Kovač\t60k\nBen Ito, 40,000")
    await saved(mia)
    assert [await target_of(team, name) for name in ("ana", "ben")] == [60_000, 40_000]


async def test_a_name_nobody_has_is_named_and_nothing_is_saved(team):
    """The error stands under the field and names the line; no half of the list is kept."""
    mia = await form(team)
    await mia.fills(field(mia, r"list|paste|line each|one a line"), "Ana Kovač 60k\nBem Ido 40k")
    await mia.submits()
    assert "Bem Ido" in "\n".join([*mia.modal_errors().values(), mia.modal() or ""])
    if mia.modal():
        await mia.closes(everything=True)
    assert not TARGETS.search("\n".join(await team.person("ana").says("/goal", channel="sales")))


async def test_fifty_calls_this_week_is_a_goal(team):
    """A weekly goal of activities is typed in a line and counted from what is logged."""
    ben = team.person("ben")
    await ben.says("/goal 50 calls this week", channel="sales")
    await ben.says("/log 12 calls", channel="sales")
    await ben.opens_home()
    assert re.search(r"\b12 of 50\b", "\n".join(home_lines(ben))), ben.home()


async def test_ten_calls_today_is_a_goal(team):
    """A goal of one day stands beside the week's, and is over with the day."""
    ben = team.person("ben")
    await ben.says("/goal 10 calls today", channel="sales")
    await ben.says("/log 4 calls", channel="sales")
    await ben.opens_home()
    assert re.search(r"\b4 of 10\b", "\n".join(home_lines(ben))), ben.home()
    await team.jump("2026-09-15 09:30", "America/New_York")
    await ben.opens_home()
    assert not re.search(r"\b\d+ of 10\b", "\n".join(home_lines(ben)))


async def test_the_days_and_the_weeks_goal_stand_side_by_side(team):
    """Ten calls today does not replace fifty this week."""
    ben = team.person("ben")
    await ben.says("/goal 50 calls this week", channel="sales")
    await ben.says("/goal 10 calls today", channel="sales")
    await ben.says("/log 4 calls", channel="sales")
    await ben.opens_home()
    said = "\n".join(home_lines(ben))
    assert re.search(r"\b4 of 50\b", said), said
    assert re.search(r"\b4 of 10\b", said), said
