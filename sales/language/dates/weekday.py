"""Weekdays by number, as `date.weekday` counts them: Monday is 0."""

WEDNESDAY, FRIDAY = 2, 4
