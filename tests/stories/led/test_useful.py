"""Useful or not: what comes by itself can be judged, the rates are published, what stays useless offers to go."""

import pytest

from tests.stories.face.books import evening_comes
from tests.stories.led.led import (
    NAMES,
    NUDGES,
    TODAY,
    a_week,
    asks,
    books,
    days,
    goal,
    has,
    joined,
    label,
    line_with,
    lives,
    mark,
    mondays,
    next_monday,
    packs,
    presses,
    reads,
    since,
    still_open,
    text_of,
    told,
    tried,
)

pytestmark = pytest.mark.engines("sqlite")

USEFUL, USELESS = r"^(was )?(this )?useful\b|👍", r"^not useful|^useless|👎"
EVENING = r"evening|end[- ]of[- ]day"
OPEN = r"\bopen\b"
OFF = r"switch[^\n]{0,30}off|turn[^\n]{0,30}off|stop sending"


async def judged(person, pattern, saying) -> None:
    """Call the newest message that reads so useful or not: in its ⋯, or in what *Why this message?* answers."""
    message = next(one for one in reversed(told(person)) if has(saying, text_of(person, one)) and one.blocks)
    if not label(message.blocks, pattern):
        await person.uses_shortcut("Why this message?", message)
    await presses(person, pattern, where=person._place(None).id)


async def evenings(town, *people, first=TODAY, count=1, verdict=USELESS) -> None:
    """Days on which each has a promise that falls due, is asked about it, and judges the question."""
    for number in range(count):
        day = first + days(number + 2 * (number // 5))
        for person in people:
            await books.promised_for(town, f"Depot {number}", day, owner=person.person.id)
        await evening_comes(town, day.isoformat())
        for person in people:
            await judged(person, verdict, OPEN)


async def rates(person) -> str:
    return await reads(person, r"useful", *NUDGES, helped=r"useful|nudges")


async def reps(town, count=2):
    """Ana and so many more, all of Ljubljana."""
    await joined(town, count)
    return [town.person(name) for name in ("ana", *(f"rep{number}" for number in range(1, count + 1)))]


async def test_an_evening_can_be_called_useful(team, ana):
    """On each: the evening's question has both answers, a tap each, and says thanks where it was pressed."""
    await asks(ana, "/followup Acme today send the sheet", "sales")
    await evening_comes(team)
    count = len(told(ana))
    await judged(ana, USEFUL, OPEN)
    assert len(told(ana)) <= count + 1
    said = "\n".join(text_of(ana, one) for one in told(ana)[-2:])
    assert has(r"thank|noted|useful", said), said


@pytest.mark.parametrize("verdict", [USEFUL, USELESS], ids=["useful", "not useful"])
async def test_packs_and_mondays_can_be_judged(team, ana, mia, verdict):
    """Of a manager's too (#5, #6): the pack of Ana and Monday's message."""
    await still_open(team, "U1", 3, TODAY - days(20))
    await goal(ana)
    before = await next_monday(team, mia)
    assert mondays(mia, before), since(mia, before)
    await judged(mia, verdict, r"\btalk\b|1:1")
    before = mark(mia)
    await a_week(team, "2026-09-28")
    assert packs(mia, before), since(mia, before)
    await judged(mia, verdict, NAMES["ana"])


async def test_the_rate_of_a_kind_is_published(team, mia):
    """`/team nudges`: of three evenings judged by three reps, two were useful: “2 of 3”."""
    three = await reps(team)
    await evenings(team, *three[:2], verdict=USEFUL)
    await evenings(team, three[2], first=TODAY + days(1))
    line = line_with(await rates(mia), EVENING)
    assert has(r"\b2 (of|in|/) ?3\b|67\s?%", line), line


async def test_one_voice_a_message(team, mia):
    """Pressed twice, or changed one's mind: the last answer counts, once."""
    three = await reps(team)
    await evenings(team, *three, verdict=USEFUL)
    await judged(three[0], USELESS, OPEN)
    line = line_with(await rates(mia), EVENING)
    assert has(r"\b2 (of|in|/) ?3\b|67\s?%", line), line


async def test_no_rate_of_fewer_than_three(team, ana, ben, mia):
    """Two reps judged: no number that tells who said what; it says that it takes three."""
    await evenings(team, ana, verdict=USELESS)
    said = await rates(mia)
    line = line_with(said, EVENING)
    assert not has(r"\b0 (of|in) 1\b|\b0\s?%|\b1 of 1|100\s?%", line), said
    assert has(r"three|\b3\b|too few|not enough", said), said


async def test_nobody_reads_who_said_it(team, mia):
    """Private: the page of the rates has kinds and numbers, no name."""
    three = await reps(team)
    await evenings(team, *three)
    said = await rates(mia)
    assert has(EVENING, said), said
    assert not has(r"\bAna\b|Rep\d", said), said


async def test_a_kind_nobody_judged_has_no_rate(team, mia):
    """Nothing is known: no 0 %, no nonsense."""
    said = await rates(mia)
    assert not has(r"\b0\s?%|nan|0 of 0", said), said


async def test_a_kind_that_stays_useless_offers_to_go(team, mia):
    """Useless for a team: after eight evenings that three reps all called not useful it offers itself to be off."""
    await evenings(team, *await reps(team), count=8)
    said = await rates(mia)
    line = said[said.lower().index(line_with(said, EVENING).lower()) :]
    assert has(OFF, line), said


async def test_the_offer_is_taken_in_a_tap_and_taken_back(team, mia):
    """Off for the team by a manager's tap: no evening comes the next day; Undo brings it back."""
    three = await reps(team)
    await evenings(team, *three, count=8)
    await rates(mia)
    await asks(mia, NUDGES[0], "sales")
    await presses(mia, OFF, where="sales")
    if mia.modal():
        await mia.submits()
    before = mark(*three)
    await books.promised_for(team, "Acme", TODAY + days(10))
    await lives(team, TODAY + days(10), TODAY + days(10))
    assert not [one for one in since(three[0], before) if "Acme" in one and has(OPEN, one)]
    await presses(mia, r"^Undo|switch[^\n]{0,30} on|turn[^\n]{0,30} on", where="sales")
    await lives(team, TODAY + days(11), TODAY + days(11))
    assert [one for one in since(three[0], before) if "Acme" in one]


async def test_it_offers_nothing_where_it_is_useful_to_most(team, mia):
    """Two of three find it useful: it stays, and the third is left to their own switch."""
    three = await reps(team)
    for number in range(6):
        day = TODAY + days(number + 2 * (number // 5))
        for person in three:
            await books.promised_for(team, f"Depot {number}", day, owner=person.person.id)
        await evening_comes(team, day.isoformat())
        for person, verdict in zip(three, (USEFUL, USEFUL, USELESS), strict=True):
            await judged(person, verdict, OPEN)
    said = await rates(mia)
    assert line_with(said, EVENING), said
    assert not has(OFF, line_with(said, EVENING)), said
    assert not label(told(mia, "sales")[-1].blocks or [], OFF), said


async def test_a_rep_switches_nothing_off_for_others(team, ana, mia):
    """The team's switch is the manager's: Ana reads the rates or is refused, and has no such button."""
    await evenings(team, *await reps(team), count=8)
    assert has(OFF, await rates(mia))
    assert not has(OFF + r"[^\n]*team", await tried(ana, NUDGES[0]))
    assert not label(told(ana, "sales")[-1].blocks or [], OFF)
