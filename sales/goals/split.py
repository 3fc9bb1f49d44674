"""A team's target in parts: shares of whole units that add up to it exactly."""

from collections.abc import Sequence
from enum import StrEnum


class Split(StrEnum):
    """How a team's target becomes its reps' goals."""

    EVENLY = "evenly"
    BEFORE = "before"  # by what each of them brought in the period before
    BY_HAND = "by_hand"


def split_among(target: int, weights: Sequence[float], unit: int = 1) -> list[int]:
    """Return a target in parts by weight; they add up to it exactly, each within one `unit` of its exact share.

    What is left after whole units goes to the largest remainders, of equal ones to the first. A target that is itself
    no multiple of `unit`, such as one with cents, is split to its last digit.

    Raises:
        ValueError: without any weight above 0, or for a target below 0.
    """
    total = sum(weights)
    if target < 0 or total <= 0 or min(weights) < 0:
        raise ValueError("only what is there can be split, among those who have a weight")
    step = unit if target % unit == 0 else 1
    whole = target // step
    exact = [whole * weight / total for weight in weights]
    parts = [int(each) for each in exact]
    by_rest = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_rest[: whole - sum(parts)]:
        parts[at] += 1
    return [part * step for part in parts]
