"""The run: day by day, what was known, and what each method said of every rep's goals."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sales.goals.backtest.design import BacktestCase, BacktestDesign, design
from sales.goals.backtest.methods import CLIMATOLOGY, FLOOR, SURVIVAL, Moment, said
from sales.goals.forecast.chance import LEAST_DAYS, LEAST_EVENTS
from sales.goals.forecast.record import DealRecord
from sales.goals.forecast.score import Resolved
from sales.goals.forecast.snapshot import DealSnapshot, snapshot_on
from sales.goals.forecast.weights import ResolvedHalves, Weights, weights_of
from sales.language.dates.period import Period


@dataclass(frozen=True)
class Backtest:
    """What each method said of each case. `too_early` cases fell on days with too short a record.

    `weights` are those the product would have used in each quarter, from the quarters before.
    """

    plan: BacktestDesign
    cases: tuple[BacktestCase, ...]
    chances: dict[str, list[float]]
    too_early: int
    weights: dict[Period, Weights]

    @property
    def why_none(self) -> str:
        """Return why nothing could be scored; empty where something was."""
        if self.plan.why_none or self.cases:
            return self.plan.why_none
        return (
            f"On no day of the quarters on record were {LEAST_DAYS} days of closes and {LEAST_EVENTS} wins "
            "known, which a forecast takes."
        )

    def resolved(self, method: str, day: int | None = None) -> list[Resolved]:
        """Return a method's forecasts with their outcomes, of one day of the quarter or of all."""
        return [
            Resolved(case.rep, chance, case.hit)
            for case, chance in zip(self.cases, self.chances[method], strict=True)
            if day in (None, case.day)
        ]


def backtest(
    deals: Iterable[DealRecord],
    fiscal_year_start: int = 1,
    watch: Callable[[int, int], None] = lambda done, total: None,
    says: Callable[[Moment], dict[str, list[float]]] = said,
) -> Backtest:
    """Return what every method would have said over the quarters on record; `watch` is told how far it is.

    `says` gives the chances of one moment by method, those of the two halves among them.

    What was known on a day is worked out once for all reps, and one grid serves all goals of a rep. What the
    halves weigh is learned when a quarter begins, from those that were over by then.
    """
    known_deals = list(deals)
    plan = design(known_deals, fiscal_year_start)
    chances: defaultdict[str, list[float]] = defaultdict(list)
    kept: list[BacktestCase] = []
    halves, learned = list[ResolvedHalves](), dict[Period, Weights]()
    done = too_early = 0
    for today, that_day in groupby(plan.cases, key=lambda case: case.today):
        cases = list(that_day)
        period = cases[0].period
        if period not in learned:
            learned[period] = weights_of(halves)
        known = snapshot_on(known_deals, today)
        done += len(cases)
        watch(done, len(plan.cases))
        if not _enough(known):
            too_early += len(cases)
            continue
        phased = known.ahead(period, fiscal_year_start)
        unphased = known.ahead(period, fiscal_year_start, phased=False)
        for _, goals in groupby(cases, key=lambda case: case.rep):
            moment = Moment(known, list(goals), phased, unphased, learned[period])
            kept += moment.cases
            said_of_it = says(moment)
            for method, found in said_of_it.items():
                chances[method] += found
            if phased.chances is not None:
                both = zip(said_of_it[FLOOR], said_of_it[SURVIVAL], strict=True)
                cases_of_rep = zip(moment.cases, both, strict=True)
                halves += [ResolvedHalves((case.rep, period), *two, case.hit) for case, two in cases_of_rep]
    chances[CLIMATOLOGY] = _climatology(kept)
    return Backtest(plan, tuple(kept), dict(chances), too_early, learned)


def _enough(known: DealSnapshot) -> bool:
    past = known.wins
    return past is not None and past.total >= LEAST_EVENTS and past.length >= LEAST_DAYS


def _climatology(cases: Sequence[BacktestCase]) -> list[float]:
    """Return for each case how often goals of its level were hit: the best a constant could have said."""
    hits: defaultdict[float, list[bool]] = defaultdict(list)
    for case in cases:
        hits[case.level].append(case.hit)
    rates = {level: sum(some) / len(some) for level, some in hits.items()}
    return [rates[case.level] for case in cases]
