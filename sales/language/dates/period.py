"""The periods themselves: months, quarters, fiscal years and custom spans, both ends included.

A fiscal year is called by the calendar year in which it ends: "FY2027", its quarters "Q1 FY2027", its halves
"H1 FY2027". Where it starts in January it is the calendar year and needs no "FY".
"""

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from sales.language.dates.weekday import monday_of
from sales.language.figures import MONTHS, days_between, long_day, month_day
from sales.refusal import Refusal

UNRECORDED_TENTH = 10  # a past period counts if the record begins within its first tenth

JANUARY = 1
HALF = 6  # months


class PeriodKind(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    FISCAL_YEAR = "fiscal_year"
    CUSTOM = "custom"


MONTHS_IN = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.FISCAL_YEAR: 12}


class Period(NamedTuple):
    """A span of local dates, both ends included, and how people call it ("Q4 2017")."""

    kind: PeriodKind
    start: date
    end: date
    label: str

    @property
    def days(self) -> int:
        """Return how many calendar days the period has."""
        return (self.end - self.start).days + 1

    def holds(self, day: date) -> bool:
        """Return whether the day lies in the period."""
        return self.start <= day <= self.end


def period_containing(kind: PeriodKind, day: date, fiscal_year_start: int = JANUARY) -> Period:
    """Return the month, quarter or fiscal year around a day.

    Quarters are the four quarters of the fiscal year, which starts on the first of `fiscal_year_start`.

    Raises:
        Refusal: for a custom period, which nothing but its own two dates can tell.
    """
    if kind is PeriodKind.CUSTOM:
        raise Refusal(
            "A custom period needs its own first and last day.",
            field="period",
            example="1 Oct to 15 Dec 2017",
        )
    length = MONTHS_IN[kind]
    since_year_start = (day.month - fiscal_year_start) % 12
    start = months_after(day.replace(day=1), -(since_year_start % length))
    end = months_after(start, length) - timedelta(days=1)
    return Period(kind, start, end, _label(kind, start, fiscal_year_start))


def fiscal_year_of(day: date, fiscal_year_start: int = JANUARY) -> int:
    """Return the number of the fiscal year around a day: the calendar year in which it ends."""
    return day.year + (fiscal_year_start != JANUARY and day.month >= fiscal_year_start)


def fiscal_year(number: int, fiscal_year_start: int = JANUARY) -> Period:
    """Return the fiscal year that ends in the calendar year `number`."""
    last_month = (fiscal_year_start - 2) % 12 + 1
    return period_containing(PeriodKind.FISCAL_YEAR, date(number, last_month, 1), fiscal_year_start)


def quarter(number: int, year: int, fiscal_year_start: int = JANUARY) -> Period:
    """Return quarter 1 to 4 of the fiscal year `year`."""
    first = months_after(fiscal_year(year, fiscal_year_start).start, 3 * (number - 1))
    return period_containing(PeriodKind.QUARTER, first, fiscal_year_start)


def half_containing(day: date, fiscal_year_start: int = JANUARY) -> Period:
    """Return the half of the fiscal year around a day: its first two quarters, or the others."""
    since_year_start = (day.month - fiscal_year_start) % 12
    start = months_after(day.replace(day=1), -(since_year_start % HALF))
    end = months_after(start, HALF) - timedelta(days=1)
    label = f"H{1 + since_year_start // HALF} {_year_label(start, fiscal_year_start)}"
    return Period(PeriodKind.CUSTOM, start, end, label)


def is_half(period: Period, fiscal_year_start: int = JANUARY) -> bool:
    """Say whether a period is a half of a fiscal year."""
    return period == half_containing(period.start, fiscal_year_start)


def custom_period(first: date, last: date) -> Period:
    """Return the span of two dates, both included, labelled by them ("1 Oct – 15 Dec 2017").

    Raises:
        Refusal: if it would end before it starts.
    """
    if last < first:
        raise Refusal(
            f"The period would end on {long_day(last)}, before it starts on {long_day(first)}. "
            "Give the earlier date first.",
            field="period",
            example=f"{month_day(last)} to {month_day(first)}",
        )
    return Period(PeriodKind.CUSTOM, first, last, days_between(first, last))


def week_of(day: date) -> Period:
    """Return the week around a day, from Monday to Sunday, called by its two dates."""
    monday = monday_of(day)
    return custom_period(monday, monday + timedelta(days=6))


def span(first: date, last: date, fiscal_year_start: int = JANUARY) -> Period:
    """Return the period between two dates under its common name: 1 Oct to 31 Dec 2017 is Q4 2017.

    Raises:
        Refusal: if it would end before it starts.
    """
    for kind in MONTHS_IN:
        named = period_containing(kind, first, fiscal_year_start)
        if (named.start, named.end) == (first, last):
            return named
    half = half_containing(first, fiscal_year_start)
    return half if (half.start, half.end) == (first, last) else custom_period(first, last)


def next_period(period: Period, fiscal_year_start: int = JANUARY) -> Period:
    """Return the period that starts the day after; after a custom one, as many days again."""
    start = period.end + timedelta(days=1)
    if is_half(period, fiscal_year_start):
        return half_containing(start, fiscal_year_start)
    if period.kind is PeriodKind.CUSTOM:
        return custom_period(start, start + timedelta(days=period.days - 1))
    return period_containing(period.kind, start, fiscal_year_start)


def is_recorded(period: Period, first: date) -> bool:
    """Say whether a record that begins on `first` holds a period from its beginning, but for a tenth of it at most."""
    return first <= period.start + timedelta(days=period.days // UNRECORDED_TENTH)


def previous_period(period: Period, fiscal_year_start: int = JANUARY) -> Period:
    """Return the period that ended the day before; before a custom one, as many days."""
    end = period.start - timedelta(days=1)
    if is_half(period, fiscal_year_start):
        return half_containing(end, fiscal_year_start)
    if period.kind is PeriodKind.CUSTOM:
        return custom_period(end - timedelta(days=period.days - 1), end)
    return period_containing(period.kind, end, fiscal_year_start)


def months_after(first_of_month: date, months: int) -> date:
    """Return the first of the month so many months later, or earlier if negative."""
    year, month = divmod(first_of_month.year * 12 + first_of_month.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _label(kind: PeriodKind, start: date, fiscal_year_start: int) -> str:
    if kind is PeriodKind.MONTH:
        return f"{MONTHS[start.month - 1]} {start.year}"
    year = _year_label(start, fiscal_year_start)
    if kind is PeriodKind.FISCAL_YEAR:
        return year
    return f"Q{(start.month - fiscal_year_start) % 12 // 3 + 1} {year}"


def _year_label(day: date, fiscal_year_start: int) -> str:
    prefix = "" if fiscal_year_start == JANUARY else "FY"
    return f"{prefix}{fiscal_year_of(day, fiscal_year_start)}"


class DaySpan(NamedTuple):
    """The days a digest covers, both included. `missed` are the days of digests that did not go out."""

    first: date
    last: date
    missed: tuple[date, ...] = ()


def week_before(day: date) -> DaySpan:
    """Return the last whole week, Monday to Sunday, that ended before a day."""
    sunday = day - timedelta(days=day.weekday() + 1)
    return DaySpan(sunday - timedelta(days=6), sunday)
