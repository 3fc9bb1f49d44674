"""The methods of a backtest: the usual ways to guess, and the product's own forecast with its parts.

Each says, for one rep on one day, the chance of each goal.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sales.goals.backtest.design import BacktestCase
from sales.goals.forecast.chance import NONE_AHEAD, by_rate, chances
from sales.goals.forecast.grid import grid, poisson_sum, sizes_on, tails
from sales.goals.forecast.snapshot import DealSnapshot, PeriodAhead, mix
from sales.goals.forecast.sums import Fresh, OpenDealOutcome, chances_of
from sales.goals.forecast.weights import EVEN, Weights

CLIMATOLOGY = "climatology, in hindsight"  # the hit rate of each goal level over the very cases scored
HARD = "linear run-rate, yes or no"
SOFT = "linear run-rate + Poisson noise"
STAGES = "stage-weighted pipeline, yes or no"
CONSTANT = "open deals at a constant win rate"
OPEN_ONLY = "survival, open deals only"
UNPHASED = "survival, open and new deals"
SURVIVAL = "survival + quarter phase"
RATE = "gamma-Poisson, wins only"
FLOOR = "gamma-Poisson + quarter phase"
HALF = "half and half, always"
BLEND = "both, weighed: the product's P(hit)"
UNDECIDED = 0.5  # on a quarter's first day a run-rate has nothing to go by


@dataclass(frozen=True)
class Moment:
    """One rep on one day: what was known, the cases (one for each goal), and the period as seen with phases.

    `weights` are what the forecasts of quarters that were over by then say of the two halves.
    """

    known: DealSnapshot
    cases: Sequence[BacktestCase]
    phased: PeriodAhead
    unphased: PeriodAhead
    weights: Weights = EVEN

    @property
    def rep(self) -> str:
        return self.cases[0].rep

    @property
    def gaps(self) -> list[float]:
        return [max(0.0, case.gap) for case in self.cases]

    @property
    def win_rate(self) -> float:
        """Return the share of closed deals that were won, of the whole team."""
        cycle = self.known.cycle
        return cycle.won / cycle.closed if cycle.closed else 0.0


def run_rate(moment: Moment) -> list[float]:
    """Say yes where what was won so far, carried on evenly, reaches the goal."""
    case = moment.cases[0]
    if case.day == 0:
        return [UNDECIDED] * len(moment.cases)
    ahead = case.period.days / (case.day + 1)
    return [float(case.won * ahead >= case.target) for case in moment.cases]


def noisy_run_rate(moment: Moment) -> list[float]:
    """Carry on evenly the number of wins so far, as a Poisson count of wins like the rep's."""
    case, gaps = moment.cases[0], moment.gaps
    if case.day == 0:
        return [UNDECIDED] * len(gaps)
    past = moment.known.wins
    if past is None or max(gaps) <= 0:
        return [float(gap <= 0) for gap in gaps]
    wins = moment.known.book.wins_since(case.rep, case.period.start)
    mean = wins / (case.day + 1) * (case.period.days - case.day - 1)
    amounts = mix(past, case.rep)
    lattice = grid(max(gaps), (amount for amount, _ in amounts))
    return chances_of(gaps, (), Fresh(lattice, tails(poisson_sum(mean, sizes_on(lattice, amounts)))))


def stage_weighted(moment: Moment) -> list[float]:
    """Say yes where what was won and the open pipeline at the win rate reach the goal."""
    worth = sum(
        deal.value or moment.known.worth(deal) for deal in moment.known.book.open_deals.get(moment.rep, ())
    )
    return [float(case.won + moment.win_rate * worth >= case.target) for case in moment.cases]


def constant_win_rate(moment: Moment) -> list[float]:
    """Win each open deal at the team's win rate, whatever its age and the days left."""
    deals = moment.known.book.open_deals.get(moment.rep, ())
    bets = [OpenDealOutcome(moment.win_rate, moment.known.worth(deal)) for deal in deals]
    return by_rate(moment.gaps, NONE_AHEAD, (), bets)


def open_only(moment: Moment) -> list[float]:
    """Win open deals by their age, without phase; nothing new is won."""
    bets = moment.unphased.bets(moment.known.book.open_deals.get(moment.rep, ()))
    return by_rate(moment.gaps, NONE_AHEAD, (), bets)


def models(moment: Moment) -> dict[str, list[float]]:
    """Return what the product's two models and their blends say, with and without phase.

    Without a cycle yet there is no survival model, and the rate stands for it as it does in the product.
    """
    open_deals = moment.known.book.open_deals.get(moment.rep, ())
    rate, unphased = chances(moment.unphased, moment.rep, moment.gaps, moment.unphased.bets(open_deals))
    floor, survival = chances(moment.phased, moment.rep, moment.gaps, moment.phased.bets(open_deals))
    other = survival or floor
    pairs = list(zip(floor, other, strict=True))
    return {
        UNPHASED: unphased or rate,
        SURVIVAL: other,
        RATE: rate,
        FLOOR: floor,
        HALF: [EVEN.of(*pair) for pair in pairs],
        BLEND: [moment.weights.of(*pair) for pair in pairs],
    }


GUESSES: dict[str, Callable[[Moment], list[float]]] = {
    HARD: run_rate,
    SOFT: noisy_run_rate,
    STAGES: stage_weighted,
    CONSTANT: constant_win_rate,
    OPEN_ONLY: open_only,
}
METHODS = (CLIMATOLOGY, *GUESSES, UNPHASED, SURVIVAL, RATE, FLOOR, HALF, BLEND)


def said(moment: Moment) -> dict[str, list[float]]:
    """Return what each method but climatology, which needs the outcomes, says of each goal."""
    return {name: guess(moment) for name, guess in GUESSES.items()} | models(moment)
