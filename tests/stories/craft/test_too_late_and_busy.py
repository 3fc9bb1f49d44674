"""Too late to open for this period, and busy with little to show: both said in time, neither as blame (#61, #19)."""

import re

import pytest

from tests.stories.craft import books, lived
from tests.stories.craft.lived import has, line_with, reads
from tests.stories.face.seen import home_lines
from tests.stories.pipeline.books import TODAY, days
from tests.stories.pipeline.walked import asks, texts

pytestmark = pytest.mark.engines("sqlite")

LATE = (
    r"too late[^\n]{0,60}(Q3|this (quarter|period))|counts? (for|towards?|in)[^\n]{0,20}(Q4|next (quarter|period))"
    r"|(after|past)[^\n]{0,40}last day[^\n]{0,60}(Q3|Q4|quarter)"
)
BUSY = ("/why busy", "/why activity", "/why yield", "/why lights")


async def goal(person, line="/goal 60k this quarter because of last year"):
    await asks(person, line, "sales")


async def made(person, line) -> str:
    """Type a deal and let it past the gate; what is said on the way."""
    said = await asks(person, line, "sales")
    await person.clicks("Count it anyway…", where="sales")
    await person.fills("Why does it count?", "They asked for a quote")
    await person.submits()
    return "\n".join([said, *texts(person, "sales")[-1:]])


async def test_a_deal_made_past_its_day_is_told_which_period_it_counts_for(team, ana):
    """A cycle of 60 days on 14 September (#61): the last day for the third quarter was in July."""
    await books.sells_within(team, 60)
    await goal(ana)
    said = await made(ana, "/deal Zeta 5k")
    assert has(LATE, said), said


async def test_a_deal_made_in_time_is_told_nothing(team, ana):
    """A cycle of four days (#61): the last day for the third quarter is still ahead; holds today and must stay so."""
    await books.sells_within(team, 4)
    await goal(ana)
    assert not has(LATE, await made(ana, "/deal Zeta 5k"))


async def test_it_is_made_all_the_same(team, ana):
    """Said, not refused (#61): the deal stands, and it is not asked about twice."""
    await books.sells_within(team, 60)
    await goal(ana)
    assert has(LATE, await made(ana, "/deal Zeta 5k"))
    assert "Zeta" in await lived.tried(ana, "/deal Zeta")
    assert not has(LATE, await asks(ana, "/log call Zeta – spoke, next step demo on Friday", "sales"))


async def test_a_close_that_is_typed_inside_the_period_is_held_against_the_record(team, ana):
    """“closes 25 Sep” of a deal opened on the 14th (#61): eleven days, where the quickest win took sixty."""
    await books.sells_within(team, 60)
    await goal(ana)
    said = await made(ana, "/deal Zeta 5k closes 25 sep")
    assert has(LATE + r"|\b60 days|under 1 ?%|<\s?1 ?%", said), said


async def test_the_plan_turns_to_capture(team, ana):
    """Past the day (#61): the work is what is open, and no new deals are asked for; holds today."""
    await books.sells_within(team, 60)
    await goal(ana)
    await books.opens(team, ("Lockside", "Granary"), TODAY - days(55))
    await made(ana, "/deal Zeta 5k")
    await ana.opens_home()
    said = "\n".join(home_lines(ana))
    assert has(r"Lockside|Granary|work what is open|capture", said), said
    assert not has(r"open \d+ deals? this week", said), said
    assert has(r"captur|work what is open|win what is open|close what is open", said), said


# busy fool


def ten_days():
    """The ten working days before Monday 14 September, Labor Day not looked at: 31 August to 11 September."""
    return lived.workdays(TODAY - days(14), TODAY - days(3))


async def busy(town, ana_a_day=8, ana_deals=1, ben_a_day=11, ben_deals=5):
    """Ana: 8 × 10 = 80 touches and one deal. Ben: 11 × 10 = 110 touches and five deals, one for every 22."""
    for owner, count, opened in (("U1", ana_a_day, ana_deals), ("U2", ben_a_day, ben_deals)):
        touches = [books.Touch(day, "call", books.NOBODY, count) for day in ten_days()]
        await books.did(town, touches, owner=owner)
        names = [f"{'Ana' if owner == 'U1' else 'Ben'} {number}" for number in range(opened)]
        await books.opens(town, names, TODAY - days(6), owner=owner)


async def said_of_it(town, person) -> str:
    """What is read of it: asked for, on Home, or by itself within two working days."""
    asked = [await lived.tried(person, one) for one in BUSY]
    await lived.lives(town, TODAY, TODAY + days(1))
    return "\n".join([*asked, await lived.home(person), *texts(person)])


EIGHTY = r"\b80 (touches|activities|calls|things)"


async def test_eighty_touches_for_one_deal_are_a_reason_to_stop(team, ana):
    """“80 touches → 1 opp (team 1 per 22)” (#19): without Ana the team is 110 / 5 = 22, with her 190 / 6 = 32."""
    await busy(team)
    said = await said_of_it(team, ana)
    line = line_with(said, EIGHTY)
    assert has(r"\b(1|one) (opp|deal|new)", line), said
    rest = said[said.index(line) :]
    assert has(r"\b(22|32)\b", rest), rest


async def test_it_leads_to_the_lights(team, ana):
    """Stop and pick a cause (#19): the way to the four lights stands beside it."""
    await busy(team)
    said = await said_of_it(team, ana)
    at = re.search(EIGHTY, said)
    assert at, said
    assert has(r"lights|cause|stop", said[at.start() : at.start() + 600]), said


async def test_busy_with_a_yield_is_no_fool(team, ana):
    """80 touches and four deals (#19): one for every 20, better than the team's 22; nothing is said."""
    await busy(team, ana_deals=4)
    lights = await reads(ana, r"thing", "/why lights", helped="lights")
    assert not has(r"stop and|busy", lights + await said_of_it(team, ana))


async def test_it_is_said_once_in_two_weeks(team, ana):
    """No repetition (#19): unasked it comes at most once in ten working days."""
    await busy(team)
    assert has(EIGHTY, await said_of_it(team, ana))
    before = lived.mark(ana)
    await lived.lives(team, TODAY + days(2), TODAY + days(11))
    assert len([one for one in lived.since(ana, before) if has(r"\b\d+ touches[^\n]*(opp|deal)", one)]) <= 1
