"""What open deals bring together: each is won with its own chance, and the sum is told exactly where it can be.

A handful of deals have few possible sums, which are kept as they are; that matters, as three deals of 40,000
either reach 120,000 or do not. Past 128 sums they go onto the grid of forecasts.md §2.4, the largest deals
being done by then. Deals alike in chance and value are taken together, so that many thousands cost little.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from math import exp, lgamma, log, log1p
from operator import add, mul
from typing import NamedTuple

from sales.goals.forecast.grid import Grid, grid, tails

MOST_SUMS = 128  # kept one by one; each is then so unlikely that a cell more or less shows in no figure
MOST_GROUPS = 500  # of deals alike, told apart within a cell; nobody works more deals at a time
NEGLIGIBLE = 1e-15  # mass that no figure shows
NOTHING = 1e-20  # mass of a cell that all cells of all deals together could not make a figure of
SUMS_KEPT = 16  # of what explains a figure; the same deals are summed up again in half of its runs


class OpenDealOutcome(NamedTuple):
    """An open deal as the sum sees it: won with a chance in 0..1, and then worth a value of at least 0."""

    chance: float
    value: float


class Fresh(NamedTuple):
    """What comes from deals not open yet: P(it brings ≥ k cells of the grid), k from 0 to the gap."""

    grid: Grid
    tails: Sequence[float]

    def reaches(self, amount: float) -> float:
        """Return P(it brings at least `amount`), in 0..1; between two cells in proportion."""
        if amount <= 0:
            return 1.0
        place = min(self.grid.cells_for(amount), float(self.grid.cells))
        low = min(int(place), self.grid.cells - 1)
        return self.tails[low] + (self.tails[low + 1] - self.tails[low]) * (place - low)


class Few(NamedTuple):
    """Sums below the gap, each with its chance."""

    sums: Mapping[float, float]

    def reach(self, gap: float, fresh: Fresh) -> float:
        """Return P(these and what is fresh bring ≥ gap)."""
        short = sum(mass * (1 - fresh.reaches(gap - amount)) for amount, mass in self.sums.items())
        return min(1.0, max(0.0, 1 - short))


class Many(NamedTuple):
    """Sums below the gap as the chance of each cell of a grid."""

    masses: Sequence[float]

    def reach(self, gap: float, fresh: Fresh) -> float:
        """Return P(these and what is fresh bring ≥ gap); the part of a cell is the same for all of them."""
        place = min(fresh.grid.cells_for(gap), float(fresh.grid.cells))
        whole = min(int(place), fresh.grid.cells - 1)
        part, short = place - whole, [1 - tail for tail in fresh.tails]
        # A sum of k cells leaves place − k to go: the whole cells of it backwards, then one more for the part.
        low: float = sum(map(mul, self.masses, short[whole::-1]))
        high: float = sum(map(mul, self.masses, short[whole + 1 :: -1]))
        return min(1.0, max(0.0, 1 - low - (high - low) * part))


def nothing_fresh(lattice: Grid) -> Fresh:
    """Return what no new deals bring."""
    return Fresh(lattice, tails([1.0] + [0.0] * (lattice.cells - 1)))


def grid_for(gap: float, amounts: Iterable[float], bets: Iterable[OpenDealOutcome]) -> Grid:
    """Return the grid for new amounts and bets together; bets whose sums are few need no place on it."""
    alike, ways = Counter(bets), 1
    for times in alike.values():
        ways *= times + 1
        if ways > MOST_SUMS:
            return grid(gap, (*amounts, *(bet.value for bet in alike)))
    return grid(gap, amounts)


def chances_of(gaps: Sequence[float], bets: Iterable[OpenDealOutcome], fresh: Fresh) -> list[float]:
    """Return P(what the bets and new deals bring ≥ gap) for each gap, in 0..1; 1 for a gap of 0 or less.

    The grid of `fresh` reaches to the largest gap; the others are read off it.
    """
    largest = max(gaps, default=0.0)
    if largest <= 0:
        return [1.0] * len(gaps)
    found = sums_below(largest, bets, fresh.grid)
    return [1.0 if gap <= 0 else found.reach(gap, fresh) for gap in gaps]


def sums_below(gap: float, bets: Iterable[OpenDealOutcome], lattice: Grid) -> Few | Many:
    """Return the sums the bets may come to below the gap; what they lack to 1 reaches it."""
    return _sums_below(
        gap, frozenset(Counter(bet for bet in bets if bet.chance > 0 and bet.value > 0).items()), lattice
    )


@lru_cache(maxsize=SUMS_KEPT)
def _sums_below(gap: float, alike: frozenset[tuple[OpenDealOutcome, int]], lattice: Grid) -> Few | Many:
    groups = sorted(alike, key=lambda group: (-group[0].value, -group[0].chance))
    sums = {0.0: 1.0}
    for place, (bet, times) in enumerate(groups):
        grown = _with(sums, bet, times, gap)
        if len(grown) > MOST_SUMS:
            return _on_grid(sums, groups[place:], lattice)
        sums = grown
    return Few(sums)


def counted_wins(times: int, chance: float, most: int) -> list[float]:
    """Return P(k of so many bets are won), k from 0 to `most`, with what no figure shows cut off above."""
    if chance >= 1:
        return [0.0] * min(times, most + 1) + ([1.0] if times <= most else [])
    if times == 1:
        return [1 - chance, chance][: most + 1]
    yes, no, full = log(chance), log1p(-chance), lgamma(times + 1)
    masses: list[float] = []
    for k in range(min(times, most) + 1):
        mass = exp(full - lgamma(k + 1) - lgamma(times - k + 1) + k * yes + (times - k) * no)
        if mass < NEGLIGIBLE and k > times * chance:
            break
        masses.append(mass)
    return masses


def _with(sums: dict[float, float], bet: OpenDealOutcome, times: int, gap: float) -> dict[float, float]:
    most = min(times, int(-(-gap // bet.value)))
    wins = counted_wins(times, bet.chance, most)
    grown: dict[float, float] = {}
    for amount, mass in sums.items():
        for k, weight in enumerate(wins):
            reached = amount + k * bet.value
            if reached >= gap:
                break
            grown[reached] = grown.get(reached, 0.0) + mass * weight
        if len(grown) > MOST_SUMS:
            break
    return grown


def _on_grid(
    sums: Mapping[float, float], groups: Sequence[tuple[OpenDealOutcome, int]], lattice: Grid
) -> Many:
    """Go on from these sums on the grid, every amount split between two cells so that its mean stays.

    Only the cells are gone through that hold any mass worth it: of many deals those around their mean.
    """
    masses, first = [0.0] * lattice.cells, 0
    for amount, mass in sums.items():
        for place, share in _split(amount / lattice.cell):
            if place < lattice.cells:
                masses[place] += mass * share
    for bet, times in _merged(groups, lattice):
        empty, masses = _trimmed(masses)
        first += empty
        wins = counted_wins(times, bet.chance, times)
        masses = _shifted(masses, wins, bet.value / lattice.cell, lattice.cells - first)
        if sum(masses) < NEGLIGIBLE:
            break
    return Many([0.0] * first + masses)


def _trimmed(masses: list[float]) -> tuple[int, list[float]]:
    """Leave out the ends that hold as good as nothing; return how many cells are gone below, and the rest."""
    first, last = 0, len(masses)
    while last > 1 and masses[last - 1] < NOTHING:
        last -= 1
    while first < last - 1 and masses[first] < NOTHING:
        first += 1
    return first, masses[first:last]


def _merged(
    groups: Sequence[tuple[OpenDealOutcome, int]], lattice: Grid
) -> Sequence[tuple[OpenDealOutcome, int]]:
    """Put deals of one chance within one cell together at their mean, where there are very many."""
    if len(groups) <= MOST_GROUPS:
        return groups
    held: dict[tuple[float, int], tuple[int, float]] = {}
    for bet, times in groups:
        key = bet.chance, int(bet.value / lattice.cell)
        count, total = held.get(key, (0, 0.0))
        held[key] = count + times, total + times * bet.value
    return [(OpenDealOutcome(chance, total / count), count) for (chance, _), (count, total) in held.items()]


def _shifted(masses: list[float], wins: Sequence[float], cells: float, room: int) -> list[float]:
    """Return the masses, in at most `room` cells, once deals alike of so many cells were won so often."""
    if len(wins) == 2:
        return _once(masses, wins[0], wins[1], cells, room)
    count = min(room, len(masses) + int((len(wins) - 1) * cells) + 2)
    masses = masses + [0.0] * (count - len(masses))
    grown = list(map(mul, masses, repeat(wins[0]))) if wins else [0.0] * count
    for k, weight in enumerate(wins[1:], start=1):
        if k * cells >= count:
            break
        if weight < NEGLIGIBLE:
            continue
        for place, share in _split(k * cells):
            if share and place < count:
                moved = map(mul, masses[: count - place], repeat(weight * share))
                grown[place:] = map(add, grown[place:], moved)
    return grown


def _once(masses: list[float], lost: float, won: float, cells: float, room: int) -> list[float]:
    """The same for a single deal, in one go."""
    (place, part), (_, rest) = _split(cells)
    if place >= room:
        return [lost * mass for mass in masses]
    stay = masses + [0.0] * min(place + 1, room - len(masses))
    low, high = [0.0] * place + masses + [0.0], [0.0] * (place + 1) + masses
    stays, more = won * part, won * rest
    return [lost * one + stays * two + more * three for one, two, three in zip(stay, low, high, strict=False)]


def _split(place: float) -> tuple[tuple[int, float], tuple[int, float]]:
    low = int(place)
    return (low, 1 - (place - low)), (low + 1, place - low)
