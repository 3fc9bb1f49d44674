"""The table of a backtest: every method's score, by day of the quarter, and the differences between methods."""

from dataclasses import dataclass
from typing import NamedTuple

from sales.goals.backtest.design import DAYS
from sales.goals.backtest.methods import (
    BLEND,
    CLIMATOLOGY,
    FLOOR,
    HALF,
    HARD,
    METHODS,
    SOFT,
    STAGES,
    SURVIVAL,
)
from sales.goals.backtest.run import Backtest
from sales.goals.forecast.score import SEED, Interval, Score, brier, difference, score
from sales.language.figures import decimals

PAIRS = (HARD, SOFT, STAGES, SURVIVAL, FLOOR, HALF)  # what the blend is compared with, one by one


class Row(NamedTuple):
    """A method, how good it was, its skill against climatology, and its Brier score by day of the quarter."""

    method: str
    score: Score
    skill: float
    by_day: dict[int, float]


@dataclass(frozen=True)
class Table:
    """Scores of all methods on the same forecasts; `differences` are the blend's Brier minus another's."""

    rows: tuple[Row, ...]
    differences: dict[str, Interval]

    def of(self, method: str) -> Row:
        """Return a method's row."""
        return next(row for row in self.rows if row.method == method)

    def verdict(self) -> tuple[str, ...]:
        """Return in plain words how the product's forecast did against each other method, also where it lost."""
        return tuple(_verdict(name, found) for name, found in self.differences.items())


def table(found: Backtest, seed: int = SEED) -> Table:
    """Return the scores of a backtest that has any case; intervals draw whole reps again.

    Raises:
        ValueError: if nothing could be scored.
    """
    if not found.cases:
        raise ValueError(found.why_none)
    scores = {method: score(found.resolved(method), seed) for method in METHODS}
    days = [day for day in DAYS if any(case.day == day for case in found.cases)]
    rows = tuple(
        Row(
            method,
            scores[method],
            scores[method].skill(scores[CLIMATOLOGY]),
            {day: brier(found.resolved(method, day)) for day in days},
        )
        for method in METHODS
    )
    ours = found.resolved(BLEND)
    return Table(rows, {other: difference(ours, found.resolved(other), seed) for other in PAIRS})


def _verdict(other: str, found: Interval) -> str:
    value, low, high = (decimals(each, 3, sign=True) for each in (found.value, found.low, found.high))
    figures = f"{value} [{low}, {high}]"
    if not found.leaves_out_zero:
        return f"{other}: {figures}, not to be told apart."
    return f"{other}: {figures}, {'better' if found.value < 0 else 'worse'}."
