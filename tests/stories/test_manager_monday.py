"""The manager's Monday: a granted price waits no more, and two teams stand in one message (5)."""

from datetime import date

import pytest

from storage.people.team import find_team_named
from tests.known import WORKSPACE
from tests.setup_story import sets_up
from tests.stories.led.led import (
    IDS,
    asks,
    asks_for_a_discount,
    counts_anyway,
    goal,
    head,
    label,
    lives,
    mondays,
    next_monday,
    people,
    presses,
    told,
    tried,
    was_won,
)
from tests.story_workspace import StoryWorkspace

pytestmark = pytest.mark.engines("sqlite")


async def test_a_granted_price_waits_no_more(team: StoryWorkspace) -> None:
    """Monday 12 October is a holiday of the team's country, so the second message comes on the Tuesday."""
    ana, mia = team.person("ana"), team.person("mia")
    await asks_for_a_discount(team, ana)
    [first] = mondays(mia, await next_monday(team, mia, first="2026-09-29", monday="2026-10-05"))
    assert "A lower price for Lockside, asked by Ana Kovač" in first
    await presses(mia, r"^Decide", where=mia._place(None).id, near="Lockside")
    await presses(mia, r"^Grant", where=mia._place(None).id)
    before = await next_monday(team, mia, first="2026-10-06", monday="2026-10-12")
    assert mondays(mia, before) == []
    await lives(team, "2026-10-13", "2026-10-13")
    [second] = mondays(mia, before)
    assert "Lockside" not in second


async def test_each_team_has_its_line_and_its_currency(team: StoryWorkspace) -> None:
    mia = team.person("mia")
    await goal(team.person("ana"))
    await sets_up(mia, "West", ["raj"])
    async with team.bot.database.write(WORKSPACE) as scope:
        west = await find_team_named(scope, "West")
        assert west is not None
        assert west.currency == "USD"  # as in Field, which its founder leads
        west.currency = "EUR"
        scope.session.add(west)
    await goal(team.person("raj"), "/goal 30k this quarter")
    [said] = mondays(mia, await next_monday(team, mia))
    assert "Your week, Mon 21 Sep  2 teams" in head(said, 1)
    assert "$0 of $60k" in said
    assert "€0 of €30k" in said


async def test_a_rep_is_told_whose_it_is(team: StoryWorkspace) -> None:
    assert "manager" in await tried(team.person("ben"), "/team monday")


async def test_a_team_without_reps_has_no_monday(team: StoryWorkspace) -> None:
    mia = team.person("mia")
    await people(team, (), ("U3",))
    assert mondays(mia, await next_monday(team, mia)) == []
    assert "Nobody sells in Field yet" in await asks(mia, "/team monday", "sales")


async def test_who_sells_too_waits_for_no_decision_of_their_own(team: StoryWorkspace) -> None:
    """Mia sells in the team that she and Raj manage: her suspect is for Raj to read."""
    mia, raj = team.person("mia"), team.person("raj")
    await team.known("raj")
    await people(team, ("U1", "U2", "U3"), ("U3", IDS["raj"]))
    await counts_anyway(mia)
    line = "Quayside counts without the entry gate"
    assert line not in await asks(mia, "/team monday", "sales")
    assert line in await asks(raj, "/team monday")


async def test_in_midweek_it_says_since_which_day(team: StoryWorkspace) -> None:
    """On a Wednesday "last Monday" would be two days ago to some."""
    mia = team.person("mia")
    await was_won(team, "Quayside", date(2026, 9, 10))
    await team.jump("2026-09-16 10:00", "Europe/Ljubljana")
    said = await asks(mia, "/team monday", "sales")
    assert "0 deals opened, 1 won since Mon 7 Sep" in said, said
    assert "Changed since Mon 7 Sep" in said, said
    assert "last Monday" not in said


async def test_it_is_shown_at_any_time(team: StoryWorkspace) -> None:
    mia = team.person("mia")
    said = await asks(mia, "/team monday", "sales")
    assert "Your week, Mon 14 Sep" in said
    assert not label(told(mia, "sales")[-1].blocks or [], r"^Decide")


async def test_what_a_monday_brings_is_told_once(team: StoryWorkspace) -> None:
    """Won on the morning that a message comes: it is the next one's to tell, and in `/team monday` at once."""
    mia = team.person("mia")
    await was_won(team, "Quayside", date(2026, 9, 21))
    [first] = mondays(mia, await next_monday(team, mia))
    assert "0 won in the week of Mon 14 Sep" in first
    assert "Quayside" in await asks(mia, "/team monday", "sales")
    [second] = mondays(mia, await next_monday(team, mia, first="2026-09-22", monday="2026-09-28"))
    assert "Changed in the week of Mon 21 Sep" in second
    assert "Quayside" in second
