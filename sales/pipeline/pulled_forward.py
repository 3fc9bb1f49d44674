"""Closes that are pulled forward in the last days of a period: it is rarely the buyer who wants that (mechanism 62)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from sales.language.dates.period import Period, PeriodKind, period_containing
from sales.pipeline.deal_history import DealChange, DealField, days_between, put_right

LAST_DAYS = 10  # of a quarter: when a missing number begins to move dates
NEWS_FOR = 7  # days in which somebody still knows whose wish it was

Change = TypeVar("Change", bound=DealChange)


def pulled_forward(changes: Iterable[Change], fiscal_year_start: int) -> Change | None:
    """Return the change that pulled a close into a quarter in that quarter's last days; None where there is none.

    Only the last change of the close counts: what was moved again since is not so any more. A slip and what put it
    right are one change; of that it is the last.
    """
    every = [held for held in put_right(changes) if held[0].what is DealField.EXPECTED]
    moved = [held for held in every if held[0].was != held[-1].now]
    if not moved:
        return None
    first, last = moved[-1][0], moved[-1][-1]
    if days_between(first.was, last.now) >= 0:
        return None
    period = quarter_around(last.on, fiscal_year_start)
    is_late = last.on > period.end - timedelta(days=LAST_DAYS)
    return last if is_late and date.fromisoformat(last.now) <= period.end else None


def is_to_be_asked(change: DealChange, today: date) -> bool:
    """Say whether somebody is still to be asked who moved a date."""
    return change.moved_by is None and (today - change.on).days <= NEWS_FOR


def quarter_around(day: date, fiscal_year_start: int) -> Period:
    """Return the quarter whose end hurries people on a day."""
    return period_containing(PeriodKind.QUARTER, day, fiscal_year_start)
