"""The record: what a forecast reads of deals and activities, and only what was known on its day.

A deal opened later does not exist, one closed later is still open. Rates count from the first day closes are on
record, as what came before was never written down; a rep counts from the first day anything is known of them.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sales.pipeline.opportunity import Stage

SILENCE = timedelta(days=14)  # longer than a usual leave; whoever is silent now is still counted with it
MOST_SIZES = 100  # amounts told apart within one sort; more change no figure (mean kept)


class DealRecord(NamedTuple):
    """All a forecast needs of one deal; `value` is minor units of one currency, 0 where nobody put any.

    `is_bare` where somebody typed it and nothing stands behind it: no CRM, no stage.
    """

    rep: str
    product: str | None
    opened_on: date | None
    closed_on: date | None
    stage: Stage
    value: float
    is_bare: bool = False


class Gain(NamedTuple):
    """Something that counted towards a goal: how much, in its unit, and of which sort (a product, or none)."""

    rep: str
    on: date
    amount: float
    sort: str | None = None


@dataclass(frozen=True)
class Past:
    """What came in from `since` to `as_of`, both included: the counts a rate is fitted to.

    `counts` and `sorts` are by rep; a rep may have counted nothing yet. `seen_from` is the first day anything
    is known of a rep. `sizes` are the team's amounts by sort, each with how often it came. `days` says how
    much came on each day.
    """

    as_of: date
    since: date
    counts: Mapping[str, int]
    seen_from: Mapping[str, date]
    sorts: Mapping[str, Mapping[str | None, int]]
    sizes: Mapping[str | None, tuple[tuple[float, int], ...]]
    days: Mapping[date, int]

    @property
    def total(self) -> int:
        """Return how many came in, of all reps."""
        return sum(self.counts.values())

    @property
    def length(self) -> int:
        """Return how many days the record has."""
        return (self.as_of - self.since).days + 1

    @property
    def said(self) -> Hashable:
        """Return all it says as one value, equal for equal records."""
        reps = tuple(sorted(self.sorts))
        counts: list[Mapping[Any, Any]] = [self.counts, self.seen_from, self.sizes, self.days]
        told = [frozenset(one.items()) for one in (*counts, *[self.sorts[rep] for rep in reps])]
        return self.as_of, self.since, reps, tuple(told)

    def days_of(self, rep: str) -> int:
        """Return for how many days a rep has been on record; 0 for somebody unknown."""
        return (self.as_of - self.seen_from[rep]).days + 1 if rep in self.seen_from else 0


def since_silence(gains: Iterable[Gain]) -> list[Gain]:
    """Return what each rep wrote down since they last fell silent for two weeks and began again.

    Who logs nothing for weeks did not do nothing: a rate over those weeks would deny what they do now.
    """
    kept: defaultdict[str, list[Gain]] = defaultdict(list)
    for gain in sorted(gains, key=lambda one: one.on):
        own = kept[gain.rep]
        if own and gain.on - own[-1].on > SILENCE:
            own.clear()
        own.append(gain)
    return [gain for own in kept.values() for gain in own]


def past_of(
    gains: Iterable[Gain],
    today: date,
    since: date | None = None,
    seen_from: Mapping[str, date] | None = None,
) -> Past | None:
    """Return what had come in by `today`; None where nothing had and no `since` says when counting began.

    `since` is the first day on record, by default that of the first gain. `seen_from` adds reps, and days
    before their first gain.
    """
    known = [gain for gain in gains if gain.on <= today and (since is None or gain.on >= since)]
    start = since or min((gain.on for gain in known), default=None)
    if start is None or start > today:
        return None
    seen = {rep: max(start, day) for rep, day in (seen_from or {}).items() if day <= today}
    sorts: defaultdict[str, Counter[str | None]] = defaultdict(Counter)
    amounts: defaultdict[str | None, Counter[float]] = defaultdict(Counter)
    days: Counter[date] = Counter()
    for gain in known:
        sorts[gain.rep][gain.sort] += 1
        amounts[gain.sort][gain.amount] += 1
        days[gain.on] += 1
        if gain.rep not in seen or gain.on < seen[gain.rep]:
            seen[gain.rep] = gain.on
    counts = {rep: sorts[rep].total() if rep in sorts else 0 for rep in sorted(seen)}
    sizes = {sort: condensed(found) for sort, found in sorted(amounts.items(), key=lambda one: one[0] or "")}
    return Past(today, start, counts, seen, sorts, sizes, days)


def condensed(amounts: Counter[float]) -> tuple[tuple[float, int], ...]:
    """Return at most `MOST_SIZES` amounts with how often they came, neighbours put together at their mean."""
    ordered = sorted(amounts.items())
    if len(ordered) <= MOST_SIZES:
        return tuple(ordered)
    step = -(-amounts.total() // MOST_SIZES)
    runs: list[tuple[float, int]] = []
    value, count = 0.0, 0
    for amount, times in ordered:
        value, count = value + amount * times, count + times
        if count >= step:
            runs.append((value / count, count))
            value, count = 0.0, 0
    if count:
        runs.append((value / count, count))
    return tuple(runs)


def day_after(day: date) -> date:
    """Return the day a forecast made on `day` begins to look at."""
    return day + timedelta(days=1)


class OwnOpenDeal(NamedTuple):
    """An open deal as its owner knows it, and as the forecast does.

    `touched_on` is the last logged contact; `imported_on` when an import last said anything of it, from which day on
    contacts are on record. `has_step` where something is promised for it, `expected_on` when it is to close.
    """

    record: DealRecord
    name: str
    touched_on: date | None
    imported_on: date | None = None
    has_step: bool = False
    expected_on: date | None = None
