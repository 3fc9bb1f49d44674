"""Windows of time in a week, when a customer wants to be reached: as values, stored, and in words (mechanism 57)."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import NamedTuple

from sales.language.figures import SHORT_WEEKDAYS, clock, listed

MAX_WINDOWS = 200  # characters as stored
EVERY_DAY = 0b1111111
WEEKDAYS_ONLY = 0b0011111
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class TimeWindow(NamedTuple):
    """A time of day on some days of the week: bit 0 of `days` is Monday, `first` lies in it and `until` does not."""

    days: int
    first: time
    until: time

    def is_on(self, day: date) -> bool:
        return bool(self.days >> day.weekday() & 1)


def write_windows(windows: Iterable[TimeWindow]) -> str:
    """Return windows as they are stored: "tue,thu 09:00-10:00; 14:00-15:00"."""
    written = []
    for one in windows:
        days = ",".join(name for number, name in enumerate(DAYS) if one.days >> number & 1)
        hours = f"{clock(one.first)}-{clock(one.until)}"
        written.append(hours if one.days == EVERY_DAY else f"{days} {hours}")
    return "; ".join(written)


def stored_windows(text: str) -> tuple[TimeWindow, ...]:
    """Return windows that `write_windows` wrote."""
    found = []
    for one in filter(None, text.split("; ")):
        days, _, hours = one.rpartition(" ")
        first, _, until = hours.partition("-")
        bits = sum(1 << DAYS.index(name) for name in days.split(",")) if days else EVERY_DAY
        found.append(TimeWindow(bits, time.fromisoformat(first), time.fromisoformat(until)))
    return tuple(found)


def say_windows(windows: Sequence[TimeWindow]) -> str:
    """Return windows in words: "Tue and Thu 09:00–10:00 or 14:00–15:00"."""
    said, before = [], None
    for one in windows:
        hours = f"{clock(one.first)}–{clock(one.until)}"
        said.append(hours if one.days == before or one.days == EVERY_DAY else f"{say_days(one.days)} {hours}")
        before = one.days
    return listed(said, "or")


def say_days(days: int) -> str:
    """Return days of the week in words: "Mon to Fri", "Tue and Thu"."""
    on = [number for number in range(7) if days >> number & 1]
    if len(on) > 2 and on == list(range(on[0], on[-1] + 1)):
        return f"{SHORT_WEEKDAYS[on[0]]} to {SHORT_WEEKDAYS[on[-1]]}"
    return listed([SHORT_WEEKDAYS[number] for number in on])
