"""Import cadence: how often files come, and whether the next one should have come by now."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from sales.language.dates.instants import local_date

LEAST_DAYS = 3  # on which files came; two gaps are the least that makes a habit
A_WEEKEND = 2  # days by which any file may be late


class OverdueImport(NamedTuple):
    """The day on which the last file came, and after how many days the next one usually comes."""

    last: date
    every: int


def overdue_import(days: Collection[date], today: date) -> OverdueImport | None:
    """Return the import that should have come by now; None while it is not late, or no habit can be told.

    `days` are those of the latest imports in any order; several on one day are one. It is late after half the usual gap
    more, two days at least.
    """
    found = sorted(set(days))
    if len(found) < LEAST_DAYS:
        return None
    every = round(median((later - before).days for before, later in pairwise(found)))
    late = (today - found[-1]).days - every
    return OverdueImport(found[-1], every) if late > max(A_WEEKEND, every // 2) else None


def overdue_on(ends: Iterable[datetime], zone: str, today: date) -> OverdueImport | None:
    """Return the same from when imports ended, for a day of `zone`."""
    return overdue_import([local_date(ended, zone) for ended in ends], today)
