"""Follow-ups that repeat: every Friday, every other Tuesday, monthly on the 1st; and the day each comes next."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import count
from typing import NamedTuple

from sales.language.dates.spoken.circumstances import months_on
from sales.language.figures import WEEKDAYS, clock, long_day, ordinal

MOST = 52  # weeks or months from one to the next
LAST = -1  # of the Fridays of a month
_STORED = re.compile(
    r"(?P<every>\d+)(?P<unit>[wm])(?P<on>\d+)(?:#(?P<nth>-?\d))?(?:@(?P<at>\d\d:\d\d))?(?:/(?P<until>[\d-]{10}))?"
)
_WHICH = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}


class RepeatPattern(NamedTuple):
    """How a commitment comes again: every so many weeks, or `monthly` months, until a day and that one included.

    `on` is the weekday (Monday is 0), or the day of the month, where a shorter month means its last; with `nth` it is
    the first to fourth such weekday of a month, or the LAST. `at` is the time on the wall.
    """

    every: int
    monthly: bool
    on: int
    nth: int = 0
    at: time | None = None
    until: date | None = None

    def after(self, day: date, today: date) -> date | None:
        """Return the next day of the pattern after one of its days, none that is over; None once it has ended."""
        found = next(one for one in self._days(day) if one >= today)
        return None if self.until is not None and found > self.until else found

    def _days(self, day: date) -> Iterator[date]:
        for times in count(1):
            if not self.monthly:
                yield day + timedelta(weeks=self.every * times)
                continue
            first = months_on(day.replace(day=1), self.every * times)
            yield nth_weekday(first, self.on, self.nth) if self.nth else day_of_month(first, self.on)

    @property
    def words(self) -> str:
        """How it repeats, as it is said after "repeats": "every Friday until Sat 31 Oct 2026"."""
        if not self.monthly:
            day = WEEKDAYS[self.on]
            said = {1: f"every {day}", 2: f"every other {day}"}.get(
                self.every, f"every {self.every} weeks on {day}"
            )
        else:
            which = f"{_WHICH[self.nth]} {WEEKDAYS[self.on]}" if self.nth else ordinal(self.on)
            months = "every month" if self.every == 1 else f"every {self.every} months"
            said = f"{months} on the {which}"
        return said if self.until is None else f"{said} until {long_day(self.until)}"

    def stored(self) -> str:
        """Return it in a word, as `read_stored` reads it."""
        said = f"{self.every}{'m' if self.monthly else 'w'}{self.on}"
        said += f"#{self.nth}" if self.nth else ""
        said += f"@{clock(self.at)}" if self.at is not None else ""
        return said if self.until is None else f"{said}/{self.until.isoformat()}"


def read_stored(text: str) -> RepeatPattern | None:
    """Return how something repeats by what `stored` says of it; None for what comes once, an empty text.

    Raises:
        ValueError: for anything else.
    """
    if not text:
        return None
    found = _STORED.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} says no recurrence")
    return RepeatPattern(
        int(found["every"]),
        found["unit"] == "m",
        int(found["on"]),
        int(found["nth"] or 0),
        time.fromisoformat(found["at"]) if found["at"] else None,
        date.fromisoformat(found["until"]) if found["until"] else None,
    )


def nth_weekday(month: date, weekday: int, nth: int) -> date:
    """Return the first to fourth weekday of the month a day lies in, or its LAST."""
    first = month.replace(day=1)
    if nth == LAST:
        first = months_on(first, 1)
        return first - timedelta(days=(first.weekday() - weekday - 1) % 7 + 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def day_of_month(month: date, on: int) -> date:
    """Return that day of the month a day lies in, or its last where it is too short."""
    return min(
        month.replace(day=1) + timedelta(days=on - 1), months_on(month.replace(day=1), 1) - timedelta(days=1)
    )
