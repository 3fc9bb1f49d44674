"""Sources: what becomes of what came from where, ranked only where more than luck shows (mechanism 36).

Shrunk as win rates are (forecasts.md §4.2), each with the range its counts leave, how long it took, what it brought and
what it cost in touches. Nothing is held to be better on belief: a referral is as good as what came of referrals.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from sales.distributions import share_interval
from sales.language.figures import many, number, one_in, percent
from sales.language.names.match import name_key
from sales.pipeline.win_rate import LEAST_DECIDED, Comparison, Decided, common_weight, compare

LEAST_TIMED = 5  # that went on; of fewer the middle one is anybody's
LEAST_RATED = 2  # cases; one of one is 100% or 0%, whatever the source is worth
LEAST_TOUCHES = 30  # fewer tell nothing of what one took
MOST_LEANING = 100.0  # cases by which a source leans on all, however alike: it may be another all the same


class SourcedCase(NamedTuple):
    """Something that came from somewhere: whether it went on, when it came and was decided, and what was done for it.

    `source` is as somebody wrote it, empty where nobody did; `value_minor` what it brought, 0 if nothing.
    """

    source: str
    won: bool
    came_on: date | None
    decided_on: date
    value_minor: int = 0
    touches: int = 0


@dataclass(frozen=True)
class SourceYield:
    """What one source brought: the rate shrunk to what its counts support, and where it lies 19 times in 20.

    `days` is the middle of how long those took that went on, None of too few; `value_minor` what all of it brought,
    `touches` what was done for all of it. `side` is "above" or "below" the common rate where that is sure.
    """

    name: str
    won: int
    closed: int
    rate: float
    low: float
    high: float
    days: int | None
    value_minor: int
    touches: int
    side: str = ""

    @property
    def has_rate(self) -> bool:
        """Whether a rate says more than the counts."""
        return self.closed >= LEAST_RATED

    @property
    def touches_a_win(self) -> int | None:
        """How many touches one that went on took, rounded; None where too few were logged, or nothing went on."""
        return round(self.touches / self.won) if self.won and self.touches >= LEAST_TOUCHES else None

    @property
    def value_a_case(self) -> int:
        """What each brought, those that brought nothing included, in minor units."""
        return round(self.value_minor / self.closed)


class SourceVerdict(StrEnum):
    """What can be said of sources side by side."""

    NOTHING = "nothing"  # is decided yet, or none has a source
    ONE = "one"  # all came from one
    ALL_LOST = "all_lost"
    ALL_WON = "all_won"
    TOO_FEW = "too_few"  # for a comparison
    NOT_APART = "not_apart"
    RANKED = "ranked"


@dataclass(frozen=True)
class SourceYields:
    """Sources side by side: by rate where they can be told apart, else by name; those of few cases at the end.

    `unnamed` is how many decided ones nobody wrote a source for.
    """

    verdict: SourceVerdict
    yields: tuple[SourceYield, ...]
    won: int
    closed: int
    unnamed: int
    comparison: Comparison

    def why(self, noun: str = "deal") -> tuple[str, ...]:
        """Return in plain words what can be said side by side, and what cannot."""
        one = self.closed == 1
        every = f"The one decided {noun}" if one else f"All {number(self.closed)} decided {many(noun)}"
        match self.verdict:
            case SourceVerdict.NOTHING:
                return (f"There is nothing to compare: no decided {noun} says yet where it came from.",)
            case SourceVerdict.ONE:
                return (f"{every} came from one source, so there is nothing to compare it with.",)
            case SourceVerdict.ALL_LOST:
                return (f"{every} came to nothing, so no source did better than another.",)
            case SourceVerdict.ALL_WON:
                return (f"{every} went well, so no source did better than another.",)
            case SourceVerdict.TOO_FEW:
                return (
                    f"Not enough yet to compare them: that takes two sources with {LEAST_DECIDED} decided "
                    f"{many(noun)} each, of which some went well and some did not.",
                )
            case SourceVerdict.NOT_APART:
                return (
                    f"They cannot be told apart, so they are not ranked: if all had the same rate, "
                    f"{percent(self.comparison.mean)}, luck alone would spread them this far "
                    f"{one_in(self.comparison.p_value)}.",
                )
        return (
            f"They differ by more than luck makes them; the common rate is {percent(self.comparison.mean)}.",
        )


def source_yields(cases: Sequence[SourcedCase]) -> SourceYields:
    """Return what each source brought, and whether sources can be told apart."""
    named = [one for one in cases if name_key(one.source)]
    by_source = grouped(named)
    counts = {name: Decided(sum(one.won for one in some), len(some)) for name, some in by_source.items()}
    found, won = compare(counts), sum(one.won for one in named)
    mean = (won + 0.5) / (len(named) + 1)  # Jeffreys' half: of nothing won yet the next may be
    lean = min(common_weight(list(counts.values()), mean), MOST_LEANING, len(named) / 2)
    sides = {rate.name: rate.side for rate in found.rates}
    every = [yield_of(name, some, mean, lean, sides.get(name, "")) for name, some in by_source.items()]
    order = {rate.name: place for place, rate in enumerate(found.rates)}
    every.sort(key=lambda one: (order.get(one.name, len(order)), name_key(one.name)))
    verdict = verdict_of(counts, found, won, len(named))
    if verdict is SourceVerdict.RANKED:
        every.sort(key=lambda one: (one.name not in order, -one.rate))
    return SourceYields(verdict, tuple(every), won, len(named), len(cases) - len(named), found)


def grouped(cases: Iterable[SourcedCase]) -> dict[str, list[SourcedCase]]:
    """Return cases by source, each by the name it is mostly written by, letter case and accents aside."""
    by_key: dict[str, list[SourcedCase]] = defaultdict(list)
    for one in cases:
        by_key[name_key(one.source)].append(one)
    return {usual_spelling(some): some for some in by_key.values()}


def usual_spelling(cases: Sequence[SourcedCase]) -> str:
    """Return how a source is mostly written."""
    counts = Counter(one.source.strip() for one in cases)
    return min(counts, key=lambda name: (-counts[name], name))


def verdict_of(counts: Mapping[str, Decided], found: Comparison, won: int, closed: int) -> SourceVerdict:
    """Return what can be said of sources with these counts."""
    if not counts:
        return SourceVerdict.NOTHING
    if not won:
        return SourceVerdict.ALL_LOST
    if won == closed:
        return SourceVerdict.ALL_WON
    if len(counts) == 1:
        return SourceVerdict.ONE
    if found.degrees < 1:
        return SourceVerdict.TOO_FEW
    return SourceVerdict.RANKED if found.can_rank else SourceVerdict.NOT_APART


def yield_of(name: str, cases: Sequence[SourcedCase], mean: float, lean: float, side: str) -> SourceYield:
    """Return what one source brought, its rate and range leaning on the common rate by so many cases."""
    won = sum(one.won for one in cases)
    leaning = won + lean * mean, len(cases) + lean
    low, high = share_interval(*leaning)
    took = [(one.decided_on - one.came_on).days for one in cases if one.won and one.came_on is not None]
    return SourceYield(
        name,
        won,
        len(cases),
        leaning[0] / leaning[1],
        low,
        high,
        round(median(took)) if len(took) >= LEAST_TIMED else None,
        sum(one.value_minor for one in cases),
        sum(one.touches for one in cases),
        side,
    )
