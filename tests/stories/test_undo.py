"""Undo takes back the last thing this person did, whatever it was, and names it before and after; or says it cannot."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.people.member import every_member
from tests.double import stored
from tests.known import WORKSPACE
from tests.setup_story import due

KEPT = (
    "activity", "followup", "opportunity", "debrief", "goal", "goal_change", "leave", "mute", "holiday_change", "team",
    "currency_rate",
)  # fmt: skip


async def kept(team):
    """Return all that people decided, as it stands."""
    found = await stored(team)
    async with team.bot.database.read(WORKSPACE) as scope:
        people = [(row.user_id, row.paused_until, row.evening_at) for row in await every_member(scope)]
    return {**{table: found[table] for table in KEPT}, "member": people}


async def undo(person):
    return (await person.says("/rainmaker undo"))[-1]


async def test_a_pause_is_taken_back_and_so_is_its_end(team):
    ana = team.person("ana")
    before = await kept(team)
    await ana.says("/rainmaker pause until Friday")
    paused = await kept(team)
    await ana.says("/rainmaker resume")
    assert "Undone: messages resumed. As before: messages paused until Fri 18 Sep." in await undo(ana)
    assert await kept(team) == paused
    assert "Undone: messages paused until Fri 18 Sep. As before: no pause." in await undo(ana)
    assert await kept(team) == before


async def test_ones_own_settings_are_taken_back_whole_and_the_schedule_follows(team):
    ana = team.person("ana")
    before, at = await kept(team), (await due(team, "U1")).local_time
    await ana.says("/rainmaker settings")
    await ana.chooses("End-of-day message", "17:45")
    await ana.chooses("Pause my messages until", "2026-09-21")
    await ana.submits()
    await ana.closes()
    assert (await due(team, "U1")).local_time != at
    assert "Undone: your settings. As before: no pause." in await undo(ana)
    assert await kept(team) == before
    assert (await due(team, "U1")).local_time == at


async def test_a_kind_switched_off_comes_again(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the ROI sheet")
    await team.jump("16:40", "Europe/Ljubljana")
    before = await kept(team)
    await ana.chooses("⋯", "Switch off: End-of-day prompt", near="Pause until Monday")
    assert await kept(team) != before
    assert "Undone: End-of-day prompt switched off." in await undo(ana)
    assert await kept(team) == before


async def test_leave_added_or_removed_is_taken_back(team):
    ana = team.person("ana")
    before = await kept(team)
    await ana.says("/team leave")
    await ana.clicks("Add leave")
    await ana.chooses("First day", "2026-10-09")
    await ana.submits()
    await ana.closes()
    taken = await kept(team)
    await ana.says("/team leave")
    await ana.clicks("Remove")
    assert "As before: leave Fri 9 Oct 2026." in await undo(ana)
    assert await kept(team) == taken
    assert "Undone: your leave, Fri 9 Oct. Nothing of it is kept." in await undo(ana)
    assert await kept(team) == before


async def test_a_teams_settings_are_taken_back_and_every_schedule_follows(team):
    mia = team.person("mia")
    before, at = await kept(team), (await due(team, "U1")).local_time
    await mia.says("/team settings")
    await mia.chooses("End-of-day message", "17:15")
    await mia.submits()
    await mia.closes()
    assert "Undone: settings of Field. Everything is as it was before." in await undo(mia)
    assert await kept(team) == before
    assert (await due(team, "U1")).local_time == at


async def test_a_day_the_team_works_is_off_again(team):
    mia = team.person("mia")
    before = await kept(team)
    await mia.says("/team holidays")
    await mia.clicks("We work", near="Columbus Day")
    assert "Undone: Field works on Mon 12 Oct. Nothing of it is kept." in await undo(mia)
    assert await kept(team) == before


async def test_what_cannot_be_undone_is_said_and_nothing_before_it_is_taken_back(team):
    mia = team.person("mia")
    await mia.says("/deal Acme 24k")
    await mia.says("/team people")
    await mia.submits()
    await mia.closes()
    left = await kept(team)
    assert "The last thing you did, “team Field changed”, cannot be undone here." in await undo(mia)
    assert await kept(team) == left


ACTIONS = (
    "/log 5 calls",
    "/log call Acme – spoke to Dana",
    "/followup Acme fri 3pm send the ROI sheet",
    "/followup Globex mon call Dana",
    "/deal Acme 24k",
    "/deal won Acme",
    "/deal lost Acme price",
    "/deal Borealis 12k",
    "/goal 120k this quarter",
    "/goal 40 calls this month",
    "/rainmaker pause until Friday",
    "/rainmaker pause for 2 weeks",
    "/rainmaker resume",
    "/followup done acme",
    "/followup move globex to thursday",
    "/followup drop globex",
    "/followup Acme every friday check the pipeline",
    "/deal edit Acme 30k",
    "/log call acme – spoke to dana, send proposal by friday",
    "off on thursday and friday",
    "/goal close 5 deals in october",
)


@pytest.mark.large
@pytest.mark.engines("sqlite")
@given(st.lists(st.sampled_from(ACTIONS), max_size=8))
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
async def test_any_sequence_of_what_one_types_is_taken_back_step_by_step(team, typed):
    ana = team.person("ana")
    states = [await kept(team)]
    for line in typed:
        await ana.says(line)
        now = await kept(team)
        if now != states[-1]:
            states.append(now)
    for before in reversed(states[:-1]):
        assert "Undone: " in await undo(ana)
        assert await kept(team) == before
    assert "nothing to undo" in await undo(ana)
