"""Consistency: on how many days, how evenly from week to week, and streaks that survive days off (#66)."""

import pytest

from tests.stories.craft import books
from tests.stories.craft.lived import has, line_with, reads
from tests.stories.pipeline.books import TODAY, days
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")

LINES = ("/why consistency", "/why streak", "/why active", "/why lights")
HELPED = r"streak|consisten|active day"
MONDAYS = [TODAY - days(7 * one) for one in range(8, 0, -1)]  # of the eight weeks before this one
FEAST = r"feast|famine|swing|uneven|up and down|bursts?"


async def consistency(person, pattern) -> str:
    return await reads(person, pattern, *LINES, helped=HELPED)


async def on_days(town, dates, count=5, owner="U1"):
    await books.did(town, [books.Touch(day, "call", books.NOBODY, count) for day in dates], owner=owner)


def september(*numbers):
    return [TODAY.replace(day=one) for one in numbers]


async def test_the_share_of_active_days(team, ana):
    """Tuesdays and Thursdays of eight weeks (#66): 2 of 5 days = 40 %; Labor Day off the list 16 of 39 = 41 %, in any
    four weeks 8 of 19 = 42 % or 8 of 20 = 40 %."""
    await on_days(team, [monday + days(one) for monday in MONDAYS for one in (1, 3)])
    said = await consistency(ana, r"active|days")
    line = line_with(said, r"active", r"\b(3[89]|4[0-4])\s?%|\b8 of (19|20)|16 of (39|40)")
    assert line, said


async def test_even_weeks_vary_by_nothing(team, ana):
    """Twenty-five calls each Wednesday (#66): every full week is 25, so the variation is 0 %, and nobody swings."""
    await on_days(team, [monday + days(2) for monday in MONDAYS], 25)
    said = await consistency(ana, r"week.to.week|variation|varies|steady|from week")
    assert has(r"\b0\s?%|steady|even|the same", said), said
    assert not has(FEAST, said), said


async def test_feast_and_famine_is_flagged(team, ana):
    """40, 0, 40, 0 … (#66): mean 20, each week 20 from it, so 20 / 20 = 100 %; by a sample of eight 107 %."""
    await on_days(team, [monday + days(one) for monday in MONDAYS[::2] for one in range(4)], 10)
    said = await consistency(ana, FEAST)
    assert has(r"\b(100|107|10[0-9])\s?%|40[^\n]*\b0\b", said), said


async def test_the_week_that_runs_counts_for_no_swing(team, ana):
    """Monday of a week (#66): its nothing-so-far is no famine; only full weeks are compared."""
    await on_days(team, [monday + days(one) for monday in MONDAYS for one in range(4)], 10)
    assert not has(FEAST, await consistency(ana, r"week|streak|active"))


async def streak(person) -> str:
    return line_with(await consistency(person, r"streak|in a row|running"), r"streak|in a row|running")


async def test_a_streak_survives_weekends_and_holidays(team, ana):
    """1–4, 8–11 and 14 September (#66): two weekends between, the 7th is Labor Day: 4 + 4 + 1 = 9."""
    await on_days(team, september(1, 2, 3, 4, 8, 9, 10, 11))
    await asks(ana, "/log 5 calls", "sales")
    said = await streak(ana)
    assert has(r"\b9\b", said), said


async def test_a_streak_survives_leave(team, ana):
    """Away on the 9th and 10th (#66): 1–4, 8, 11 and 14 are 4 + 1 + 1 + 1 = 7, and unbroken."""
    await books.on_leave(team, *september(9, 10))
    await on_days(team, september(1, 2, 3, 4, 8, 11))
    await asks(ana, "/log 5 calls", "sales")
    assert has(r"\b7\b", await streak(ana)), await streak(ana)


async def test_leave_that_is_typed_afterwards_mends_a_streak(team, ana):
    """Ill, and said so later (#66): the 9th and 10th break it first, and no more once `/team leave` has them."""
    await on_days(team, september(1, 2, 3, 4, 8, 11))
    await asks(ana, "/log 5 calls", "sales")
    assert has(r"\b2\b", await streak(ana)), await streak(ana)  # the 11th and the 14th
    await asks(ana, "/team leave 9-10 Sep", "sales")
    if ana.modal():
        await ana.closes(everything=True)
    assert has(r"\b7\b", await streak(ana)), await streak(ana)


async def test_a_working_day_without_anything_ends_it(team, ana):
    """Nothing on the 9th (#66): 10, 11 and 14 September are 3."""
    await on_days(team, september(1, 2, 3, 4, 8, 10, 11))
    await asks(ana, "/log 5 calls", "sales")
    assert has(r"\b3\b", await streak(ana)), await streak(ana)


async def test_today_is_not_missed_before_it_is_over(team, ana):
    """Monday morning, nothing yet (#66): the eight days up to Friday the 11th still stand."""
    await on_days(team, september(1, 2, 3, 4, 8, 9, 10, 11))
    assert has(r"\b8\b", await streak(ana)), await streak(ana)
