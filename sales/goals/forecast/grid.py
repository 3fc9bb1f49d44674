"""Sums of uncertain amounts on a grid of money, exact and without sampling (forecasts.md §2.4).

The question is always P(sum ≥ gap), so nothing above the gap is told apart: the top cell absorbs it. Where all
amounts are whole multiples of one unit (deals counted, one price list in thousands) and the gap has at most
500 of them, a cell is that unit and the sum is exact. Otherwise a cell is gap ÷ 500 and an amount between two
cells is split between them so that its mean stays, which spreads a sum by less than a cell for each part of it.
An amount split so only rises with the amount and falls with the cell, hence P(sum ≥ gap) never rises with the
gap. Compounds come from Panjer's recursion.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import exp, gcd, log, log1p
from operator import mul
from typing import NamedTuple

CELLS = 500  # a cell is .2% of the gap; measured within .005 of 20,000 draws (forecasts.md §2.4)
WORTH_A_RUN = 40  # sizes that do not occur, from which on leaving them out is faster than counting them
_TOO_LARGE = 1e200  # the recursion is linear, so it is scaled down from here and put right at the end

Weighted = Iterable[tuple[float, float]]  # amounts and their weights


class Grid(NamedTuple):
    """Cells up to a gap: `cells` of them, each worth `cell`; `exact` where every amount is a whole number."""

    cell: float
    cells: int
    exact: bool

    def cells_for(self, amount: float) -> float:
        """Return how many cells an amount fills; on an exact grid the whole number that reaches it."""
        return float(-(-amount // self.cell)) if self.exact else amount / self.cell


def grid(gap: float, amounts: Iterable[float]) -> Grid:
    """Return the grid for sums of these amounts up to a gap above 0; with none above 0, the gap is one cell.

    Raises:
        ValueError: if the gap is not above 0.
    """
    if gap <= 0:
        raise ValueError(f"a gap is above 0, not {gap}")
    placed = [amount for amount in amounts if amount > 0]
    if not placed:
        return Grid(float(gap), 1, exact=True)
    unit = common_unit(placed)
    if unit and -(-gap // unit) <= CELLS:
        return Grid(float(unit), int(-(-gap // unit)), exact=True)
    return Grid(gap / CELLS, CELLS, exact=False)


def common_unit(amounts: Iterable[float]) -> int:
    """Return the greatest whole number that divides all amounts; 0 where there is none or no amount."""
    unit = 0
    for amount in amounts:
        if amount != int(amount):
            return 0
        unit = gcd(unit, int(amount))
        if unit == 1:
            break
    return unit


def sizes_on(lattice: Grid, weighted: Weighted) -> list[float]:
    """Return the chance of each number of cells that one amount fills; the last entry is the gap or more.

    Weights need not add up to 1, and must not all be 0.
    """
    chances = [0.0] * (lattice.cells + 1)
    for amount, weight in weighted:
        place = amount / lattice.cell
        low = int(place)
        if low >= lattice.cells:
            chances[lattice.cells] += weight
            continue
        upper = weight * (place - low)
        chances[low] += weight - upper
        chances[low + 1] += upper
    total = sum(chances)
    return [chance / total for chance in chances]


def negative_binomial_sum(size: float, scale: float, sizes: Sequence[float]) -> list[float]:
    """Return P(sum = k cells) below the gap for a count with mean size·scale and variance mean·(1 + scale).

    That is the number of events of a rate that is Gamma(size) itself; `sizes` is one event's, from
    `sizes_on`. Panjer's recursion with a = scale/(1 + scale), b = (size − 1)·a.
    """
    ratio = scale / (1 + scale)
    start = -size * log1p(scale - scale * sizes[0])
    return _recursion(ratio, (size - 1) * ratio, start, sizes)


def poisson_sum(mean: float, sizes: Sequence[float]) -> list[float]:
    """Return P(sum = k cells) below the gap for a Poisson count. Panjer's recursion with a = 0, b = mean."""
    return _recursion(0.0, mean, -mean * (1 - sizes[0]), sizes)


def tails(masses: Sequence[float]) -> list[float]:
    """Return P(sum ≥ k cells) for k from 0 to the gap, in 0..1 and never rising."""
    return [
        1.0 - below if 0.0 < below < 1.0 else float(below <= 0.0) for below in accumulate(masses, initial=0.0)
    ]


def _recursion(a: float, b: float, start: float, sizes: Sequence[float]) -> list[float]:
    """g(s) = Σ (a + b·j/s)·f(j)·g(s − j) ÷ (1 − a·f(0)), from log g(0) = `start`."""
    runs = [_Run.of(sizes, first, last) for first, last in _runs(sizes)]
    held, masses = 1 - a * sizes[0], [1.0]
    for s in range(1, len(sizes) - 1):
        part, moment = 0.0, 0.0
        for first, last, chances, moments in runs:
            if first > s:
                break
            if last <= s:
                before = masses[s - last : s - first + 1]
                part += sum(map(mul, chances, before))
                moment += sum(map(mul, moments, before))
            else:
                before = masses[: s - first + 1]
                part += sum(map(mul, chances[last - s :], before))
                moment += sum(map(mul, moments[last - s :], before))
        masses.append((a * part + b / s * moment) / held)
        if masses[-1] > _TOO_LARGE:
            masses = [mass / _TOO_LARGE for mass in masses]
            start += log(_TOO_LARGE)
    # In two steps, as the first factor alone may be below the smallest number there is.
    half = exp(start / 2)
    return [mass * half * half for mass in masses]


class _Run(NamedTuple):
    """Neighbouring sizes from `first` to `last`, backwards: their chances, and those times the size."""

    first: int
    last: int
    chances: list[float]
    moments: list[float]

    @classmethod
    def of(cls, sizes: Sequence[float], first: int, last: int) -> "_Run":
        backwards = range(last, first - 1, -1)
        return cls(first, last, [sizes[j] for j in backwards], [j * sizes[j] for j in backwards])


def _runs(sizes: Sequence[float]) -> list[tuple[int, int]]:
    """Return the spans of sizes that occur; a stretch without any costs nothing if it is long enough."""
    runs: list[tuple[int, int]] = []
    for size in range(1, len(sizes) - 1):
        if sizes[size] <= 0:
            continue
        if runs and size - runs[-1][1] <= WORTH_A_RUN:
            runs[-1] = runs[-1][0], size
        else:
            runs.append((size, size))
    return runs
