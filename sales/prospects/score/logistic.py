"""Ridge logistic regression by Newton's steps (IRLS), from the standard library alone.

A column holds of a case or does not, so cases that are alike are counted together, and a step costs their number times
the square of what holds of one. That fits some thousand outcomes of eight facts in a fraction of a second, for which
numpy would be 45 MB.
"""

from collections.abc import Iterable, Sequence
from math import exp, log, log1p, sqrt
from operator import mul
from typing import NamedTuple

_STEPS = 100
_HALVINGS = 30
_LONG = 1.0  # a step that goes as far in log odds may go too far
_SHORT = 0.1  # once steps are as short, the curvature hardly changes any more and is kept
_CLOSE = 1e-7

Lower = list[list[float]]  # the lower triangle of a matrix


class AlikeCases(NamedTuple):
    """Cases of which the same columns hold, in ascending order: how many there are, and how many were won."""

    holds: tuple[int, ...]
    won: int
    cases: int


def alike(cases: Iterable[tuple[tuple[int, ...], bool]]) -> list[AlikeCases]:
    """Return cases, each by its columns and whether it was won, counted together where they are alike."""
    counts: dict[tuple[int, ...], list[int]] = {}
    for holds, won in cases:
        count = counts.setdefault(holds, [0, 0])
        count[0] += won
        count[1] += 1
    return [AlikeCases(holds, won, all_of) for holds, (won, all_of) in counts.items()]


def logistic(odds: float) -> float:
    """Return the chance that log odds mean, in 0..1."""
    return 1 / (1 + exp(-odds)) if odds >= 0 else exp(odds) / (1 + exp(odds))


def fitted(
    cases: Sequence[AlikeCases], columns: int, penalty: float, start: Sequence[float] | None = None
) -> list[float]:
    """Return the intercept and a weight for each column, in log odds: the greatest likelihood less ½·penalty·Σ weight².

    The intercept is free. With a penalty above 0 there is exactly one answer, however many columns say the same. From a
    `start` near it, as what nearly the same cases taught, it is found in fewer steps.

    Raises:
        ValueError: where all or none were won, as nothing tells them apart then.
    """
    won, every = sum(one.won for one in cases), sum(one.cases for one in cases)
    if not 0 < won < every:
        raise ValueError("what all came out alike teaches no weights")
    known = [AlikeCases((0, *(place + 1 for place in one.holds)), one.won, one.cases) for one in cases]
    point, root = list(start or (log(won / (every - won)), *[0.0] * columns)), None
    for _ in range(_STEPS):
        gradient, weights = _slopes(known, point, penalty)
        if root is None:
            root = rooted(_curvature(known, weights, len(point), penalty))
        step = solved(root, gradient)
        longest = max(map(abs, step))
        if longest > _LONG:
            step = _uphill(known, point, step, penalty)
        point = [one + by for one, by in zip(point, step, strict=True)]
        if longest < _CLOSE:
            break
        if longest > _SHORT:
            root = None
    return point


def _uphill(
    cases: Sequence[AlikeCases], point: Sequence[float], step: list[float], penalty: float
) -> list[float]:
    """Return a step, halved until it does not lead downhill."""
    reached = _likelihood(cases, point, penalty)
    for _ in range(_HALVINGS):
        if _likelihood(cases, [one + by for one, by in zip(point, step, strict=True)], penalty) >= reached:
            break
        step = [by / 2 for by in step]
    return step


def _likelihood(cases: Sequence[AlikeCases], point: Sequence[float], penalty: float) -> float:
    found = -penalty / 2 * sum(weight * weight for weight in point[1:])
    for holds, won, every in cases:
        odds = sum(point[place] for place in holds)
        found += won * odds - every * (odds + log1p(exp(-odds)) if odds > 0 else log1p(exp(odds)))
    return found


def _slopes(
    cases: Sequence[AlikeCases], point: Sequence[float], penalty: float
) -> tuple[list[float], list[float]]:
    """Return the gradient at a point, and by how much the chance of each sort of case still changes there."""
    gradient = [0.0, *(-penalty * weight for weight in point[1:])]
    weights = []
    for holds, won, every in cases:
        odds = 0.0
        for place in holds:
            odds += point[place]
        chance = logistic(odds)
        error = won - every * chance
        for place in holds:
            gradient[place] += error
        weights.append(every * chance * (1 - chance))
    return gradient, weights


def _curvature(cases: Sequence[AlikeCases], weights: Sequence[float], size: int, penalty: float) -> Lower:
    """Return the lower triangle of the curvature, of which the intercept has none by the penalty."""
    lower = [[0.0] * place + [penalty if place else 0.0] for place in range(size)]
    for (holds, _, _), weight in zip(cases, weights, strict=True):
        for at, place in enumerate(holds, 1):
            row = lower[place]
            for other in holds[:at]:
                row[other] += weight
    return lower


def rooted(lower: Lower) -> Lower:
    """Return Cholesky's root of a positive definite matrix, both by their lower triangles."""
    root: Lower = []
    for place, source in enumerate(lower):
        row: list[float] = []
        for other in range(place):
            row.append((source[other] - sum(map(mul, row, root[other]))) / root[other][other])
        row.append(sqrt(source[place] - sum(map(mul, row, row))))
        root.append(row)
    return root


def solved(root: Lower, right: Sequence[float]) -> list[float]:
    """Return x of A·x = right for a matrix whose Cholesky's root is given."""
    found: list[float] = []
    for row, value in zip(root, right, strict=True):
        found.append((value - sum(map(mul, row, found))) / row[-1])
    for place in range(len(found) - 1, -1, -1):
        later = sum(root[after][place] * found[after] for after in range(place + 1, len(found)))
        found[place] = (found[place] - later) / root[place][place]
    return found
