"""Pace: the arithmetic, its edges, and the season of past periods."""

from collections import Counter
from datetime import date, timedelta
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.goals.pace import pace
from sales.goals.season import Season, seasonal_share
from sales.language.dates.period import custom_period, quarter
from sales.people.calendar import WorkCalendar
from sales.people.leave import Leave

US = WorkCalendar(country="US")
Q4 = quarter(4, 2017)
MID_NOVEMBER = date(2017, 11, 13)


def test_pace_in_the_middle_of_a_quarter():
    found = pace(45_000, 120_000, Q4, MID_NOVEMBER, US)
    assert (found.elapsed, found.remaining, found.total) == (29, 32, 61)
    assert found.expected == pytest.approx(29 / 61)
    assert found.ratio == pytest.approx(45 / 120 * 61 / 29)
    assert found.needed_per_day == pytest.approx(75_000 / 32)
    assert found.projection == pytest.approx(45_000 * 61 / 29)
    assert found.days == pytest.approx(45 / 120 * 61 - 29)
    assert found.why() == (
        "45,000 of 120,000 is 38%.",
        "29 of 61 working days are over, today included: 48%.",
        "Pace: 38% ÷ 48% = 0.79, 6 working days behind the plan.",
        "Missing: 75,000 ÷ 32 working days left = 2,344 a day.",
        "At this pace the period ends at about 94,655.",
    )


def test_before_the_period_nothing_is_expected():
    found = pace(0, 610, Q4, date(2017, 9, 20), US)
    assert (found.elapsed, found.expected, found.ratio, found.projection) == (0, 0, 1, 0)
    assert found.needed_per_day == 10
    assert found.why()[-1] == (
        "No working day of Q4 2017 is over yet; 10 on each of its 61 working days gets there."
    )


def test_on_the_last_working_day_all_that_is_missing_is_needed():
    found = pace(90, 100, Q4, date(2017, 12, 29), US)
    assert (found.remaining, found.needed_per_day, found.ratio) == (0, 10, 0.9)
    assert found.projection == 90
    assert found.why()[3] == "Missing: 10, and no working day is left after today."


def test_a_reached_target_needs_nothing_more():
    found = pace(130, 100, Q4, MID_NOVEMBER, US)
    assert (found.is_reached, found.missing, found.needed_per_day) == (True, 0, 0)
    assert found.projection > 130
    assert found.why()[-1] == "The target is reached."


def test_after_the_period_the_actual_stands():
    found = pace(90, 100, Q4, date(2018, 1, 3), US)
    assert (found.is_over, found.needed_per_day, found.projection) == (True, 0, 90)
    assert found.elapsed == found.total == 61
    assert found.why() == ("90 of 100 is 90%.", "The period ended on Sun 31 Dec 2017, 10 short.")


def test_own_leave_is_no_working_time():
    away = US.with_leave([Leave(user_id="U1", first=date(2017, 10, 2), last=date(2017, 11, 12))])
    found = pace(10, 100, Q4, MID_NOVEMBER, away)
    assert (found.elapsed, found.over, found.total) == (1, 0, 33)
    assert found.days == pytest.approx(2.3)


def test_a_period_wholly_on_leave_has_no_pace():
    away = US.with_leave([Leave(user_id="U1", first=Q4.start, last=Q4.end)])
    found = pace(10, 100, Q4, MID_NOVEMBER, away)
    assert (found.total, found.ratio, found.needed_per_day) == (0, 1, 90)
    assert found.why()[-1] == "There is no working day in this period, so there is no pace."


def test_a_target_of_nothing_is_refused():
    with pytest.raises(ValueError, match="above 0"):
        pace(1, 0, Q4, MID_NOVEMBER, US)


def test_seasonal_pace_expects_what_past_periods_had_by_then():
    weeks = [custom_period(monday, monday + timedelta(4)) for monday in (date(2017, 9, 4), date(2017, 9, 11))]
    slow = {weeks[0].start: 10, weeks[0].end: 90}
    slower = {weeks[1].start + timedelta(2): 30, weeks[1].end: 70, date(2017, 1, 1): 1000}
    season = seasonal_share([(weeks[0], slow), (weeks[1], slower)], WorkCalendar())
    assert season is not None
    assert [season.share(n / 5) for n in range(6)] == pytest.approx([0, 0.05, 0.05, 0.2, 0.2, 1])
    assert season.share(0.5) == pytest.approx(0.125)
    this = custom_period(date(2017, 9, 18), date(2017, 9, 22))
    found = pace(20, 100, this, date(2017, 9, 20), WorkCalendar(), season)
    assert (found.is_seasonal, found.ratio, found.days) == (True, pytest.approx(1), pytest.approx(0))
    assert found.projection == pytest.approx(100)
    assert found.why()[1] == (
        "3 of 5 working days are over, today included; past periods had 20% of their total by then."
    )
    late = pace(20, 100, this, date(2017, 9, 21), WorkCalendar(), season)
    assert late.days == pytest.approx(0), "past periods brought nothing on that day either"
    assert pace(60, 100, this, date(2017, 9, 20), WorkCalendar(), season).days == pytest.approx(1.5)
    assert pace(20, 100, this, date(2017, 9, 20), WorkCalendar()).days == pytest.approx(-2)


def test_one_past_period_is_no_season():
    q2, q3 = quarter(2, 2017), quarter(3, 2017)
    assert seasonal_share([(q3, {q3.start: 1})], US) is None
    assert seasonal_share([(q2, {}), (q3, {q3.start: 1})], US) is None


def test_what_came_on_the_weekend_counts_with_the_day_before():
    week = custom_period(date(2017, 9, 9), date(2017, 9, 17))
    season = seasonal_share([(week, {date(2017, 9, 9): 1, date(2017, 9, 16): 3})] * 2, WorkCalendar())
    assert season is not None
    assert [season.share(n / 5) for n in (0, 4, 5)] == [0.25, 0.25, 1]


def test_where_the_past_had_nothing_by_then_the_even_share_holds():
    q2, q3 = quarter(2, 2017), quarter(3, 2017)
    season = seasonal_share([(q2, {q2.end: 1}), (q3, {q3.end: 1})], US)
    found = pace(1, 100, Q4, MID_NOVEMBER, US, season)
    assert (found.is_seasonal, found.expected) == (False, pytest.approx(29 / 61))


@pytest.mark.parametrize("day", [15, 30, 45, 60])
def test_past_quarters_halve_the_error_of_an_even_pace(crm, day):
    won = Counter()
    for deal in crm:
        if deal.stage == "Won":
            won[deal.closed_on] += deal.value_minor
    season = seasonal_share([(quarter(n, 2017), won) for n in (2, 3)], US)
    today = Q4.start + timedelta(day)
    so_far = sum(value for closed, value in won.items() if Q4.start <= closed <= today)
    total = sum(value for closed, value in won.items() if Q4.holds(closed))
    even = pace(so_far, total, Q4, today, US).projection / total - 1
    seasonal = pace(so_far, total, Q4, today, US, season).projection / total - 1
    assert even < -0.05, "an even pace reads behind for most of a quarter"
    assert abs(seasonal) < abs(even)
    assert abs(seasonal) < 0.07


PERIODS = st.tuples(st.dates(date(2017, 1, 1), date(2018, 1, 1)), st.integers(0, 370)).map(
    lambda pair: custom_period(pair[0], pair[0] + timedelta(pair[1]))
)


@given(
    actual=st.floats(0, 1e12),
    target=st.floats(1, 1e12),
    period=PERIODS,
    today=st.dates(date(2016, 12, 1), date(2019, 3, 1)),
    curve=st.none() | st.lists(st.floats(0, 1), min_size=2, max_size=60).map(sorted),
)
def test_every_number_is_finite_and_sensible(actual, target, period, today, curve):
    season = Season((tuple(curve),)) if curve else None
    found = pace(actual, target, period, today, US, season)
    assert all(map(isfinite, (found.ratio, found.needed_per_day, found.projection, found.expected)))
    assert 0 <= found.elapsed <= found.total
    assert found.elapsed + found.remaining == found.total
    assert 0 <= found.expected <= 1
    assert 0 <= found.needed_per_day <= target
    assert found.projection >= actual
    assert found.projection <= actual * max(100, found.total) * (1 + 1e-9)
    assert found.is_reached == (actual >= target)
    assert -found.elapsed <= found.days <= found.remaining
    assert all(line.endswith(".") for line in found.why())
