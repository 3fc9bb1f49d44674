"""Cadence: how long a customer may hear nothing, and what is past it on today's list (#53)."""

import re

import pytest

from tests.stories.craft import books, lived
from tests.stories.craft.lived import has, line_with, reads, today_list
from tests.stories.pipeline.books import TODAY, days
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")

SAYS = r"\b\d+ (working )?days?\b"
LINES = ("/team cadence", "/why cadence", "/followup cadence", "/rainmaker cadence")


async def cadence(person, pattern=SAYS) -> str:
    return await reads(
        person, rf"(cadence|every|rhythm).*{pattern}", *LINES, helped=r"cadence|rhythm|how often"
    )


async def silent(town, name, since, **columns):
    """An open deal of Ana's that was last spoken to so many days ago."""
    touches = books.every(4, TODAY - days(40), TODAY - days(since))
    last = books.Touch(TODAY - days(since))
    await books.worked(town, name, [*touches, last], opened=TODAY - days(40), **columns)


async def listed(person, name) -> str:
    """The line of today's list that names a deal and says that it heard nothing for too long."""
    said = await today_list(person)
    return line_with(said, re.escape(name), r"\d+ (working )?days|since|silent|no word|heard|quiet")


async def test_without_wins_each_stage_has_a_default_and_says_that_it_is_one(mia):
    """Nothing is on record: a number of days for each stage of the team's, called a default (#53)."""
    said = await cadence(mia)
    for stage in ("Talking", "Proposal", "Negotiation"):
        assert line_with(said, stage, SAYS), said
    assert has(r"default|until|usual|no wins|not enough", said), said


async def test_a_deal_past_its_cadence_is_on_todays_list_with_its_reason(team, ana):
    """No word for 38 of 40 days (#53): listed by name, and the line says for how long."""
    await books.worked(team, "Lockside", [books.Touch(TODAY - days(38))], opened=TODAY - days(40))
    found = await listed(ana, "Lockside")
    assert has(r"\b3[78] days|27 working days|\b7 Aug|since 7 Aug", found), await today_list(ana)


async def test_a_deal_that_heard_of_us_yesterday_is_not(team, ana):
    """Within any cadence (#53): a deal last spoken to on Friday is not called silent; the one past it is."""
    await silent(team, "Granary", 3)
    await silent(team, "Lockside", 38)
    assert await listed(ana, "Lockside")
    assert await listed(ana, "Granary") == ""


async def test_own_wins_decide_where_there_are_enough(team, mia):
    """Thirty wins, each spoken to on days 0, 3, 6 … 30 (#53): every gap is 3 days, so the cadence is 3 days."""
    await books.wins_touched_every(team, 3, 30)
    said = await cadence(mia)
    assert line_with(said, r"\b3 (working )?days"), said
    assert has(r"\b30 (wins|won|deals)|from your (own )?wins|own wins", said), said


async def test_two_wins_decide_nothing(team, mia):
    """Two wins are no rule (#53): the defaults stand, and it says what is missing."""
    before = re.findall(SAYS, await cadence(mia))
    await books.wins_touched_every(team, 3, 2)
    said = await cadence(mia)
    assert re.findall(SAYS, said)[: len(before)] == before, said
    assert has(r"default|until|not enough|usual", said), said


async def test_each_segment_has_the_cadence_of_its_own_wins(team, ana):
    """Gate Reader won at a talk each 3 days, Yard Planner at one each 15 (#53): silent for 8 days, one is late.

    8 > 3, so Lockside is listed; 8 < 15, so Granary is not.
    """
    await books.wins_touched_every(team, 3, 40, product="Gate Reader")
    await books.wins_touched_every(team, 15, 40, product="Yard Planner")
    await silent(team, "Lockside", 8, product="Gate Reader")
    await silent(team, "Granary", 8, product="Yard Planner")
    assert await listed(ana, "Lockside"), await today_list(ana)
    assert await listed(ana, "Granary") == ""


async def test_a_manager_sets_a_cadence_and_it_decides(team, mia, ana):
    """Editable (#53): five days for Talking. Silent for 8 days is past it, for 3 days is not."""
    answers = {r"talking": "5"}
    await lived.changes(mia, rf"(cadence|every|rhythm).*{SAYS}", answers, *LINES, helped=r"cadence|rhythm")
    await silent(team, "Lockside", 8)
    await silent(team, "Granary", 3)
    assert await listed(ana, "Lockside")
    assert await listed(ana, "Granary") == ""


async def test_who_is_spoken_to_leaves_the_list(team, ana):
    """A talk today (#53): the deal is silent no more."""
    await silent(team, "Lockside", 38)
    assert await listed(ana, "Lockside")
    await asks(ana, "/log call Lockside – spoke, next step demo on Friday", "sales")
    assert await listed(ana, "Lockside") == ""


async def test_a_deal_past_its_cadence_can_be_settled_where_it_stands(team, ana):
    """Today list with snooze and done (#53): each line has both, in one tap or in its menu."""
    await silent(team, "Lockside", 38)
    assert has(r"lockside", await lived.home(ana))
    offered = "\n".join(lived.pressable(ana))
    assert has(r"snooze|later|tomorrow", offered), offered
    assert has(r"done|log|spoke|called", offered), offered


async def test_what_is_promised_for_today_is_listed_once(team, ana):
    """Past its cadence, and a promise of today's is the way to end it (#53): one line, not two."""
    await silent(team, "Lockside", 38)
    await silent(team, "Granary", 38)
    await asks(ana, "/followup Lockside today call Dana because their lease ends", "sales")
    said = await lived.home(ana)
    assert "Granary" in said, said
    assert len([one for one in said.splitlines() if "Lockside" in one]) == 1, said


async def test_more_than_five_are_counted_and_not_listed(team, ana):
    """Law 7 of the face (#53): twelve silent deals are five lines at most and the rest in a number."""
    for number in range(12):
        await silent(team, f"Quiet {number:02}", 38)
    said = await lived.home(ana)
    assert 1 <= len(set(re.findall(r"Quiet \d\d", said))) <= 6, said
    assert has(r"\b(7|8|9|10|11|12)\b[^\n]*(more|silent|deals|customers)|all 12", said), said


async def test_why_gives_the_days_behind_a_line(team, ana):
    """A why behind everything (#53): the days of silence, the cadence they are held against, and where it is from."""
    await silent(team, "Lockside", 38)
    said = await reads(
        ana, r"Lockside.*\b3[78] days|\b3[78] days.*Lockside", "/why Lockside", "/why cadence", *LINES
    )
    assert has(r"default|usual|wins|every \d+ days", said), said
