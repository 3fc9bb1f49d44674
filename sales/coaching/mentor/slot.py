"""Slots: times of twenty minutes in the working hours of two people, wherever each of them is (mechanism 72)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sales.language.dates.instants import local_date, local_instant, place
from sales.people.calendar import WorkCalendar

LENGTH = timedelta(minutes=20)
STEP = timedelta(minutes=30)
WORKING = (time(9), time(17, 40))  # between which a talk may begin on both clocks
AWAKE = (time(8), time(18, 40))  # where the working hours of the two do not meet
DAYS_AHEAD = 10
MOST_OFFERED = 3
NOTICE = 2  # working days: one of them is left to answer in


class Attendee(NamedTuple):
    """Whoever is to be there: the clock they live by, and their working days."""

    zone: str
    calendar: WorkCalendar

    def is_free(self, at: datetime, hours: tuple[time, time]) -> bool:
        """Say whether they work on the day of an instant, and a talk may begin then on their clock."""
        clock = at.astimezone(place(self.zone)).time()
        return hours[0] <= clock <= hours[1] and self.calendar.is_working(local_date(at, self.zone))


def slots(mentor: Attendee, rep: Attendee, now: datetime) -> list[datetime]:
    """Return a few instants that suit both, one a day, early and late in turn; none where their hours never meet."""
    for hours in (WORKING, AWAKE):
        found = list(_by_day(mentor, rep, now, hours))
        if found:
            return found[:MOST_OFFERED]
    return []


def _by_day(mentor: Attendee, rep: Attendee, now: datetime, hours: tuple[time, time]) -> Iterator[datetime]:
    first = mentor.calendar.shift(local_date(now, mentor.zone), NOTICE)
    is_early = True
    for number in range(DAYS_AHEAD):
        every = _half_hours(mentor.zone, first + timedelta(days=number), hours)
        fit = [at for at in every if mentor.is_free(at, hours) and rep.is_free(at, hours)]
        if fit:
            yield fit[0 if is_early else -1]
            is_early = not is_early


def _half_hours(zone: str, day: date, hours: tuple[time, time]) -> Iterator[datetime]:
    at, last = (local_instant(zone, clock, day) for clock in hours)
    while at <= last:
        yield at
        at += STEP
