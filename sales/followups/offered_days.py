"""Offered days: the three that a commitment without a day is likeliest for, all of them working days."""

from collections.abc import Callable
from datetime import date, timedelta

from sales.language.dates.weekday import FRIDAY

WEEK = 7


def put_off_from(day: date, today: date) -> date:
    """Return after which day the working day comes that a prompt of a day puts the rest on; never one that is over.

    Of an evening's prompt "tomorrow" stays the day after it, even where its button is pressed the next morning.
    """
    return max(day, today - timedelta(days=1))


def offered_days(today: date, working_day: Callable[[date], date], *, is_urgent: bool = False) -> list[date]:
    """Return tomorrow, the end of this week and a week on, in order, each or the working day after it; no day twice.

    What cannot wait may be for today. `working_day` returns a day itself if it is one, else the next one.
    """
    tomorrow = working_day(today + timedelta(days=1))
    week_ends = working_day(today + timedelta(days=(FRIDAY - today.weekday()) % 7))
    week_on = working_day(today + timedelta(days=WEEK))
    first = [working_day(today)] if is_urgent else []
    return sorted({one for one in (*first, tomorrow, week_ends, week_on) if one > today or is_urgent})[:3]


def next_week(today: date, working_day: Callable[[date], date]) -> date:
    """Return the first working day of the week after this one, which what is not for this week is put off to."""
    return working_day(today + timedelta(days=WEEK - today.weekday()))
