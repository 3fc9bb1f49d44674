"""A chance in a word and as a figure, as people meet it when they set a target (mechanism 2)."""

from enum import StrEnum

from sales.language.figures import whole_percent

UNREALISTIC_BELOW = 15  # percent, as shown (mechanism 2)
HARD_BELOW = 35
STRETCH_BELOW = 70
TOO_EASY_ABOVE = 85


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
    """Return the word for a chance in 0..1, by the percent that is shown: one figure never has two words."""
    shown = whole_percent(chance)
    if shown < UNREALISTIC_BELOW:
        return Reach.UNREALISTIC
    if shown < HARD_BELOW:
        return Reach.HARD
    if shown < STRETCH_BELOW:
        return Reach.STRETCH
    return Reach.TOO_EASY if shown > TOO_EASY_ABOVE else Reach.LIKELY
