"""A chance in a word and as a figure, as people meet it when they set a target (mechanism 2)."""

from enum import StrEnum

from sales.figures import SMALL_CHANCE, chance_in_words

UNREALISTIC_BELOW = 0.15  # mechanism 2
HARD_BELOW = 0.35
STRETCH_BELOW = 0.70
TOO_EASY_ABOVE = 0.85
ROUNDED_UP = 0.995  # from here on a rounded figure would say 100%


class Reach(StrEnum):
    """How far a target reaches, by the chance of hitting it."""

    UNREALISTIC = "unrealistic"
    HARD = "hard"
    STRETCH = "stretch"
    LIKELY = "likely"
    TOO_EASY = "too easy"

    @property
    def wants_reason(self) -> bool:
        """Return whether a target like this is saved only with a reason (mechanism 2)."""
        return self in {Reach.UNREALISTIC, Reach.TOO_EASY}


def reach(chance: float) -> Reach:
    """Return the word for a chance in 0..1."""
    if chance < UNREALISTIC_BELOW:
        return Reach.UNREALISTIC
    if chance < HARD_BELOW:
        return Reach.HARD
    if chance < STRETCH_BELOW:
        return Reach.STRETCH
    return Reach.TOO_EASY if chance > TOO_EASY_ABOVE else Reach.LIKELY


def in_figures(chance: float) -> str:
    """Return a chance as people read it: "38%", never a bare 0% or 100%: "<1%", ">99%"."""
    if chance >= ROUNDED_UP and chance > 1 - SMALL_CHANCE:
        return ">99%"
    return chance_in_words(chance)


def one_in(chance: float) -> str:
    """Return a small chance as people picture it: "1 time in 8", "less than 1 time in 1,000"."""
    if chance < 0.001:
        return "less than 1 time in 1,000"
    if chance <= 0.4:
        return f"1 time in {round(1 / chance):,}"
    return f"{round(chance * 10)} times in 10" if chance < 0.95 else "nearly every time"
