"""Luck or cause: how often chance alone gives a gap this size (mechanism 10).

A rep's count over some days is compared with what their own rate, leaning on the team's, expects: negative
binomial, as a rate is never known exactly. A gap that comes about once in twenty by chance is no evidence of
anything, and nobody is coached on it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sales.goals.forecast.chance import fresh_by_rate
from sales.goals.forecast.grid import grid
from sales.goals.forecast.rates import Ahead

LUCK_FROM = 0.05  # a gap that chance gives at least this often needs no other explanation


class Luck(NamedTuple):
    """What was counted against what the rate expected, and how often chance alone gives as much of a gap.

    `share` is in 0..1, of a gap in the same direction, of this size or larger.
    """

    actual: float
    expected: float
    share: float


def luck_of_amount(actual: float, expected: Ahead, amounts: Sequence[tuple[float, float]]) -> Luck:
    """Return how often chance gives an amount as far from what was expected, in the same direction.

    Wins come by the rate, their values in minor units by the rep's mix (`mix`); counted, each is worth 1.
    """
    total = sum(weight for _, weight in amounts)
    mean = expected.mean * sum(amount * weight for amount, weight in amounts) / total if total else 0.0
    if actual >= mean and actual > 0:
        return Luck(actual, mean, _reaches(actual, expected, amounts))
    return Luck(actual, mean, 1 - _reaches(actual + 1, expected, amounts) if mean > 0 else 1.0)


def _reaches(amount: float, expected: Ahead, amounts: Sequence[tuple[float, float]]) -> float:
    lattice = grid(amount, (each for each, _ in amounts))
    return fresh_by_rate(lattice, expected, amounts).tails[-1]
