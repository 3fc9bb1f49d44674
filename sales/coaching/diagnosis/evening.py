"""When the lights come to a rep whose goal is behind: every other week, before the last working day of it."""

from datetime import date, timedelta

from sales.language.dates.weekday import monday_of
from sales.people.calendar import WorkCalendar

THURSDAY = 3  # Wednesdays tell of floors, Fridays look back on the week
EVERY = 2  # weeks: a cause is not mended in one


def is_lights_evening(day: date, calendar: WorkCalendar) -> bool:
    """Say whether a prompt may carry a light: on the Thursday of an even week, or on the working day before it.

    It goes by the calendar alone, so that it needs no memory and comes once.
    """
    thursday = monday_of(day) + timedelta(days=THURSDAY)
    return not day.isocalendar().week % EVERY and calendar.previous_working_day(thursday) == day
