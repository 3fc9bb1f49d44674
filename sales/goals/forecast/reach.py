"""A chance in a word and as a figure, as people meet it when they set a target (mechanism 2)."""

from enum import StrEnum

UNREALISTIC_BELOW = 0.15  # mechanism 2
HARD_BELOW = 0.35
STRETCH_BELOW = 0.70
TOO_EASY_ABOVE = 0.85


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
