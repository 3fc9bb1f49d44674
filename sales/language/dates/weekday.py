"""Weekdays by number, as `date.weekday` counts them: Monday is 0."""

MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4
