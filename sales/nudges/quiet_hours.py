"""Quiet hours: when a message may leave. Nobody is written to at night, on a day off or on leave."""

from datetime import UTC, date, datetime, time, timedelta

from sales.language.dates.instants import as_utc, local_instant, place
from sales.language.figures import clock
from sales.people.calendar import ON_LEAVE, WEEKEND, WorkCalendar
from sales.people.hours import is_quiet


def sendable_at(
    now: datetime, zone: str, quiet_from: time, quiet_until: time, calendar: WorkCalendar
) -> datetime:
    """Return the earliest instant from `now` on at which a message may reach a person, in UTC.

    That is outside quiet hours, `quiet_from` until but not including `quiet_until` by the clocks of their
    zone, over midnight if it is the later of the two, none at all if both are equal; and on a working day of
    `calendar`, which carries their leave.

    Raises:
        Refusal: if leave or holidays cover every day for ten years on.
    """
    moment, here = as_utc(now), place(zone)
    while True:
        wall = moment.astimezone(here)
        if not calendar.is_working(wall.date()):
            moment = local_instant(zone, time.min, calendar.next_working_day(wall.date()))
        elif is_quiet(wall.time(), quiet_from, quiet_until):
            until = wall.date()
            if quiet_from > quiet_until and wall.time() >= quiet_from:
                until += timedelta(days=1)
            moment = _later(moment, zone, quiet_until, until)
        else:
            return moment


def reason(
    now: datetime, zone: str, quiet_from: time, quiet_until: time, calendar: WorkCalendar
) -> str | None:
    """Return why a message was held at `now`, as one sentence to the person; None if it may leave."""
    wall = as_utc(now).astimezone(place(zone))
    day_off = calendar.why_not(wall.date())
    if day_off is not None:
        return _day_off_in_words(wall.date(), day_off)
    if is_quiet(wall.time(), quiet_from, quiet_until):
        return f"It was {clock(wall.time())} your time; quiet hours are {clock(quiet_from)} to {clock(quiet_until)}."
    return None


def _day_off_in_words(day: date, why: str) -> str:
    if why == ON_LEAVE:
        return "You were on leave."
    if why == WEEKEND:
        return "It was your weekend."
    return f"It was {why}."


def _later(moment: datetime, zone: str, clock: time, day: date) -> datetime:
    """Return when the clocks show a time, the second time round if the first is over: clocks set back can
    bring quiet hours again."""
    first = local_instant(zone, clock, day)
    if first > moment:
        return first
    return datetime.combine(day, clock.replace(fold=1), tzinfo=place(zone)).astimezone(UTC)
