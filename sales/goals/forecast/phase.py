"""The phase of a period: wins come unevenly, so each third of a month or quarter has its own multiplier.

m = (events + 10)/(expected + 10) for each third, expected at an even pace over the record: gamma-Poisson
shrinkage towards 1 (forecasts.md §2.2). A fiscal year is made of quarters and a custom period lies in
them, so both use the quarter's thirds: a season of whole years would need several years to show.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sales.language.dates.period import Period, PeriodKind, next_period, period_containing

THIRDS = 3
SHRINKAGE = 10.0  # events imputed to each third at an even pace (forecasts.md §2.2)


@dataclass(frozen=True)
class Phases:
    """The multipliers of the thirds of a kind of period; 1 is an even pace."""

    kind: PeriodKind
    fiscal_year_start: int
    multipliers: tuple[float, float, float]

    def each_day(self, first: date, last: date) -> list[float]:
        """Return the multiplier of every day from `first` to `last`, both included."""
        days: list[float] = []
        for start, end, third in _thirds(self.kind, first, last, self.fiscal_year_start):
            days += [self.multipliers[third]] * ((end - start).days + 1)
        return days

    def exposure(self, first: date, last: date) -> float:
        """Return the days from `first` to `last`, each counted by its multiplier; 0 if there are none."""
        return sum(
            ((end - start).days + 1) * self.multipliers[third]
            for start, end, third in _thirds(self.kind, first, last, self.fiscal_year_start)
        )

    def exposures(self, starts: Iterable[date], last: date) -> dict[date, float]:
        """Return the exposure from each of these days to `last`, the thirds of the periods being looked up once."""
        days = sorted(set(starts))
        thirds = list(_thirds(self.kind, days[0], last, self.fiscal_year_start)) if days else []
        return {
            first: sum(
                ((end - max(start, first)).days + 1) * self.multipliers[third]
                for start, end, third in thirds
                if end >= first
            )
            for first in days
        }


def even(kind: PeriodKind = PeriodKind.QUARTER) -> Phases:
    """Return phases that make no difference."""
    return Phases(kind, 1, (1.0, 1.0, 1.0))


def phases_of(
    kind: PeriodKind, counted: Mapping[date, int], since: date, today: date, fiscal_year_start: int = 1
) -> Phases:
    """Return the phases shown by how much came on each day from `since` to `today`."""
    kind = kind if kind is PeriodKind.MONTH else PeriodKind.QUARTER
    days, events = [0] * THIRDS, [0] * THIRDS
    spans = list(_thirds(kind, since, today, fiscal_year_start))
    place = 0
    for start, end, third in spans:
        days[third] += (end - start).days + 1
    for day, count in sorted(counted.items()):
        while place < len(spans) and spans[place][1] < day:
            place += 1
        if place < len(spans) and spans[place][0] <= day:
            events[spans[place][2]] += count
    rate = sum(events) / max(1, sum(days))
    first, second, third_ = (
        (events[third] + SHRINKAGE) / (rate * days[third] + SHRINKAGE) for third in range(THIRDS)
    )
    return Phases(kind, fiscal_year_start, (first, second, third_))


def _thirds(
    kind: PeriodKind, first: date, last: date, fiscal_year_start: int
) -> Iterator[tuple[date, date, int]]:
    """Yield the thirds of the periods around `first` to `last`, cut to those days: start, end, which."""
    if last < first:
        return
    period = period_containing(kind, first, fiscal_year_start)
    while period.start <= last:
        for third in range(THIRDS):
            start, end = _third(period, third)
            if start <= last and end >= first:
                yield max(start, first), min(end, last), third
        period = next_period(period, fiscal_year_start)


def _third(period: Period, third: int) -> tuple[date, date]:
    start, after = (-(-period.days * part // THIRDS) for part in (third, third + 1))
    return period.start + timedelta(days=start), period.start + timedelta(days=after - 1)
