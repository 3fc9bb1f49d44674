"""The digest: which days it covers, what a channel may see of it, and when somebody is worth naming."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.language.dates.period import DaySpan, week_before
from sales.people.audience import Line, Tells, may_read
from sales.people.team import Audience
from sales.surfaces.digest import covering, days_before

TODAY = date(2026, 9, 21)
WEEK = DaySpan(date(2026, 9, 14), date(2026, 9, 20))
MON_TO_FRI = 0b0011111
TOGETHER, OWN, WON = Line("2 goals", Tells.TEAM), Line("1 goal", Tells.ALONE), Line("2 deals", Tells.TEAM)
BY_ANA, ANA = Line("Ana won Acme", Tells.GOOD_NEWS), Line("Ana 20%", Tells.STANDING)
FULL = [TOGETHER, OWN, WON, BY_ANA, ANA]


@pytest.mark.parametrize(
    ("audience", "left"),
    [
        (Audience.TOTALS, [TOGETHER, WON]),
        (Audience.WINS, [TOGETHER, WON, BY_ANA]),
        (Audience.EVERYTHING, FULL),
    ],
)
def test_an_audience_reads_what_it_may(audience, left):
    """Totals name nobody and no deal; one rep's own goal is not shown under the team's name but to everybody."""
    assert [line for line in FULL if may_read(audience, line.tells)] == left


@pytest.mark.parametrize("day", [21, 22, 25, 27])
def test_the_week_before_is_a_whole_one(day):
    assert week_before(date(2026, 9, day)) == WEEK


@pytest.mark.parametrize(
    ("day", "weekly_on", "first", "last"),
    [
        (date(2026, 9, 22), 0, date(2026, 9, 21), date(2026, 9, 21)),  # Monday's told of the week before
        (date(2026, 9, 23), 0, date(2026, 9, 22), date(2026, 9, 22)),
        (date(2026, 9, 21), 2, date(2026, 9, 18), date(2026, 9, 20)),  # the weekend too
        (date(2026, 9, 24), 2, date(2026, 9, 22), date(2026, 9, 23)),  # Wednesday's told of last week only
        (date(2026, 9, 21), 4, date(2026, 9, 17), date(2026, 9, 20)),
    ],
)
def test_a_day_is_told_once(day, weekly_on, first, last):
    assert days_before(day, MON_TO_FRI & ~(1 << weekly_on), weekly_on) == (first, last, ())


@given(start=st.dates(date(2020, 1, 1), date(2030, 1, 1)), weekly_on=st.integers(0, 6))
def test_the_days_of_daily_digests_never_overlap(start, weekly_on):
    mask = MON_TO_FRI & ~(1 << weekly_on)
    ordinals = range(start.toordinal(), start.toordinal() + 28)
    days = [day for day in map(date.fromordinal, ordinals) if mask >> day.weekday() & 1]
    spans = [days_before(day, mask, weekly_on) for day in days]
    assert all(one.first <= one.last for one in spans)
    assert all(before.last < after.first for before, after in pairwise(spans))


def test_one_digest_covers_those_that_did_not_go_out():
    missed = [date(2026, 9, 14), date(2026, 9, 7)]
    found = covering(WEEK, [week_before(day) for day in missed], missed)
    assert found == DaySpan(date(2026, 8, 31), date(2026, 9, 20), (date(2026, 9, 7), date(2026, 9, 14)))
    assert covering(WEEK, [], []) == WEEK
