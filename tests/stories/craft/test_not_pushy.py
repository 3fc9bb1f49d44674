"""Not pushy: before a fourth touch without an answer in seven days, it is asked whether that is wise (#54, #55)."""

import pytest

from tests.stories.craft import lived
from tests.stories.craft.lived import has
from tests.stories.face.seen import presses
from tests.stories.pipeline import books as deals
from tests.stories.pipeline.books import HERE
from tests.stories.pipeline.walked import asks, fills_in

pytestmark = pytest.mark.engines("sqlite")

ASKS = (
    r"(three|3|third|four|4|fourth)\b[^\n]{0,60}(without|no|un)[^\n]{0,12}(answer|repl)"
    r"|(fourth|4th|4) (touch|attempt|try|time)"
)
PAUSE, OTHER, VALUE = (
    r"pause|wait|rest|leave",
    r"other|another|else|somebody|someone",
    r"value|useful|share|worth",
)


@pytest.fixture
async def lockside(team, ana):
    """A deal that had its first talk on Monday the 14th."""
    await deals.stands(team, "Lockside")
    await asks(ana, "/log call Lockside – spoke, no next step", "sales")
    return ana


async def touched(town, person, *dates, line="/log email Lockside"):
    for day in dates:
        await town.jump(f"{day} 10:00", HERE)
        said = await asks(person, line, "sales")
    return said


async def three(town, person):
    """Tuesday, Wednesday, Thursday: three mails and no answer; then it is Friday the 18th."""
    said = await touched(town, person, "2026-09-15", "2026-09-16", "2026-09-17")
    await town.jump("2026-09-18 10:00", HERE)
    return said


async def test_the_fourth_without_an_answer_is_asked_about_with_three_ways(lockside, team):
    """Four of seven days (#54): it says the count, and offers to pause, to ask somebody else, to bring something."""
    await three(team, lockside)
    said = await asks(lockside, "/log email Lockside", "sales")
    assert has(ASKS, said), said
    for way in (PAUSE, OTHER, VALUE):
        assert any(has(way, one) for one in lived.menu(lockside)), said


async def test_the_third_is_not(lockside, team):
    """Three are enough and not too many (#54); holds today and must stay so."""
    assert not has(ASKS, await three(team, lockside))


async def test_a_planned_fourth_is_asked_about_before_it_is_one(lockside, team):
    """Planned, not logged (#54): Monday the 21st is six days after the 15th, so it would be the fourth."""
    await three(team, lockside)
    said = await asks(lockside, "/followup Lockside monday email them the price list", "sales")
    assert has(ASKS, said), said


async def test_an_answer_in_between_begins_the_count_anew(lockside, team):
    """Mail, mail, they call back, mail (#54): one without an answer, not three; the fourth after it is asked about."""
    await touched(team, lockside, "2026-09-15", "2026-09-16")
    await touched(
        team,
        lockside,
        "2026-09-17",
        line="/log call Lockside – spoke, they want the price list, no next step",
    )
    said = await touched(team, lockside, "2026-09-18", "2026-09-21")
    assert not has(ASKS, said), said
    said = await touched(team, lockside, "2026-09-22", "2026-09-23")  # the third, then the fourth of six days
    assert has(ASKS, said), said


async def test_what_is_older_than_seven_days_does_not_count(lockside, team):
    """Fri 25 Sep (#54): none of the 15th, 16th and 17th lies in the seven days before it; holds today."""
    await three(team, lockside)
    said = await touched(team, lockside, "2026-09-25")
    assert not has(ASKS, said), said


async def test_calls_nobody_took_count_with_mails(lockside, team):
    """A call that nobody took is a touch without an answer (#54): call, mail, call, and the next is the fourth."""
    await touched(team, lockside, "2026-09-15", "2026-09-17", line="/log call Lockside – no answer")
    await touched(team, lockside, "2026-09-17")
    await team.jump("2026-09-18 10:00", HERE)
    assert has(ASKS, await asks(lockside, "/log call Lockside – no answer", "sales"))


async def test_before_the_first_contact_the_cap_does_not_hold(team, ana):
    """A new lead nobody ever reached follows its source's cadence (#54): five tries in a week; holds today."""
    await deals.stands(team, "Hazel")
    dates = ("2026-09-14", "2026-09-15", "2026-09-16", "2026-09-17", "2026-09-18")
    for day in dates:
        await team.jump(f"{day} 11:30", HERE)
        assert not has(ASKS, await asks(ana, "/log email Hazel", "sales"))


async def test_the_answer_is_kept(lockside, team):
    """Paused (#54): the card, its history or the why of the deal says so afterwards, with the day."""
    await three(team, lockside)
    await asks(lockside, "/log email Lockside", "sales")
    await presses(lockside, PAUSE, where="sales")
    if lockside.modal():
        await fills_in(lockside, {})
    said = await lived.reads(
        lockside, r"paus|wait|rest", "/deal Lockside", "/why Lockside", "/followup list Lockside"
    )
    assert has(r"\d+ (sep|oct)|until|days", said), said


async def test_whoever_pauses_is_not_told_to_call_the_next_morning(lockside, team):
    """No two messages contradict each other (#53, #54): a paused customer is on no list until the pause is over."""
    await three(team, lockside)
    await asks(lockside, "/log email Lockside", "sales")
    await presses(lockside, PAUSE, where="sales")
    if lockside.modal():
        await fills_in(lockside, {})
    await lived.lives(team, "2026-09-21", "2026-09-22")
    said = await lived.home(lockside)
    assert not [one for one in said.splitlines() if "Lockside" in one and has(r"call|no word|silent", one)], (
        said
    )


async def test_nothing_typed_is_lost_while_it_asks(lockside, team):
    """Asked before (#54), and nothing typed is thrown away: with something of value the follow-up stands."""
    await three(team, lockside)
    await asks(lockside, "/followup Lockside monday email them the price list", "sales")
    await presses(lockside, VALUE, where="sales")
    if lockside.modal():
        await fills_in(lockside, {r"value|what|worth|them": "What the new toll costs their depots"})
    said = await lived.tried(lockside, "/followup list Lockside")
    assert "price list" in said, said
    assert "21 Sep" in said, said


async def test_another_person_is_named_where_one_is_known(lockside, team):
    """Who decides is not worn out (#55): Dana decides and had three; the way out names Ola, who is known there."""
    await lived.tried(lockside, "/deal Lockside")
    for name, decides in (("Dana Roe", "^yes"), ("Ola Berg", "^no")):
        await asks(lockside, "/deal Lockside", "sales")
        await presses(lockside, r"^contact", where="sales")
        await fills_in(lockside, {r"^who": name, r"decides": decides})
    await three(team, lockside)
    said = await asks(lockside, "/log email Lockside", "sales")
    assert has(ASKS, said), said
    assert "Ola" in said, said
