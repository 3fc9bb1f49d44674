"""Win rates side by side: shrunk to what the counts support, and not ranked where they cannot be told apart.

Beta-binomial empirical Bayes: (w + α)/(n + α + β), with α and β by maximum marginal likelihood at the common
mean; and Pearson's χ² test that all share one rate (forecasts.md §4.2).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, inf, lgamma, log, sqrt
from typing import NamedTuple

from sales.distributions import chi_square_above, normal_below
from sales.language.figures import listed, one_in, percent

LEAST_DECIDED = 10  # closes; a rate of fewer says nothing beside others
LEAST_EXPECTED = 5.0  # wins and losses expected in each group, below which χ² is no test
DIFFERENT_BELOW = 0.05  # a spread that chance gives less often than this is more than chance
STANDS_OUT = 0.95  # certainty with which a rate lies to one side of the common one
_MOST = 1e7  # α + β beyond this is one rate for all


class Decided(NamedTuple):
    """Deals won, of those decided."""

    won: int
    closed: int


@dataclass(frozen=True)
class WinRate:
    """One group's rate: as counted, and shrunk. `side` is "above" or "below" the common rate where that is sure."""

    name: str
    won: int
    closed: int
    shrunk: float
    side: str = ""

    @property
    def raw(self) -> float:
        return self.won / self.closed


@dataclass(frozen=True)
class Comparison:
    """Win rates of groups and whether chance alone explains their spread.

    `weight` is α + β, infinite where nothing but chance shows; `rates` are by name, never by size, unless
    `can_rank`. `too_few` names groups with fewer than ten closed deals, which are in no comparison.
    """

    rates: tuple[WinRate, ...]
    mean: float
    weight: float
    chi_square: float
    degrees: int
    p_value: float
    too_few: tuple[str, ...]

    @property
    def can_rank(self) -> bool:
        """Return whether the groups differ by more than chance makes them."""
        return self.degrees > 0 and self.p_value < DIFFERENT_BELOW

    def why(self, groups: str = "reps") -> tuple[str, ...]:
        """Return in plain words what can be said of the groups, and what cannot."""
        if self.degrees < 1:
            return (
                f"Not enough yet: win rates are compared from two {groups} with "
                f"{LEAST_DECIDED} closed deals each.",
            )
        low, high = min(rate.raw for rate in self.rates), max(rate.raw for rate in self.rates)
        counted = f"Win rates of {len(self.rates)} {groups} run from {percent(low)} to {percent(high)}."
        if not self.can_rank:
            return (
                counted,
                f"If all had the same rate, {percent(self.mean)}, chance alone would spread them this far "
                f"{one_in(self.p_value)}. They cannot be told apart, so they are not ranked.",
            )
        apart = [f"{rate.name} {rate.side}" for rate in self.rates if rate.side]
        names = f" Sure to be to one side of {percent(self.mean)}: {listed(apart)}." if apart else ""
        return counted, f"They differ by more than chance makes them.{names}"


def compare(counts: Mapping[str, Decided]) -> Comparison:
    """Return win rates by group; in order of size only where they differ by more than chance."""
    few = tuple(sorted(name for name, each in counts.items() if each.closed < LEAST_DECIDED))
    kept = {name: counts[name] for name in sorted(counts) if name not in few}
    won, closed = sum(each.won for each in kept.values()), sum(each.closed for each in kept.values())
    mean = won / closed if closed else 0.0
    weight = common_weight(list(kept.values()), mean)
    statistic, degrees = _chi_square(list(kept.values()), mean)
    p_value = chi_square_above(statistic, degrees)
    rates = [_shrunk(name, each, mean, weight) for name, each in kept.items()]
    found = Comparison(tuple(rates), mean, weight, statistic, degrees, p_value, few)
    if not found.can_rank:
        plain = tuple(WinRate(rate.name, rate.won, rate.closed, rate.shrunk) for rate in rates)
        return Comparison(plain, mean, weight, statistic, degrees, p_value, few)
    ordered = tuple(sorted(rates, key=lambda rate: (-rate.shrunk, rate.name)))
    return Comparison(ordered, mean, weight, statistic, degrees, p_value, few)


def _chi_square(groups: list[Decided], mean: float) -> tuple[float, int]:
    usable = [each for each in groups if each.closed * min(mean, 1 - mean) >= LEAST_EXPECTED]
    if len(usable) < 2:
        return 0.0, 0
    won, closed = sum(each.won for each in usable), sum(each.closed for each in usable)
    rate = won / closed
    if not 0 < rate < 1:
        return 0.0, 0
    statistic = sum(
        (each.won - each.closed * rate) ** 2 / (each.closed * rate * (1 - rate)) for each in usable
    )
    return statistic, len(usable) - 1


def _shrunk(name: str, each: Decided, mean: float, weight: float) -> WinRate:
    if weight == inf:
        return WinRate(name, each.won, each.closed, mean)
    rate = (each.won + weight * mean) / (each.closed + weight)
    spread = sqrt(rate * (1 - rate) / (each.closed + weight + 1))
    above = normal_below((rate - mean) / spread) if spread > 0 else 0.5
    side = "above" if above >= STANDS_OUT else "below" if above <= 1 - STANDS_OUT else ""
    return WinRate(name, each.won, each.closed, rate, side)


def common_weight(groups: list[Decided], mean: float) -> float:
    """Return α + β of the greatest marginal likelihood, by golden section over its logarithm; infinite for one rate."""
    if len(groups) < 2 or not 0 < mean < 1:
        return inf
    low, high, part = 0.0, log(_MOST), (sqrt(5) - 1) / 2
    for _ in range(60):
        left, right = high - part * (high - low), low + part * (high - low)
        if _likelihood(groups, mean, left) >= _likelihood(groups, mean, right):
            high = right
        else:
            low = left
    return inf if high > log(_MOST) - 0.1 else exp((low + high) / 2)


def _likelihood(groups: list[Decided], mean: float, log_weight: float) -> float:
    weight = exp(log_weight)
    alpha, beta = weight * mean, weight * (1 - mean)
    common = lgamma(weight) - lgamma(alpha) - lgamma(beta)
    return sum(
        common
        + lgamma(each.won + alpha)
        + lgamma(each.closed - each.won + beta)
        - lgamma(each.closed + weight)
        for each in groups
    )


class ClosedDeal(NamedTuple):
    """A deal that was won or lost; amounts are minor units, `list_price` None where the list does not say."""

    owner_id: str
    product: str | None
    source: str | None
    sector: str | None
    is_won: bool
    closed_on: date
    value: int
    currency: str
    list_price: int | None
    is_tender: bool = False


def compared(deals: Sequence[ClosedDeal], by: Callable[[ClosedDeal], str | None]) -> Comparison:
    """Return the win rates of what deals are told apart by; those of which that is unknown are left out."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for deal in deals:
        group = by(deal)
        if group:
            counts[group][0] += deal.is_won
            counts[group][1] += 1
    return compare({group: Decided(won, closed) for group, (won, closed) in counts.items()})


def tenders_apart(deals: Sequence[ClosedDeal]) -> tuple[Decided, Decided] | None:
    """Return what became of tenders, and of the rest; None where no tender was decided (mechanism 46)."""
    parts = [[deal.is_won for deal in deals if deal.is_tender is it_is] for it_is in (True, False)]
    tenders, rest = (Decided(sum(one), len(one)) for one in parts)
    return (tenders, rest) if tenders.closed else None
