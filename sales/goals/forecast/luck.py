"""Luck or cause: how often chance alone gives a gap this size (mechanism 10).

A rep's count over some days is compared with what their own rate, leaning on the team's, expects: negative
binomial, as a rate is never known exactly. A gap that comes about once in twenty by chance is no evidence of
anything, and nobody is coached on it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sales.distributions import negative_binomial_at_most
from sales.goals.forecast.chance import fresh_by_rate
from sales.goals.forecast.grid import grid
from sales.goals.forecast.rates import Ahead
from sales.language.figures import Spell, number, one_in, whole_number

LUCK_FROM = 0.05  # a gap that chance gives at least this often needs no other explanation


class Luck(NamedTuple):
    """What was counted against what the rate expected, and how often chance alone gives as much of a gap.

    `share` is in 0..1, of a gap in the same direction, of this size or larger.
    """

    actual: float
    expected: float
    share: float

    @property
    def is_luck(self) -> bool:
        """Return whether chance alone is explanation enough."""
        return self.share >= LUCK_FROM

    @property
    def is_short(self) -> bool:
        return self.actual < self.expected

    def sentence(self, what: str = "wins", spell: Spell = whole_number) -> str:
        """Return it in words: "3 wins, 6 expected: chance alone gives a gap this size 1 time in 5." """
        counted = f"{spell(self.actual)} {what}, {_about(self.expected, spell)} expected"
        if round(self.actual) == round(self.expected):
            return f"{counted}: there is no gap."
        rule = "" if self.is_luck else " Something else is likely behind it."
        return f"{counted}: chance alone gives a gap this size {one_in(self.share)}.{rule}"


def luck_of_count(actual: int, expected: Ahead) -> Luck:
    """Return how often chance gives a count as far from what was expected, in the same direction."""
    mean = expected.mean
    at_most = negative_binomial_at_most(actual, expected.size, expected.scale)
    if actual < mean:
        return Luck(actual, mean, at_most)
    below = negative_binomial_at_most(actual - 1, expected.size, expected.scale)
    return Luck(actual, mean, 1 - below)


def luck_of_amount(actual: float, expected: Ahead, amounts: Sequence[tuple[float, float]]) -> Luck:
    """Return the same for minor units of money: wins by the rate, their values by the rep's mix (`mix`)."""
    total = sum(weight for _, weight in amounts)
    mean = expected.mean * sum(amount * weight for amount, weight in amounts) / total if total else 0.0
    if actual >= mean and actual > 0:
        return Luck(actual, mean, _reaches(actual, expected, amounts))
    return Luck(actual, mean, 1 - _reaches(actual + 1, expected, amounts) if mean > 0 else 1.0)


def _reaches(amount: float, expected: Ahead, amounts: Sequence[tuple[float, float]]) -> float:
    lattice = grid(amount, (each for each, _ in amounts))
    return fresh_by_rate(lattice, expected, amounts).tails[-1]


def _about(amount: float, spell: Spell) -> str:
    return number(amount) if 0 < amount < 10 and spell is whole_number else spell(amount)
