"""Ramps: the months of a growing target are the target, and each asks for more than the one before."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.goals.pace import pace
from sales.goals.ramp import months_of, ramp_season, ramps
from sales.language.dates.period import quarter
from sales.people.calendar import WorkCalendar

Q4 = quarter(4, 2026)
CALENDAR = WorkCalendar()
STARTED = date(2026, 10, 1)


@given(target=st.integers(1, 10**10), before=st.integers(-95, 95), unit=st.sampled_from([1, 100]))
def test_the_months_add_up_to_the_target(target: int, before: int, unit: int) -> None:
    months = months_of(target, Q4.start - timedelta(days=before), Q4, unit)
    assert sum(one.target for one in months) == target
    assert all(Q4.holds(one.first) and one.target > 0 for one in months)


def test_each_month_asks_for_a_quarter_of_a_full_one_more() -> None:
    months = [one.target for one in months_of(60_000_00, STARTED, Q4, 100)]
    assert months == sorted(months)
    assert [round(one / 60_000_00, 1) for one in months] == [0.2, 0.3, 0.5]


def test_who_follows_the_ramp_is_on_pace_where_even_days_would_call_it_behind() -> None:
    today = date(2026, 10, 30)
    first = months_of(60_000_00, STARTED, Q4, 100)[0].target
    season = ramp_season(STARTED, Q4, CALENDAR)
    ramped = pace(first, 60_000_00, Q4, today, CALENDAR, season)
    assert ramped.is_ramped
    assert abs(ramped.days) < 1
    assert round(pace(first, 60_000_00, Q4, today, CALENDAR).days) < -5
    assert any("the ramp asks for" in line for line in ramped.why())


@pytest.mark.parametrize(
    ("started", "today", "ramped"),
    [
        (None, date(2026, 10, 15), date(2026, 10, 15)),
        (date(2026, 9, 1), date(2026, 10, 15), date(2026, 9, 1)),
        (date(2026, 6, 1), date(2026, 10, 15), None),
        (None, date(2026, 1, 5), None),
    ],
)
def test_only_who_is_new_in_the_period_ramps_up(
    started: date | None, today: date, ramped: date | None
) -> None:
    assert ramps(started, Q4, today) == ramped


def test_a_ramp_that_begins_after_the_period_has_no_season() -> None:
    assert ramp_season(date(2027, 2, 1), Q4, CALENDAR) is None
