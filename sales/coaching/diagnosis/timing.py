"""The right time: whether deals are opened early enough to be won in their period (mechanism 60)."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import exp, lgamma, log

from sales.coaching.diagnosis.light import CannotTell, Light, LightMeasure, LightName, LightNumber, light
from sales.coaching.diagnosis.record import WorkRecord
from sales.language.dates.period import Period, PeriodKind, next_period, period_containing, previous_period

LATE = 0.5  # of the deals of two periods: half could not be won in theirs (lights.md §3)
LEAST_DEALS = 10
BY_CHANCE = 0.05
QUARTER_DAYS, YEAR_DAYS = 91, 365
ROOM = 2  # a period is at least so many times as long as a deal takes


def timing(record: WorkRecord) -> Light:
    """Return the third light."""
    return light(LightName.TIME, [late(record)])


def late(record: WorkRecord) -> LightNumber | CannotTell:
    """How many deals of this period and the one before were opened past the last create date of theirs."""
    kind = period_kind(record.lead_days)
    if kind is None or record.lead_days is None:
        return CannotTell(LightMeasure.LATE, record.lead_days or 0, 0)
    this = period_containing(kind, record.today, record.fiscal_year_start)
    two = [previous_period(this, record.fiscal_year_start), this]
    days = [day for day in record.opened if two[0].start <= day <= record.today]
    if len(days) < LEAST_DEALS:
        return CannotTell(LightMeasure.LATE, len(days), LEAST_DEALS)
    ends = [late_days(record, one) for one in two]
    count = sum(first <= day <= last for day in days for first, last in ends)
    working = record.calendar.working_days
    span = working(min(days), record.today)
    even = sum(working(max(first, min(days)), min(last, record.today)) for first, last in ends)
    share = count / len(days)
    is_red = share >= LATE and at_least(count, len(days), even / max(1, span)) <= BY_CHANCE
    return LightNumber(
        LightMeasure.LATE,
        share,
        LATE,
        count,
        len(days),
        is_red,
        days=record.lead_days,
        last=next_last(record, this),
    )


def period_kind(lead_days: int | None) -> PeriodKind | None:
    """Return the shortest period that leaves time to open and to win a deal of so many days; None where none does."""
    if lead_days is None or lead_days * ROOM > YEAR_DAYS:
        return None
    return PeriodKind.QUARTER if lead_days * ROOM <= QUARTER_DAYS else PeriodKind.FISCAL_YEAR


def late_days(record: WorkRecord, period: Period) -> tuple[date, date]:
    """Return the first and the last day of a period on which a deal comes too late for it."""
    return last_create(record, period) + timedelta(days=1), period.end


def last_create(record: WorkRecord, period: Period) -> date:
    return record.calendar.previous_working_day(period.end - timedelta(days=record.lead_days or 0))


def next_last(record: WorkRecord, period: Period) -> date:
    """Return the next last create date: this period's, or that of the one after."""
    return next(day for day in _last_days(record, period) if day >= record.today)


def _last_days(record: WorkRecord, period: Period) -> Iterator[date]:
    while True:
        yield last_create(record, period)
        period = next_period(period, record.fiscal_year_start)


def at_least(count: int, of: int, share: float) -> float:
    """Return P(X ≥ count) for X of a binomial distribution of so many draws."""
    if count <= 0 or share >= 1:
        return 1.0
    if share <= 0:
        return 0.0
    return sum(
        exp(
            lgamma(of + 1)
            - lgamma(one + 1)
            - lgamma(of - one + 1)
            + one * log(share)
            + (of - one) * log(1 - share)
        )
        for one in range(count, of + 1)
    )
