"""Figures in words: amounts, shares and chances as they stand in a sentence."""

from collections.abc import Callable

SMALL_CHANCE = 0.01  # a chance below this is told as "<1%": a zero would claim too much (maths.md §4)

Spell = Callable[[float], str]


def plain_number(amount: float) -> str:
    """Return an amount as a whole number with thousands apart, for texts that need no currency."""
    return f"{round(amount):,}"


def percent(share: float) -> str:
    """Return a share as people read it: "80%", with a decimal below ten."""
    return f"{share * 100:.0f}%" if share >= 0.0995 or share == 0 else f"{share * 100:.1f}%"


def chance_in_words(chance: float) -> str:
    """Return a chance as people read it: "22%", and "<1%" for all that is less."""
    return "<1%" if chance < SMALL_CHANCE else f"{chance * 100:.0f}%"
