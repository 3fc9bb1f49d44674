"""Contacts' time: when somebody wants to be called, on their own clock, or never (#56, #57).

Everything is September 2026 until the clocks change: Ljubljana is two hours ahead of UTC, London one, Istanbul three,
New York four behind.
"""

from datetime import time, timedelta

import pytest

from tests.stories.craft import books, lived
from tests.stories.craft.lived import clocks, has, names_contact
from tests.stories.pipeline import books as deals
from tests.stories.pipeline.books import HERE, TODAY
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")

WHEN_BEST = (
    r"(best|good|like|prefer)[^\n]{0,30}(reach|call|time)|when (is|to|can)[^\n]{0,30}(best|reach|call)"
)
NO_CALLS = r"(never|not|no|don.t)[^\n]{0,40}call"
CALL = "/followup Lockside tomorrow call Dana about the quote"


@pytest.fixture
async def lockside(team, ana):
    await deals.stands(team, "Lockside")
    return ana


def shown_between(said, first, last) -> list[str]:
    return [one for one in clocks(said) if first <= one <= last]


async def test_a_follow_up_takes_the_time_the_customer_named(lockside):
    """Nine to ten in New York (#57) is 13:00–14:00 UTC, so 15:00–16:00 in Ljubljana."""
    await names_contact(lockside, "Lockside", "Dana Roe", zone="America/New_York", best="9:00-10:00")
    said = await asks(lockside, CALL, "sales")
    assert shown_between(said, "15:00", "15:59"), said


async def test_it_is_brought_up_at_that_time_and_not_before(lockside, team):
    """Obeyed, not only stored (#57): nothing at 14:40 on Tuesday, one reminder by 15:40 of Lockside."""
    await names_contact(lockside, "Lockside", "Dana Roe", zone="America/New_York", best="9:00-10:00")
    await asks(lockside, CALL, "sales")
    before = lived.mark(lockside)
    await team.jump("2026-09-15 14:40", HERE)
    assert not [one for one in lived.since(lockside, before) if has(r"due: .*Lockside", one)]
    before = lived.mark(lockside)
    await team.jump("2026-09-15 15:40", HERE)
    assert len([one for one in lived.since(lockside, before) if "Lockside" in one]) == 1


async def test_without_a_word_of_theirs_it_is_their_late_afternoon(lockside):
    """16:00–17:30 theirs (#56): in Istanbul 13:00–14:30 UTC, so 15:00–16:30 in Ljubljana; both clocks are said."""
    await names_contact(lockside, "Lockside", "Dana Roe", zone="Europe/Istanbul")
    said = await asks(lockside, CALL, "sales")
    assert shown_between(said, "15:00", "16:30"), said
    assert has(r"\btheir|their time|Istanbul|there\b", said), said


async def test_a_time_that_was_typed_stands(lockside):
    """Who types 11:00 means 11:00 (#57): it is kept, and that they asked for another time is said beside it."""
    await names_contact(lockside, "Lockside", "Dana Roe", zone="America/New_York", best="9:00-10:00")
    said = await asks(lockside, "/followup Lockside tomorrow 11:00 call Dana about the quote", "sales")
    assert "11:00" in clocks(said), said
    assert has(r"\b0?9(:00)?\b|\b15:00", said), said


async def test_after_the_first_talk_it_is_asked_when_they_want_to_be_called(lockside):
    """“Ask: when is best to reach you?” (#57): once a conversation was logged and nobody knows."""
    said = await asks(lockside, "/log call Lockside – spoke, next step demo on Friday", "sales")
    assert has(WHEN_BEST, said), said


async def test_it_is_asked_once(lockside, team):
    """Asked for once (#57): the second conversation of a deal asks nothing, unanswered as the first may be."""
    assert has(
        WHEN_BEST, await asks(lockside, "/log call Lockside – spoke, next step demo on Friday", "sales")
    )
    await team.jump("2026-09-15 10:00", HERE)
    said = await asks(lockside, "/log meeting Lockside – spoke, next step offer on Monday", "sales")
    assert not has(WHEN_BEST, said), said


async def test_where_it_is_known_it_is_not_asked(lockside):
    """Known (#57): a conversation asks nothing of it."""
    await names_contact(lockside, "Lockside", "Dana Roe", zone="Europe/London", best="9:00-10:00")
    said = await asks(lockside, "/log call Lockside – spoke, next step demo on Friday", "sales")
    assert not has(WHEN_BEST, said), said


async def test_who_never_wants_calls_gets_none(lockside):
    """“Never call” (#57): planning a call says so and keeps the follow-up; it blocks nothing."""
    await names_contact(lockside, "Lockside", "Dana Roe", zone="Europe/London", never=True)
    said = await asks(lockside, CALL, "sales")
    assert has(NO_CALLS, said), said
    assert "about the quote" in await lived.tried(lockside, "/followup list Lockside")


async def attempts(town, *, at_ten, at_four):
    """Calls of July and August, half at ten and half at a quarter past four: how many of each were taken."""
    for hour, (taken, of) in ((time(10, 10), at_ten), (time(16, 15), at_four)):
        for number in range(of):
            day = TODAY - timedelta(days=14 + number)
            outcome = books.SPOKE if number < taken else books.NOBODY
            await books.did(town, [books.Touch(day, "call", outcome, at=hour)], who=f"Yard {number:02}")


async def test_own_data_comes_before_the_default(lockside, team):
    """Sixty attempts (#56): 24 of 30 taken at ten, 3 of 30 after four; 80 % beats 10 %, so ten o'clock is offered."""
    await attempts(team, at_ten=(24, 30), at_four=(3, 30))
    await names_contact(lockside, "Lockside", "Dana Roe", zone="Europe/Ljubljana")
    said = await asks(lockside, CALL, "sales")
    assert shown_between(said, "10:00", "11:00"), said


async def test_fewer_than_thirty_attempts_say_nothing(lockside, team):
    """Twenty-eight attempts (#56): 12 of 14 against 1 of 14 is too little yet; their 16:00–17:30 stands."""
    await attempts(team, at_ten=(12, 14), at_four=(1, 14))
    await names_contact(lockside, "Lockside", "Dana Roe", zone="Europe/Ljubljana")
    said = await asks(lockside, CALL, "sales")
    assert shown_between(said, "16:00", "17:30"), said


async def test_hours_that_do_not_differ_leave_the_default(lockside, team):
    """Noise is not ranked (#56): 15 of 30 at ten, 14 of 30 after four; their 16:00–17:30 stands."""
    await attempts(team, at_ten=(15, 30), at_four=(14, 30))
    await names_contact(lockside, "Lockside", "Dana Roe", zone="Europe/Ljubljana")
    assert shown_between(await asks(lockside, CALL, "sales"), "16:00", "17:30")


async def test_what_they_said_comes_before_own_data(lockside, team):
    """Stated time first (#57): ten o'clock pays best, and Dana asked for two to three in the afternoon."""
    await attempts(team, at_ten=(24, 30), at_four=(3, 30))
    await names_contact(lockside, "Lockside", "Dana Roe", zone="Europe/Ljubljana", best="14:00-15:00")
    assert shown_between(await asks(lockside, CALL, "sales"), "14:00", "14:59")
