"""How much each half of a forecast weighs, by how the two came out on the team's own record (forecasts.md §2.8).

    w* = the weight of the survival half at which the blend's log loss is least
    G  = the log loss that w* saves in all over a weight of ½
    w  = ½ + (w* − ½) · G ÷ (G + 5)

Shrunk by evidence and not by number: hundreds of forecasts on which all weights do alike move nothing, and where one
half was plainly wrong a few dozen outcomes are enough. The same forecasts give the same weight.
"""

from collections.abc import Hashable, Sequence
from math import log
from typing import NamedTuple

from sales.goals.forecast.score import SURE

LEAST_WEIGHED = 200  # forecasts that came out; fewer would teach the model its own noise
EVIDENCE = 5.0  # of log loss saved, at which half the way is gone (forecasts.md §2.8)
# Forecasts of one goal come out together. The shrinkage was measured on six days and five levels of each rep's
# quarter, so no more of one goal's days count as evidence, however many were kept.
PER_GOAL = 30
STEPS = 100  # in hundredths: a finer weight changes no figure that is shown


class Weights(NamedTuple):
    """How much the survival half weighs, in 0..1, the floor having the rest; and how many forecasts tell it."""

    survival: float = 0.5
    resolved: int = 0

    @property
    def are_learned(self) -> bool:
        return self.resolved >= LEAST_WEIGHED

    def of(self, floor: float, survival: float) -> float:
        """Return the blend of both halves."""
        return (1 - self.survival) * floor + self.survival * survival


EVEN = Weights()


class ResolvedHalves(NamedTuple):
    """What both halves said of a goal once, and whether it was hit. Forecasts of one `goal` come out together."""

    goal: Hashable
    floor: float
    survival: float
    hit: bool


def weights_of(resolved: Sequence[ResolvedHalves]) -> Weights:
    """Return how much each half weighs after these forecasts; the same for both with fewer than 200."""
    if len(resolved) < LEAST_WEIGHED:
        return Weights(EVEN.survival, len(resolved))
    halves = [(_of_what_came(one.floor, one.hit), _of_what_came(one.survival, one.hit)) for one in resolved]
    low, high = 0, STEPS
    while low < high:  # the loss is convex in the weight
        middle = (low + high) // 2
        if _loss(halves, middle + 1) < _loss(halves, middle):
            low = middle + 1
        else:
            high = middle
    saved = _loss(halves, STEPS // 2) - _loss(halves, low)
    evidence = saved * min(1.0, PER_GOAL * len({one.goal for one in resolved}) / len(resolved))
    best = low / STEPS
    return Weights(0.5 + (best - 0.5) * evidence / (evidence + EVIDENCE), len(resolved))


def _of_what_came(chance: float, hit: bool) -> float:
    """Return the chance given to what happened, no more certain than is ever shown."""
    return min(1 - SURE, max(SURE, chance if hit else 1 - chance))


def _loss(halves: Sequence[tuple[float, float]], step: int) -> float:
    weight = step / STEPS
    return -sum(log((1 - weight) * floor + weight * survival) for floor, survival in halves)
