"""The clock of the first call: a target and a limit for each source, what is said when it is over, and to whom."""

from zoneinfo import ZoneInfo

import pytest

from tests.stories.craft.lived import arrived, has, lives, mark, since
from tests.stories.face.seen import presses
from tests.stories.leads.books import HERE
from tests.stories.leads.prospected import (
    SOURCES,
    brings,
    card,
    comes,
    fills,
    newest,
    opens,
    reads,
    row,
)
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")

CALLED = "/log call Dana Roe – spoke, next step demo on Friday"
SAID_TO_MANAGER = r"Dana Roe|Alder Yard|untouched"
LATE = r"first call|not (been )?called|untouched|nobody (has )?called|waits?"


def about(person, before, pattern=r"Dana Roe"):
    """What came of a lead since a mark, but for the word that they were given."""
    return [one for one in since(person, before) if has(pattern, one)]


async def test_a_lead_reaches_its_rep_with_what_a_call_needs(team, mia, ana):
    """Given at 11:00 (#35): who, of which firm, from where, the number to call, and by when."""
    before = mark(ana)
    await comes(mia, "ana", phone="+386 1 555 010")
    await team.jump("2026-09-14 11:03", HERE)
    said = "\n".join(about(ana, before))
    for word in ("Alder Yard", r"web", r"555 010", r"\b1[12]:\d\d\b"):
        assert has(word, said), (word, said)


async def test_the_usual_clock_is_five_minutes_and_an_hour(mia):
    """A default (#35): who asked by themselves is called within 5 minutes, an hour at the latest, by default."""
    said = await reads(mia, r"first call", *SOURCES, helped=r"sources?\b|first call")
    assert has(r"\b5 min", said), said
    assert has(r"\b(1 h|60 min|an hour|one hour)", said), said
    assert has(r"default|usual|unless", said), said


async def test_a_source_has_a_clock_of_its_own(team, mia, ana):
    """Four hours for referrals and eight at the latest (#35): a referral of 11:00 is to be called by 15:00."""
    await opens(mia, r"first call", *SOURCES, helped=r"sources?\b|first call")
    if not mia.modal():
        await presses(mia, r"^(edit|change|set)\b|clock|first call", where="sales")
    await fills(mia, {r"source": "Referral", r"target": "240", r"limit|latest|SLA|most": "480"})
    before = mark(ana)
    await comes(mia, "ana", source="Referral")
    await team.jump("2026-09-14 11:10", HERE)
    assert has(r"\b15:\d\d\b", "\n".join(about(ana, before))), about(ana, before)
    await team.jump("2026-09-14 13:30", HERE)
    assert [one for one in about(ana, before) if has(LATE, one)][1:] == []


async def test_a_call_stops_the_clock_and_says_how_long_it_took(team, mia, ana):
    """Called after seven minutes (#35): the card says 7 minutes, and nothing reminds of it."""
    await comes(mia, "ana")
    await team.jump("2026-09-14 11:07", HERE)
    await asks(ana, CALLED, "sales")
    assert has(r"\b7 min", await card(ana, "Dana Roe")), newest(ana)
    before = mark(ana, mia)
    await team.jump("2026-09-14 16:10", HERE)
    assert about(ana, before) == []
    assert about(mia, before) == []


async def test_a_mail_is_no_first_call(team, mia, ana):
    """Phone first (#35): after a mail alone the clock runs on, and the hour's word comes."""
    await comes(mia, "ana")
    await team.jump("2026-09-14 11:04", HERE)
    await asks(ana, "/log email Dana Roe – sent the brochure", "sales")
    before = mark(ana)
    await team.jump("2026-09-14 14:00", HERE)
    assert [one for one in about(ana, before) if has(LATE, one)]


async def test_the_rep_hears_once_when_the_hour_is_over(team, mia, ana):
    """No call by 12:00 (#35): one word to the rep in the next hour or two, and not one each hour."""
    await comes(mia, "ana")
    await team.jump("2026-09-14 11:10", HERE)
    before = mark(ana)
    for moment in ("11:40", "12:10", "13:05", "14:10", "15:20"):
        await team.jump(f"2026-09-14 {moment}", HERE)
    came = [one for one in about(ana, before) if has(LATE, one)]
    assert len(came) == 1, came


async def test_who_ages_is_the_reps_first_and_the_managers_then(team, mia, ana):
    """Untouched for days (#38): the rep reads of it on an earlier day than the manager, who does within the week."""
    await comes(mia, "ana")
    before = mark(ana, mia)
    await lives(team, "2026-09-14", "2026-09-18")
    rep, manager = arrived(ana, before, r"Dana Roe"), arrived(mia, before, SAID_TO_MANAGER)
    assert rep
    assert manager
    assert rep[0].date() < manager[0].date()
    assert has(r"Ana", "\n".join(about(mia, before, SAID_TO_MANAGER)))


async def test_the_clock_rests_at_night(team, mia, ana):
    """Given at 20:00 (#35): nothing at night; at 8:30 the hour is not over yet, and it is at 10."""
    await team.jump("2026-09-14 20:00", HERE)
    before = mark(ana)
    await comes(mia, "ana")
    await team.jump("2026-09-15 07:45", HERE)
    assert about(ana, before) == []
    await team.jump("2026-09-15 08:30", HERE)
    assert not [one for one in about(ana, before) if has(r"\bover\b|\blate\b|missed", one)]
    await lives(team, "2026-09-15", "2026-09-15")
    assert about(ana, before)
    hours = [one.astimezone(ZoneInfo(HERE)).hour for one in arrived(ana, before, r"Dana Roe")]
    assert all(8 <= hour < 19 for hour in hours), hours


async def test_a_rep_who_is_off_is_not_reminded(team, mia, ana):
    """On leave all week (#38): no word to the rep; the manager reads that the lead waits, and can give it away."""
    await asks(ana, "/team leave 14-18 Sep", "sales")
    await comes(mia, "ana")
    before = mark(ana, mia)
    await lives(team, "2026-09-14", "2026-09-18")
    assert about(ana, before) == []
    warned = newest(mia)
    assert has(r"leave|\boff\b|away", warned) or about(mia, before, SAID_TO_MANAGER), warned


async def test_twenty_leads_are_not_twenty_messages(team, mia, ana):
    """Twenty at once (#38): four messages a day at most, whatever waits; how many wait is said in one."""
    before = mark(ana)
    await brings(mia, *(row(one, f"Pat Name{one:02}", f"Firm {one:02}") for one in range(20)))
    await lives(team, "2026-09-14", "2026-09-16", hours=("09:15", "11:20", "12:30", "14:10", "16:45"))
    by_day: dict = {}
    for at in arrived(ana, before, r"."):
        by_day[at.date()] = by_day.get(at.date(), 0) + 1
    assert max(by_day.values()) <= 4, by_day
    assert has(r"\b20\b[^\n]{0,20}leads?", "\n".join(since(ana, before)))
