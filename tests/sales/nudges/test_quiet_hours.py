"""Quiet hours: no message at night, on a day off or on leave, and always a moment at which it may leave."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.nudges.quiet_hours import reason, sendable_at
from sales.people.calendar import WorkCalendar
from sales.people.hours import is_quiet
from sales.people.leave import Leave

US = WorkCalendar(country="US")
NEW_YORK = "America/New_York"
NIGHT = (time(19), time(8))
ZONES = sorted(available_timezones() - {"localtime", "Factory"})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(text: str, zone: str = NEW_YORK) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "sendable", "why"),
    [
        ("2017-09-20 16:30", "2017-09-20 16:30", None),
        ("2017-09-20 08:00", "2017-09-20 08:00", None),
        ("2017-09-20 18:59:59", "2017-09-20 18:59:59", None),
        ("2017-09-20 19:00", "2017-09-21 08:00", "It was 19:00 your time; quiet hours are 19:00 to 08:00."),
        ("2017-09-20 07:59", "2017-09-20 08:00", "It was 07:59 your time; quiet hours are 19:00 to 08:00."),
        ("2017-09-22 21:10", "2017-09-25 08:00", "It was 21:10 your time; quiet hours are 19:00 to 08:00."),
        ("2017-09-23 12:00", "2017-09-25 08:00", "It was your weekend."),
        ("2017-11-22 20:00", "2017-11-24 08:00", "It was 20:00 your time; quiet hours are 19:00 to 08:00."),
        ("2017-11-23 12:00", "2017-11-24 08:00", "It was Thanksgiving Day."),
    ],
)
def test_when_a_message_may_leave(now, sendable, why):
    assert sendable_at(local(now), NEW_YORK, *NIGHT, US) == local(sendable)
    assert reason(local(now), NEW_YORK, *NIGHT, US) == why


def test_leave_holds_a_message_until_the_first_day_back():
    calendar = US.with_leave([Leave(user_id="U1", first=date(2017, 9, 18), last=date(2017, 9, 29))])
    assert sendable_at(local("2017-09-20 12:00"), NEW_YORK, *NIGHT, calendar) == local("2017-10-02 08:00")
    assert reason(local("2017-09-20 12:00"), NEW_YORK, *NIGHT, calendar) == "You were on leave."


def test_the_same_instant_is_night_in_one_zone_and_day_in_another():
    now = at("2017-09-20 17:30")
    assert sendable_at(now, "Europe/Paris", *NIGHT, WorkCalendar()) == at("2017-09-21 06:00")
    assert sendable_at(now, NEW_YORK, *NIGHT, WorkCalendar()) == now


def test_quiet_hours_at_noon_and_none_at_all():
    noon = (time(12), time(13))
    assert sendable_at(local("2017-09-20 12:15"), NEW_YORK, *noon, US) == local("2017-09-20 13:00")
    assert sendable_at(local("2017-09-20 03:00"), NEW_YORK, *noon, US) == local("2017-09-20 03:00")
    assert not any(is_quiet(time(hour), time(8), time(8)) for hour in range(24))


def test_quiet_hours_that_end_in_a_gap_end_with_it():
    every_day = WorkCalendar(workdays=0b1111111)
    found = sendable_at(at("2026-03-29 00:30"), "Europe/Paris", time(22), time(2, 30), every_day)
    assert found == at("2026-03-29 01:00")


def test_clocks_set_back_bring_quiet_hours_again():
    every_day = WorkCalendar(workdays=0b1111111)
    quiet = (time(22), time(1, 30))
    assert sendable_at(at("2026-11-01 05:40"), NEW_YORK, *quiet, every_day) == at("2026-11-01 05:40")
    assert sendable_at(at("2026-11-01 06:10"), NEW_YORK, *quiet, every_day) == at("2026-11-01 06:30")


def test_a_clock_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        sendable_at(datetime(2017, 9, 20), NEW_YORK, *NIGHT, US)  # noqa: DTZ001


@given(
    now=st.datetimes(datetime(2011, 12, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from(ZONES),
    quiet_from=st.times(),
    quiet_until=st.times(),
    workdays=st.integers(1, 127),
    leave=st.integers(0, 20),
)
def test_what_may_leave_is_never_quiet_and_never_held(now, zone, quiet_from, quiet_until, workdays, leave):
    today = now.astimezone(ZoneInfo(zone)).date()
    calendar = WorkCalendar(workdays, "US", leave=((today, today + timedelta(leave)),) if leave else ())
    found = sendable_at(now, zone, quiet_from, quiet_until, calendar)
    wall = found.astimezone(ZoneInfo(zone))
    assert found >= now
    assert not is_quiet(wall.time(), quiet_from, quiet_until)
    assert calendar.is_working(wall.date())
    assert reason(found, zone, quiet_from, quiet_until, calendar) is None
    assert sendable_at(found, zone, quiet_from, quiet_until, calendar) == found
    if reason(now, zone, quiet_from, quiet_until, calendar) is None:
        assert found == now


@given(
    now=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from(ZONES),
    quiet_from=st.times(),
    quiet_until=st.times(),
)
def test_a_message_leaves_no_later_than_it_must(now, zone, quiet_from, quiet_until):
    """The instant before the answer is still held."""
    calendar = WorkCalendar(country="US")
    found = sendable_at(now, zone, quiet_from, quiet_until, calendar)
    if found > now:
        just_before = max(now, found - timedelta(microseconds=1))
        assert reason(just_before, zone, quiet_from, quiet_until, calendar) is not None
