"""Weekdays by number, as `date.weekday` counts them: Monday is 0."""

from datetime import date, timedelta

MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
