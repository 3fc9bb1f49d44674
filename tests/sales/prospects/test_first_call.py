"""The clock of the first call: working time alone counts, by the hours of whoever has the lead (mechanism 38)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.nudges.policy import Hours
from sales.people.calendar import WorkCalendar
from sales.prospects.first_call import (
    CallState,
    after_working,
    calls_kept,
    concerns_rep,
    first_call,
    manager_limits,
    open_length,
    urgency,
    working_time,
)
from sales.prospects.lead import Lead, called
from sales.prospects.source import INBOUND, FirstCallClock

HERE = "Europe/Ljubljana"  # in September two hours ahead of UTC
HOURS = Hours(HERE)
MONDAY = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)  # eleven there


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def lead(came_at: datetime = MONDAY, **more: object) -> Lead:
    return Lead(name="Dana", came_at=came_at, **more)


def test_the_target_and_the_limit_of_a_lead_of_the_morning():
    found = first_call(lead(), INBOUND, HOURS, MONDAY)
    assert (found.state, found.waited) == (CallState.IN_TIME, timedelta())
    assert found.target_at == MONDAY + minutes(5)
    assert found.limit_at == MONDAY + minutes(60)


@pytest.mark.parametrize(
    ("later", "state", "over"),
    [
        (5, CallState.IN_TIME, 0),
        (6, CallState.PAST_TARGET, 1),
        (60, CallState.PAST_TARGET, 55),
        (61, CallState.PAST_LIMIT, 1),
    ],
)
def test_where_it_stands_minutes_later(later, state, over):
    found = first_call(lead(), INBOUND, HOURS, MONDAY + minutes(later))
    assert (found.state, found.over) == (state, minutes(over))


def test_a_lead_of_the_night_is_due_in_the_morning():
    night = datetime(2026, 9, 14, 21, 0, tzinfo=UTC)  # eleven in the evening
    found = first_call(lead(night), INBOUND, HOURS, night)
    assert found.target_at == datetime(2026, 9, 15, 6, 5, tzinfo=UTC)
    assert working_time(night, found.target_at, HOURS) == minutes(5)


def test_a_weekend_does_not_count():
    friday = datetime(2026, 9, 18, 16, 58, tzinfo=UTC)  # two minutes before quiet hours
    found = first_call(lead(friday), INBOUND, HOURS, friday)
    assert found.target_at == datetime(2026, 9, 21, 6, 3, tzinfo=UTC)
    assert first_call(lead(friday), INBOUND, HOURS, friday + timedelta(days=2)).state is CallState.IN_TIME


def test_a_call_stops_it_and_says_whether_it_was_in_time():
    made = called(lead(), MONDAY + minutes(4))
    found = first_call(made, INBOUND, HOURS, MONDAY + timedelta(days=9))
    assert (found.state, found.waited) == (CallState.CALLED, minutes(4))
    assert found.was_in_target
    late = first_call(called(lead(), MONDAY + minutes(40)), INBOUND, HOURS, MONDAY)
    assert (late.was_in_target, late.was_in_limit) == (False, True)


def test_a_call_before_the_lead_was_typed_took_no_time():
    found = first_call(called(lead(), MONDAY - minutes(9)), INBOUND, HOURS, MONDAY)
    assert (found.state, found.waited) == (CallState.CALLED, timedelta())


def test_without_a_clock_nothing_is_due():
    found = first_call(lead(), None, HOURS, MONDAY + timedelta(days=40))
    assert (found.state, found.target_at, found.over) == (CallState.NO_CLOCK, None, timedelta())


def test_the_rep_hears_past_the_limit_and_after_a_week_without_a_clock():
    calendar, today = HOURS.calendar, date(2026, 9, 14)
    late = first_call(lead(), INBOUND, HOURS, MONDAY + minutes(61))
    assert concerns_rep(lead(), late, calendar, HERE, today)
    assert not concerns_rep(lead(), first_call(lead(), INBOUND, HOURS, MONDAY), calendar, HERE, today)
    quiet = first_call(lead(), None, HOURS, MONDAY)
    assert not concerns_rep(lead(), quiet, calendar, HERE, date(2026, 9, 18))
    assert concerns_rep(lead(), quiet, calendar, HERE, date(2026, 9, 21))


def test_the_manager_hears_after_two_working_days():
    limits = manager_limits(date(2026, 9, 16), HERE, WorkCalendar())
    assert limits.is_old(lead(), INBOUND)  # Monday's, on Wednesday
    assert not limits.is_old(lead(MONDAY + timedelta(days=1)), INBOUND)
    assert not limits.is_old(lead(), None)
    assert manager_limits(date(2026, 9, 28), HERE, WorkCalendar()).is_old(lead(), None)


def test_how_soon_calls_were_made():
    made = [
        first_call(called(lead(), MONDAY + minutes(after)), INBOUND, HOURS, MONDAY)
        for after in (2, 4, 30, 90)
    ]
    assert calls_kept(made) == (4, 2, 3, minutes(17))
    assert calls_kept([first_call(lead(), INBOUND, HOURS, MONDAY)]) is None


def test_what_presses_most_comes_first():
    now = MONDAY + minutes(30)
    early, late = lead(MONDAY - minutes(60)), lead(MONDAY + minutes(29))
    found = sorted((late, early), key=lambda one: urgency(one, first_call(one, INBOUND, HOURS, now)))
    assert found == [early, late]


OPEN_HOURS = st.sampled_from(
    [(time(19), time(8)), (time(12), time(14)), (time(0), time(8)), (time(20), time(0)), (time(9), time(9))]
)
MOMENTS = st.datetimes(datetime(2026, 4, 1), datetime(2026, 10, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(MOMENTS, st.integers(0, 60 * 40), OPEN_HOURS)
def test_so_much_working_time_is_over_when_it_is_said_to_be(came, length, quiet):
    hours = Hours(HERE, *quiet)
    due = after_working(came, minutes(length), hours)
    assert due >= came
    assert working_time(came, due, hours) == minutes(length)


@given(MOMENTS, st.integers(0, 20_000), st.integers(0, 20_000), OPEN_HOURS)
def test_working_time_adds_up(came, one, two, quiet):
    hours = Hours(HERE, *quiet)
    between, last = came + minutes(one), came + minutes(one + two)
    whole = working_time(came, last, hours)
    assert whole == working_time(came, between, hours) + working_time(between, last, hours)
    assert timedelta() <= whole <= last - came


def test_a_working_day_has_so_many_hours():
    assert open_length(HOURS) == timedelta(hours=11)
    assert open_length(Hours(HERE, time(12), time(14))) == timedelta(hours=22)
    assert open_length(Hours(HERE, time(9), time(9))) == timedelta(hours=24)


def test_a_clock_of_its_own():
    slow = FirstCallClock(timedelta(hours=10), timedelta(hours=22))
    found = first_call(lead(), slow, HOURS, MONDAY)  # eleven; eight hours are left of the day
    assert found.target_at == datetime(2026, 9, 15, 8, 0, tzinfo=UTC)
    assert found.limit_at == datetime(2026, 9, 16, 9, 0, tzinfo=UTC)
