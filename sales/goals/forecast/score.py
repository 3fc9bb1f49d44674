"""How good forecasts were: Brier, log loss, calibration, skill, and what chance leaves of a difference.

Brier = mean (p − y)², 0 is perfect and ¼ is what "50%" always gets; skill = 1 − Brier ÷ Brier of a reference
(forecasts.md §2.6). Forecasts of one rep hang together, so intervals come from drawing whole reps again,
with a seed: the same forecasts give the same interval.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, log
from random import Random
from typing import NamedTuple

BINS = 10
SURE = 0.01  # "<1%" is the least that is ever shown, so a miss costs no more than one at this
DRAWS = 2000
SEED = 1  # any fixed number; figures that flicker are not believed
SIDE = 0.025  # outside a 95% interval on either side


class Resolved(NamedTuple):
    """A forecast whose period is over: who it was about, the chance it gave in 0..1, and whether it was hit."""

    rep: str
    chance: float
    hit: bool


class Interval(NamedTuple):
    """A figure with its 95% interval."""

    value: float
    low: float
    high: float

    @property
    def leaves_out_zero(self) -> bool:
        """Return whether chance alone is no good explanation of a difference like this."""
        return self.low > 0 or self.high < 0


class Bin(NamedTuple):
    """Forecasts of about one chance: how many, what they said on average, and how often it came true."""

    low: float
    size: int
    said: float
    came: float

    @property
    def gap(self) -> float:
        return self.said - self.came


@dataclass(frozen=True)
class Score:
    """How good a set of forecasts was. `ece` is the mean gap between said and came over bins of a tenth."""

    count: int
    hit_rate: float
    brier: Interval
    log_loss: float
    ece: float
    bins: tuple[Bin, ...]

    def skill(self, reference: "Score") -> float:
        """Return 1 − Brier ÷ the reference's: 0 is no better, 1 perfect; 0 for a reference without error."""
        return 1 - self.brier.value / reference.brier.value if reference.brier.value > 0 else 0.0


def brier(forecasts: Iterable[Resolved]) -> float:
    """Return the Brier score, in 0..1.

    Raises:
        ValueError: without any forecast.
    """
    errors = [(one.chance - one.hit) ** 2 for one in forecasts]
    if not errors:
        raise ValueError("nothing was forecast, so there is nothing to score")
    return sum(errors) / len(errors)


def log_loss(forecasts: Sequence[Resolved]) -> float:
    """Return the mean of −log of the chance given to what happened, at least 0."""
    return -sum(log(max(SURE, one.chance if one.hit else 1 - one.chance)) for one in forecasts) / len(
        forecasts
    )


def reliability(forecasts: Iterable[Resolved]) -> tuple[Bin, ...]:
    """Return the bins of a tenth that hold any forecast, lowest first."""
    held: defaultdict[int, list[Resolved]] = defaultdict(list)
    for one in forecasts:
        held[min(BINS - 1, floor(one.chance * BINS))].append(one)
    return tuple(
        Bin(
            number / BINS,
            len(some),
            sum(one.chance for one in some) / len(some),
            sum(one.hit for one in some) / len(some),
        )
        for number, some in sorted(held.items())
    )


def score(forecasts: Sequence[Resolved], seed: int = SEED) -> Score:
    """Return how good forecasts were.

    Raises:
        ValueError: without any forecast.
    """
    bins = reliability(forecasts)
    found = brier(forecasts)
    return Score(
        count=len(forecasts),
        hit_rate=sum(one.hit for one in forecasts) / len(forecasts),
        brier=Interval(
            found, *_interval((_Part(one.rep, (one.chance - one.hit) ** 2) for one in forecasts), seed)
        ),
        log_loss=log_loss(forecasts),
        ece=sum(each.size * abs(each.gap) for each in bins) / len(forecasts),
        bins=bins,
    )


def difference(ours: Sequence[Resolved], theirs: Sequence[Resolved], seed: int = SEED) -> Interval:
    """Return Brier of ours minus theirs on the same forecasts; below 0 is better.

    Raises:
        ValueError: if the two are not about the same reps and outcomes, one by one.
    """
    pairs = list(zip(ours, theirs, strict=True))
    if any((one.rep, one.hit) != (other.rep, other.hit) for one, other in pairs):
        raise ValueError("the two sets are not forecasts of the same things")
    apart = [
        _Part(one.rep, (one.chance - one.hit) ** 2 - (other.chance - other.hit) ** 2) for one, other in pairs
    ]
    return Interval(sum(part.amount for part in apart) / len(apart), *_interval(apart, seed))


class _Part(NamedTuple):
    rep: str
    amount: float


def _interval(parts: Iterable[_Part], seed: int) -> tuple[float, float]:
    """Return the middle 95% of the mean when reps are drawn again; with one rep nothing tells, so 0 wide."""
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for rep, amount in parts:
        sums[rep][0] += amount
        sums[rep][1] += 1
    reps = [tuple(sums[rep]) for rep in sorted(sums)]
    draw, means = Random(seed), []
    for _ in range(DRAWS):
        drawn = draw.choices(reps, k=len(reps))
        means.append(sum(amount for amount, _ in drawn) / sum(count for _, count in drawn))
    means.sort()
    return means[int(SIDE * DRAWS)], means[int((1 - SIDE) * DRAWS) - 1]
