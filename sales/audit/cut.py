"""What leaving out deals that a rule flags does to forecasts: the chance before and after a cut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sales.audit.flags import RULES, FlagRule, age_on, cycle_on
from sales.goals.backtest.design import BacktestCase
from sales.goals.backtest.methods import BLEND, FLOOR, SURVIVAL, Moment
from sales.goals.backtest.run import backtest
from sales.goals.forecast.chance import chances
from sales.goals.forecast.record import DealRecord
from sales.goals.forecast.score import brier
from sales.goals.forecast.sums import OpenDealOutcome
from sales.goals.forecast.weights import EVEN
from sales.pipeline.cycle import Cycle

POINT = 0.01


class CutCase(NamedTuple):
    """One forecast before and after a cut: `left_out` of the rep's `open` deals.

    `value` is left out of `every` that they would bring; `wins`, worth `worth`, the forecast expected of them in time.
    """

    case: BacktestCase
    before: float
    after: float
    open: int
    left_out: int
    value: float
    every: float
    wins: float
    worth: float

    @property
    def change(self) -> float:
        return abs(self.after - self.before)


@dataclass(frozen=True)
class CutImpact:
    """What a rule's cut did to the forecasts of a backtest."""

    rule: FlagRule
    cases: tuple[CutCase, ...]
    brier_before: float
    brier_after: float

    @property
    def deals(self) -> float:
        """Return which share of the open deals it left out, over all forecasts."""
        return sum(one.left_out for one in self.cases) / max(1, sum(one.open for one in self.cases))

    @property
    def value(self) -> float:
        """Return which share of the value of the open deals it left out, over all forecasts."""
        return sum(one.value for one in self.cases) / max(1.0, sum(one.every for one in self.cases))

    @property
    def mean(self) -> float:
        return sum(one.change for one in self.cases) / len(self.cases)

    @property
    def within(self) -> float:
        """Return the share of forecasts that a cut moved by one point at most."""
        return sum(one.change <= POINT for one in self.cases) / len(self.cases)

    @property
    def greatest(self) -> CutCase:
        return max(self.cases, key=lambda one: one.change)


def impacts(
    deals: Sequence[DealRecord],
    fiscal_year_start: int,
    rules: Sequence[FlagRule] = RULES,
    watch: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[CutImpact, ...]:
    """Return what each rule's cut does to the forecasts of a backtest; empty where none can be made.

    Both halves weigh the same in it, so that nothing but the cut is seen.
    """
    cycles, made = dict[date, Cycle](), {rule.name: list[CutCase]() for rule in rules}

    def cut(moment: Moment) -> dict[str, list[float]]:
        day = moment.known.today
        if day not in cycles:
            cycles[day] = cycle_on(deals, day)
        floor, survival = chances(moment.phased, moment.rep, moment.gaps, _bets(moment))
        before = _blend(floor, survival)
        for rule in rules:
            made[rule.name] += _cut(moment, rule, cycles[day], before)
        after = {name: [one.after for one in cases[-len(before) :]] for name, cases in made.items()}
        return {FLOOR: floor, SURVIVAL: survival or floor, BLEND: before, **after}

    found = backtest(deals, fiscal_year_start, watch, cut)
    if not found.cases:
        return ()
    before = brier(found.resolved(BLEND))
    return tuple(
        CutImpact(rule, tuple(made[rule.name]), before, brier(found.resolved(rule.name))) for rule in rules
    )


def _cut(moment: Moment, rule: FlagRule, cycle: Cycle, before: Sequence[float]) -> list[CutCase]:
    bets, today = _bets(moment), moment.known.today
    flagged = [rule.flags(cycle, age_on(deal, today)) for deal in _open(moment)] if bets else []
    left = [bet for bet, is_out in zip(bets, flagged, strict=True) if not is_out]
    out = [bet for bet, is_out in zip(bets, flagged, strict=True) if is_out]
    after = before
    if out:
        after = _blend(*chances(moment.phased, moment.rep, moment.gaps, left))
    value, every = sum(bet.value for bet in out), sum(bet.value for bet in bets)
    wins, worth = sum(bet.chance for bet in out), sum(bet.chance * bet.value for bet in out)
    return [
        CutCase(*one, len(bets), len(out), value, every, wins, worth)
        for one in zip(moment.cases, before, after, strict=True)
    ]


def _open(moment: Moment) -> Sequence[DealRecord]:
    return moment.known.book.open_deals.get(moment.rep, ())


def _bets(moment: Moment) -> list[OpenDealOutcome]:
    return moment.phased.bets(_open(moment))


def _blend(floor: Sequence[float], survival: Sequence[float] | None) -> list[float]:
    if survival is None:
        return list(floor)
    return [EVEN.of(*pair) for pair in zip(floor, survival, strict=True)]
