"""This week's must: lead measures first and the outcome second; and a warning while there is still runway (#8, #12)."""

import re
from datetime import datetime
from typing import NamedTuple

import pytest

from tests.stories.craft import books, lived
from tests.stories.craft.lived import has
from tests.stories.face.seen import evening_of
from tests.stories.face.test_mornings_and_periods import wants_mornings
from tests.stories.pipeline.books import HERE
from tests.stories.pipeline.walked import asks, text_of, told

pytestmark = pytest.mark.engines("sqlite")

CONVERSATIONS = r"\b(\d+)(?: of (\d+))?( more)? (conversations?|talks?)\b"
NEW = r"\b(\d+)(?: of (\d+))?( more)?( new)? (deals?|opportunit\w+|opps?)\b"
STEPS = r"\b(\d+)(?: of (\d+))?( more)? next steps?\b"
WARNS = r"(two|2) weeks[^\n]{0,60}(pace|behind|plan|below|under)|(below|under|behind)[^\n]{0,60}(two|2) weeks"


async def behind(town):
    """Ana's goal of $42k for this quarter, a cycle of four days, and talks that led to her deals.

    One win of $3,000 each Tuesday: ten since 7 July, $30k; $12k are missing, four deals in the two and a half weeks
    left. Sixty talks in the last quarter for some twelve deals: five for each.
    """
    await books.sells_within(town, 4, weeks=36)
    touches = [
        books.Touch(day, "meeting", books.SPOKE)
        for day in lived.workdays(_day("2026-06-15"), _day("2026-09-04"))
    ]
    await books.did(town, touches, who="Somebody")
    await asks(town.person("ana"), "/goal 42k this quarter because two big renewals", "sales")


def _day(said):
    return lived._day(said)


def must(text) -> str:
    """The part of a surface that says what this week asks for: from its first lead measure on, some lines of it."""
    lines = text.splitlines()
    at = next((one for one, line in enumerate(lines) if has(CONVERSATIONS, line) or has(STEPS, line)), None)
    return "" if at is None else "\n".join(lines[at : at + 4])


def is_lead_first(text) -> bool:
    """Whether conversations, new deals and next steps are said before any outcome in money or per cent."""
    lead, outcome = re.search(CONVERSATIONS, text), re.search(r"[$€]\s?\d|\d\s?%", text)
    return lead is not None and (outcome is None or lead.start() < outcome.start())


async def test_home_says_what_to_do_before_what_comes_of_it(team, ana):
    """“4 conversations, 1 new opp, 2 next steps”, the outcome second (#8)."""
    await behind(team)
    said = await lived.home(ana)
    for measure in (CONVERSATIONS, NEW, STEPS):
        assert has(measure, must(said)), said
    assert is_lead_first(said), said


async def test_the_evening_says_it_too(team, ana):
    """In the evening prompt (#8): lead measures above the goal's line."""
    await behind(team)
    await asks(ana, "/followup Acme today send the sheet because they asked", "sales")
    await team.jump("13:00", HERE)
    await team.jump("16:45", HERE)
    said = text_of(ana, evening_of(ana))
    assert has(CONVERSATIONS, said), said
    assert is_lead_first(said), said


async def test_the_morning_says_it_too(team, ana):
    """In the morning note of who asked for one (#8)."""
    await behind(team)
    await wants_mornings(ana)
    await asks(ana, "/followup Acme tomorrow send the sheet because they asked", "sales")
    await team.jump("13:00", HERE)
    before = lived.mark(ana)
    await team.jump("2026-09-15 09:30", HERE)
    said = "\n".join(lived.since(ana, before))
    assert has(CONVERSATIONS, said), said
    assert is_lead_first(said), said


async def test_what_is_done_counts_there_at_once(team, ana):
    """Two talks are logged (#8): two fewer to hold, or “2 of” as many as before."""
    await behind(team)
    first = re.search(CONVERSATIONS, must(await lived.home(ana)), re.IGNORECASE)
    assert first, await lived.home(ana)
    wanted = int(first[2] or first[1])
    await asks(ana, "/log 2 meetings", "sales")
    said = must(await lived.home(ana))
    assert has(rf"\b2 of {wanted}\b|\b{wanted - 2}\b", said), said


async def test_five_conversations_for_each_deal(team, ana):
    """Sixty talks in 90 days for 12 or 13 deals (#8): 60 / 12 = 5 or 60 / 13 = 4.6, so n deals ask for 4.6 n to 5 n."""
    await behind(team)
    said = must(await lived.home(ana))
    assert has(CONVERSATIONS, said), await lived.home(ana)
    talks = int(re.search(CONVERSATIONS, said, re.IGNORECASE)[1])
    new = re.search(NEW, said, re.IGNORECASE)
    assert new, said
    assert 4.4 * int(new[1]) <= talks <= 5.3 * int(new[1]) + 1, said


async def test_a_goal_that_is_reached_demands_nothing(team, ana):
    """Reached (#8): no must; nobody is sent after more than the target; holds today and must stay so."""
    await books.sells_within(team, 4)
    await asks(ana, "/goal 3k this quarter because of last year", "sales")
    said = await lived.home(ana)
    assert has(r"reached|done", said), said
    assert not has(CONVERSATIONS, said), said


async def test_all_three_surfaces_say_one_number(team, ana):
    """No surface contradicts itself (#8): Home and the evening ask for the same number of talks."""
    await behind(team)
    await asks(ana, "/followup Acme today send the sheet because they asked", "sales")
    await team.jump("13:00", HERE)
    await team.jump("16:45", HERE)
    evening = re.search(CONVERSATIONS, text_of(ana, evening_of(ana)), re.IGNORECASE)
    here = re.search(CONVERSATIONS, await lived.home(ana), re.IGNORECASE)
    assert evening, text_of(ana, evening_of(ana))
    assert here
    assert evening.groups() == here.groups()


# early warning


async def quarter(town, cycle, weekly=0):
    """Ana's goal of $65k for the fourth quarter, lived until Friday 23 October; `weekly` is won each week of it.

    Sixty-odd working days at an even pace: $1,000 a working day and $5,000 a week. Nothing won is under pace from the
    first week on; $6,000 a week is above it.
    """
    ana = town.person("ana")
    await books.sells_within(town, cycle)
    await asks(ana, "/goal 65k next quarter because of last year", "sales")
    await lived.lives(town, "2026-09-14", "2026-09-30", hours=("12:05",))
    before, week = lived.mark(ana, town.person("mia"), town.person("ben")), 0
    for day in lived.workdays(_day("2026-10-01"), _day("2026-10-23")):
        await lived.lives(town, day, day)
        if weekly and (day.weekday() == 1 or day.day == 1):
            for line in (f"/deal Customer{week} {weekly}", f"/deal won Customer{week} {weekly}"):
                await lived.tried(ana, line)
            week += 1
    return before


class Came(NamedTuple):
    """What came to Ana's direct channel, and when."""

    at: datetime
    text: str


PLAYED: list[list[Came]] = []


@pytest.fixture
async def unsold(team, ana) -> list[Came]:
    """What came to Ana while she won nothing since 1 October, with a cycle of 20 days; lived through once."""
    if not PLAYED:
        before = (await quarter(team, 20))[ana.person.id]
        PLAYED.append([Came(one.at, text_of(ana, one)) for one in told(ana)[before:]])
    return PLAYED[0]


async def test_two_weeks_under_pace_are_said_once_while_there_is_runway(unsold):
    """Nothing won since 1 October (#12): said once from the 14th to the 23rd; a cycle of 20 days leaves runway."""
    came = [one.at for one in unsold if has(WARNS, one.text)]
    assert len(came) == 1, [one for one in unsold if has(r"pace|behind", one.text)]
    assert 14 <= came[0].day <= 23, came


async def test_the_warning_says_what_is_left_and_one_thing_to_do(unsold):
    """While runway remains (#12): days or a date left, and one action; calm, without “unrealistic” or “failing”."""
    said = next((one.text for one in unsold if has(WARNS, one.text)), "")
    assert has(r"\d+ (working )?days|until|by (mon|tue|wed|thu|fri)", said), unsold
    assert has(r"open|call|talk|book|hold", said), said
    assert not has(r"fail|unrealistic|hopeless", said), said


async def test_who_is_on_pace_hears_no_warning(team, ana):
    """$6,000 a week of $5,000 needed (#12); holds today and must stay so."""
    before = await quarter(team, 20, weekly="6k")
    assert lived.arrived(ana, before, WARNS) == []


async def test_after_the_runway_it_is_no_early_warning(team, ana):
    """A cycle of 96 days (#12): its last day was in September, so no “early” word in October; holds."""
    before = await quarter(team, 96)
    assert lived.arrived(ana, before, WARNS) == []


async def test_one_bad_week_is_none(unsold):
    """Under pace for a week and a half by 9 October (#12): nothing yet; holds today and must stay so."""
    assert unsold, "a warning comes, and it comes later"
    until_then = [one for one in unsold if one.at.date() <= _day("2026-10-09")]
    assert [one for one in until_then if has(WARNS, one.text)] == []
