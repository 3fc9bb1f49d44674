"""The design of a backtest: every rep, every whole quarter on record, six days of it, five goals.

A goal is a multiple of what the rep won in the quarter before, so both quarters have to be on record whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sales.goals.forecast.record import DealRecord
from sales.language.dates.period import Period, PeriodKind, next_period, period_containing, previous_period
from sales.language.figures import long_day
from sales.pipeline.opportunity import CLOSED, Stage

DAYS = (0, 15, 30, 45, 60, 75)  # of the quarter, counted from 0; each is over when the forecast is made
LEVELS = (0.8, 0.9, 1.0, 1.1, 1.2)  # goals as multiples of the quarter before
SLACK = timedelta(days=7)  # a record may begin or end on the first or last working day of a quarter


class BacktestCase(NamedTuple):
    """One goal of one rep, `day` days into a quarter; `target` and `won` so far are minor units."""

    rep: str
    period: Period
    day: int
    level: float
    target: float
    won: float
    hit: bool

    @property
    def today(self) -> date:
        return self.period.start + timedelta(days=self.day)

    @property
    def gap(self) -> float:
        return self.target - self.won


@dataclass(frozen=True)
class BacktestDesign:
    """The cases, and which days closes are on record; `why_none` says why there is no case, if there is none."""

    cases: tuple[BacktestCase, ...]
    quarters: tuple[Period, ...]
    first_close: date | None
    last_close: date | None
    why_none: str = ""


def design(deals: Iterable[DealRecord], fiscal_year_start: int = 1) -> BacktestDesign:
    """Return every case that the deals allow, in order of quarter, day, rep and goal."""
    known = list(deals)
    closes = [deal.closed_on for deal in known if deal.closed_on is not None and deal.stage in CLOSED]
    if not closes:
        return BacktestDesign((), (), None, None, "No deal has closed, so there is nothing to score.")
    first, last = min(closes), max(closes)
    quarters = tuple(_quarters(first, last, fiscal_year_start))
    if not quarters:
        why = (
            f"Closes are on record from {long_day(first)} to {long_day(last)}. "
            "A backtest takes two whole quarters after each other: one sets the goals, the next shows who hit them."
        )
        return BacktestDesign((), (), first, last, why)
    won = _won_by_day(known)
    cases = tuple(
        case
        for quarter in quarters
        for case in _cases(quarter, previous_period(quarter, fiscal_year_start), won)
    )
    why = "" if cases else "No rep won anything in the quarter before one that could be scored."
    return BacktestDesign(cases, quarters, first, last, why)


def _quarters(first: date, last: date, fiscal_year_start: int) -> Iterable[Period]:
    """Yield the quarters that are on record whole, as is the quarter before each."""
    period = period_containing(PeriodKind.QUARTER, first, fiscal_year_start)
    while period.end <= last + SLACK:
        if previous_period(period, fiscal_year_start).start >= first - SLACK:
            yield period
        period = next_period(period, fiscal_year_start)


def _won_by_day(deals: Iterable[DealRecord]) -> Mapping[str, list[tuple[date, float]]]:
    won: defaultdict[str, list[tuple[date, float]]] = defaultdict(list)
    for deal in deals:
        if deal.stage is Stage.WON and deal.closed_on is not None:
            won[deal.rep].append((deal.closed_on, deal.value))
    return {rep: sorted(won[rep]) for rep in sorted(won)}


def _cases(
    quarter: Period, before: Period, won: Mapping[str, list[tuple[date, float]]]
) -> Iterable[BacktestCase]:
    for day in DAYS:
        today = quarter.start + timedelta(days=day)
        for rep, wins in won.items():
            base = _between(wins, before.start, before.end)
            final = _between(wins, quarter.start, quarter.end)
            so_far = _between(wins, quarter.start, today)
            for level in LEVELS if base > 0 else ():
                yield BacktestCase(rep, quarter, day, level, level * base, so_far, final >= level * base)


def _between(wins: Iterable[tuple[date, float]], first: date, last: date) -> float:
    return sum(value for day, value in wins if first <= day <= last)
