"""People and books as they come: clocks that change, parked deals, leave, three deals, one rep, contradictions."""

import pytest

from tests.setup_story import sets_up
from tests.stories.craft import books, lived
from tests.stories.craft.lived import (
    NONSENSE,
    clocks,
    has,
    line_with,
    names_contact,
    reads,
    today_list,
    tried,
)
from tests.stories.craft.test_four_lights import RED, UNKNOWN, lights, parts
from tests.stories.pipeline import books as deals
from tests.stories.pipeline.books import HERE, TODAY, days
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
async def lockside(team, ana):
    await deals.stands(team, "Lockside")
    return ana


@pytest.mark.parametrize(
    ("day", "here"),
    [
        ("2026-10-22", "15"),  # New York UTC−4, Ljubljana UTC+2: nine there is 13:00 UTC, 15:00 here
        ("2026-10-27", "14"),  # Ljubljana went to UTC+1 on the 25th, New York did not: 13:00 UTC, 14:00 here
        ("2026-11-03", "15"),  # New York went to UTC−5 on the 1st: 14:00 UTC, 15:00 here
    ],
)
async def test_their_nine_oclock_stays_nine_when_either_clock_changes(lockside, day, here):
    """A contact in another zone across both changes of the clocks (#57), planned from September on."""
    await names_contact(lockside, "Lockside", "Dana Roe", zone="America/New_York", best="9:00-10:00")
    said = await asks(lockside, f"/followup Lockside {day} call Dana about the quote", "sales")
    assert [one for one in clocks(said) if one.startswith(f"{here}:")], said


async def test_a_zone_that_is_none_is_an_error_and_nothing_is_kept(lockside):
    """“Atlantis” (#56): said under the field or in a line with what would do; no contact in no zone."""
    try:
        said = await names_contact(lockside, "Lockside", "Dana Roe", zone="Atlantis")
    except AssertionError as none:  # a menu offers no such zone: it cannot be given
        if "offers nothing like" not in str(none):
            raise
        return
    assert has(r"Atlantis|no time zone|zone", said), said
    assert "Atlantis" not in await tried(lockside, "/deal Lockside")


@pytest.mark.parametrize("best", ["mornings, only after 14:00", "17:00-16:00"])
async def test_times_that_contradict_one_another_are_asked_about(lockside, best):
    """Contradictory (#57): sure, or ask. Nothing is stored as a guess, and what was typed is not lost."""
    said = await names_contact(lockside, "Lockside", "Dana Roe", zone="Europe/Ljubljana", best=best)
    assert has(r"contradict|both|which|mean|cannot|not sure|between|begins? (after|before)|\?", said), said


async def test_two_who_want_other_times_each_get_theirs(lockside):
    """Dana in the morning, Ola in the afternoon (#57): the one that is named decides."""
    await names_contact(lockside, "Lockside", "Dana Roe", zone="Europe/Ljubljana", best="9:00-10:00")
    await names_contact(lockside, "Lockside", "Ola Berg", zone="Europe/Ljubljana", best="14:00-15:00")
    for name, hour in (("Dana", "09:"), ("Ola", "14:")):
        said = await asks(lockside, f"/followup Lockside tomorrow call {name} about the quote", "sales")
        assert [one for one in clocks(said) if one.startswith(hour)], said


async def test_their_afternoon_in_my_night_wakes_nobody(lockside, team):
    """16:00 in Los Angeles (#56) is 01:00 in Ljubljana: it is said, and no message comes between seven and eight."""
    await names_contact(lockside, "Lockside", "Dana Roe", zone="America/Los_Angeles")
    said = await asks(lockside, "/followup Lockside tomorrow call Dana about the quote", "sales")
    assert has(r"Los Angeles|their|night|01:|1:00|early|late", said), said
    before = lived.mark(lockside)
    for moment in (
        "2026-09-14 19:30",
        "2026-09-15 01:30",
        "2026-09-15 07:40",
        "2026-09-15 23:50",
        "2026-09-16 07:40",
    ):
        await team.jump(moment, HERE)
    came = [one.astimezone(lived.ZoneInfo(HERE)).hour for one in lived.arrived(lockside, before, "Lockside")]
    assert all(8 <= one < 19 for one in came), came


async def test_a_parked_deal_has_no_cadence(team, ana):
    """Parked (#53): it may be silent; the one beside it, as silent and not parked, is listed."""
    for name in ("Lockside", "Granary"):
        await books.worked(team, name, [books.Touch(TODAY - days(38))], opened=TODAY - days(40))
    await asks(ana, "/deal park Lockside until 1 december", "sales")
    said = await today_list(ana)
    assert line_with(said, "Granary", r"\d+ (working )?days|since|silent|no word"), said
    assert not line_with(said, "Lockside", r"\d+ (working )?days|since|silent|no word"), said


async def test_a_rep_with_three_deals_is_told_what_cannot_be_told(team, ana):
    """Three deals (#67): no light is red on three, each says why it cannot tell, and no number is nonsense."""
    for number in range(3):
        await books.worked(team, f"Deal {number}", [books.Touch(TODAY - days(2))], opened=TODAY - days(9))
    said = await lights(ana)
    assert sum(has(UNKNOWN, one) for one in parts(said)) >= 2, said
    assert not has(RED, said), said
    assert not NONSENSE.search(said), said


@pytest.fixture
async def alone(town):
    """Ana, a team of one, who manages herself."""
    ana = town.person("ana")
    await sets_up(town.person("mia"), "Solo", ["ana"], managers=["mia"])
    await town.person("mia").closes(everything=True)
    return ana


async def test_a_team_of_one_is_compared_with_nobody(town, alone):
    """Alone (#19, #67): lights without a colleague's number, and the team's are hers."""
    await books.did(town, [books.Touch(TODAY - days(4), "call", books.NOBODY, 80)])
    await deals.stands(town, "Lockside", age=4)
    said = await lights(alone)
    assert len(parts(said)) == 4
    assert not NONSENSE.search(said), said
    assert not has(r"team('s)? (average|median|1 per)|per 0\b|than (the|your) (team|colleagues)", said), said
    assert parts(await lights(town.person("mia"), " team"))


async def test_leave_in_the_middle_of_a_streak_is_no_gap_and_no_day(team, ana):
    """1–3 and 14 September with leave from the 4th to the 11th (#66): four days, not one and not ten."""
    await books.on_leave(team, TODAY.replace(day=4), TODAY.replace(day=11))
    touches = [books.Touch(TODAY.replace(day=one), "call", books.NOBODY) for one in (1, 2, 3)]
    await books.did(team, touches)
    await asks(ana, "/log 5 calls", "sales")
    said = await reads(
        ana, r"streak|in a row", "/why consistency", "/why streak", "/why lights", helped="streak|consist"
    )
    assert has(r"\b4\b", line_with(said, r"streak|in a row")), said
