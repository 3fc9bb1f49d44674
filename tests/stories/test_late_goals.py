"""A goal set in week eleven of thirteen: what it counts is said, and nobody is weeks behind for the weeks before it."""

import re
from datetime import date

import pytest

from tests.stories.face.books import won
from tests.stories.face.seen import home_lines

pytestmark = pytest.mark.engines("sqlite")

HERE = "Europe/Ljubljana"
GOAL = "/goal 60k this quarter because of last year"
FROM_THEN = "Set Mon 14 Sep with nothing there before: its days count from then."
ALL_OF_IT = "Set Mon 14 Sep; all of Q3 counts, from Wed 1 Jul."


async def everywhere(team, name="ana"):
    """What a person reads of a goal: Home, /goal and the digest's preview."""
    person = team.person(name)
    await person.opens_home()
    return [
        "\n".join(home_lines(person)),
        "\n".join(await person.says("/goal", channel="sales")),
        "\n".join(await person.says("/team digest", channel="sales")),
    ]


async def test_without_deals_before_it_the_goal_begins_when_it_was_set(team):
    ana = team.person("ana")
    await ana.says(GOAL, channel="sales")
    await ana.clicks("Nothing yet", where="sales")
    assert "The goal starts from zero, and its days count from when it was set." in ana.sees("sales")[-1]
    home, goal, digest = await everywhere(team)
    assert not [said for said in (home, goal, digest) if "behind" in said]
    assert "not started yet" in home
    assert "not started yet" in goal
    await ana.chooses("⋯", "Details", near="Q3 revenue", where="sales")
    assert FROM_THEN in (ana.modal() or ana.sees("sales")[-1])
    why = "\n".join(await ana.says("/why revenue", channel="sales"))
    assert FROM_THEN in why
    assert "1 of its 13 working days are over" in why
    await team.jump("2026-09-18 10:00", HERE)
    for said in await everywhere(team):
        assert set(re.findall(r"(\d+) days? behind", said)) <= {"5"}, said
    assert "5 days behind" in (await everywhere(team))[1]


async def test_with_deals_before_it_all_of_the_period_counts_and_that_is_said(team):
    ana = team.person("ana")
    await won(team, "U1", 12_000_00, date(2026, 8, 3))
    said = "\n".join(await ana.says(GOAL, channel="sales"))
    assert "$12k of $60k" in said
    assert ALL_OF_IT in said
    assert "1 Jul" in "\n".join(await ana.says("/why revenue", channel="sales"))
    days = [set(re.findall(r"(\d+) days? behind", shown)) for shown in await everywhere(team)]
    assert days[0] == days[1]
    assert days[0]


async def test_calls_of_a_week_set_on_wednesday_count_from_wednesday(team):
    ana = team.person("ana")
    await team.jump("2026-09-16 10:00", HERE)
    said = "\n".join(await ana.says("/goal 50 calls this week", channel="sales"))
    assert "behind" not in said
    assert "Set Wed 16 Sep with nothing there before: its days count from then." in said
    await ana.says("/log 5 calls yesterday", channel="sales")
    assert "days behind" in "\n".join(await ana.says("/goal", channel="sales"))
    await ana.says("/rainmaker undo", channel="sales")
    assert "behind" not in "\n".join(await ana.says("/goal", channel="sales"))


async def test_a_goal_set_in_time_says_nothing_of_it(team):
    ana = team.person("ana")
    said = "\n".join(await ana.says("/goal 45k next quarter because of last year", channel="sales"))
    assert "its days count" not in said
    assert "counts, from" not in said
