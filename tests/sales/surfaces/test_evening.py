"""On which evening a promise is asked about: a working day, still to come, after every pause; and no sooner one is."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sales.language.dates.instants import local_date, local_instant
from sales.nudges.policy import JUST_BROUGHT_UP
from sales.people.calendar import WorkCalendar
from sales.people.team import MONDAY_TO_FRIDAY
from sales.surfaces.evening import AT_ONCE, Evenings, asked_on

ZONE = "Europe/Ljubljana"
NOW = datetime(2026, 9, 14, 9, tzinfo=UTC)
TODAY = date(2026, 9, 14)
DAYS = st.integers(0, 40).map(lambda days: TODAY + timedelta(days=days))
MOMENTS = st.integers(-60, 20_000).map(lambda minutes: NOW + timedelta(minutes=minutes))


SHIFTS = st.integers(-300, 300).map(lambda seconds: timedelta(seconds=seconds))


def begins(day, shift=timedelta(0)):
    return local_instant(ZONE, time(16, 30), day) + shift


@given(DAYS, st.none() | MOMENTS, DAYS, st.integers(0, 10), MOMENTS, SHIFTS, st.booleans())
def test_it_is_the_first_working_evening_that_is_still_to_come(
    due_on, paused, away_from, away_for, now, shift, asked
):
    calendar = WorkCalendar(MONDAY_TO_FRIDAY, leave=((away_from, away_from + timedelta(days=away_for)),))
    asked = local_date(now, ZONE) if asked else None
    day = asked_on(due_on, None, Evenings(ZONE, time(16, 30), calendar, paused, shift, asked), now)
    free_from = max(now, paused or now)

    def may_be(one):
        to_come = begins(one, shift) + AT_ONCE > free_from
        return calendar.is_working(one) and to_come and one != asked

    assert may_be(day)
    assert day >= due_on
    assert not any(may_be(due_on + timedelta(days=ahead)) for ahead in range((day - due_on).days))


@given(DAYS, st.integers(0, 24 * 60 - 1))
def test_beside_a_reminder_an_evening_is_promised_only_where_it_cannot_be_silent(due_on, minute):
    at = local_instant(ZONE, time(minute // 60, minute % 60), due_on)
    evenings = Evenings(ZONE, time(16, 30), WorkCalendar(MONDAY_TO_FRIDAY))
    day, told = asked_on(due_on, None, evenings, NOW), asked_on(due_on, at, evenings, NOW)
    assert told == (day if at < begins(day) - JUST_BROUGHT_UP else None)
