"""The record: what a forecast reads of deals and activities, and only what was known on its day.

A deal opened later does not exist, one closed later is still open. Rates count from the first day closes are on
record, as what came before was never written down; a rep counts from the first day anything is known of them.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from sales.pipeline.cycle import DealSpan
from sales.pipeline.opportunity import CLOSED, Stage

MOST_SIZES = 100  # amounts told apart within one sort; more change no figure (mean kept)


class DealRecord(NamedTuple):
    """All a forecast needs of one deal; `value` is minor units of one currency, 0 where nobody put any."""

    rep: str
    product: str | None
    opened_on: date | None
    closed_on: date | None
    stage: Stage
    value: float


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
    sizes = {sort: _condensed(found) for sort, found in sorted(amounts.items(), key=lambda one: one[0] or "")}
    return Past(today, start, counts, seen, sorts, sizes, days)


def _condensed(amounts: Counter[float]) -> tuple[tuple[float, int], ...]:
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


@dataclass(frozen=True)
class Book:
    """Deals as they were known on a day, sorted by what a forecast asks of them.

    `since` is the first day closes are on record, None without any. `open_deals` are by rep, suspects and
    parked deals left out: neither is in a forecast (mechanisms 22, 27). `spans` are what the cycle reads; a deal
    that closes before it opens counts as won or lost, and tells nothing of how long it took.
    """

    today: date
    since: date | None = None
    wins: list[Gain] = field(default_factory=list)
    openings: list[Gain] = field(default_factory=list)
    spans: list[DealSpan] = field(default_factory=list)
    open_deals: Mapping[str, list[DealRecord]] = field(default_factory=dict)
    seen_from: Mapping[str, date] = field(default_factory=dict)


def book_on(deals: Iterable[DealRecord], today: date) -> Book:
    """Return the deals as they were known on `today`; the order of deals changes nothing."""
    wins, openings, spans = list[Gain](), list[Gain](), list[DealSpan]()
    open_deals: defaultdict[str, list[DealRecord]] = defaultdict(list)
    seen: dict[str, date] = {}
    since: date | None = None
    for deal in deals:
        opened, closed = deal.opened_on, deal.closed_on if deal.stage in CLOSED else None
        first = min((day for day in (opened, closed) if day is not None), default=None)
        if first is None or first > today:
            continue
        seen[deal.rep] = min(first, seen.get(deal.rep, first))
        is_closed = closed is not None and closed <= today
        won = deal.stage is Stage.WON if is_closed else None
        if closed is not None and is_closed:
            since = min(closed, since or closed)
            if won:
                wins.append(Gain(deal.rep, closed, deal.value, deal.product))
        if opened is None:
            continue
        if is_closed and closed is not None and closed < opened:
            continue
        if opened > today:
            continue
        openings.append(Gain(deal.rep, opened, 1.0))
        spans.append(DealSpan(opened, closed if is_closed else None, won))
        if not is_closed and deal.stage not in {Stage.SUSPECT, Stage.PARKED}:
            open_deals[deal.rep].append(deal)
    return Book(today, since, wins, openings, spans, open_deals, seen)


def day_after(day: date) -> date:
    """Return the day a forecast made on `day` begins to look at."""
    return day + timedelta(days=1)


class OwnOpenDeal(NamedTuple):
    """An open deal as its owner knows it, and as the forecast does. `touched_on` is the last logged contact."""

    record: DealRecord
    name: str
    touched_on: date | None
