"""The tally: what deals tell on a day, counted owner by owner, so that one owner's change is counted alone.

A deal opened later does not exist, one closed later is still open. Only whole numbers are added up, so a tally that was
made from another by taking an owner's deals out and putting the new ones in is the same as one made from nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from sales.pipeline.cycle import SpanCounts
from sales.pipeline.deal_columns import ENDED, WON, DealColumns, SortOfDeal

A = TypeVar("A")
K = TypeVar("K")


class OwnerCount(NamedTuple):
    """What one owner's deals tell. Days are ordinals, 0 where there is none.

    `first` is the first day anything is known of them, `first_close` that of their first close, and `first_end` the
    same of deals whose opening is known too. `won` is by product; `opened` counts from the record's first close on,
    and `spans` are all deals whose opening is known.
    """

    first: int
    first_close: int
    first_end: int
    won: Mapping[str | None, int]
    opened: int
    spans: int


@dataclass(frozen=True)
class Totals:
    """What all owners' deals come to: amounts won by sort, each with how often, and counts by day and by age."""

    amounts: dict[SortOfDeal, dict[float, int]]
    win_days: dict[int, int]
    opening_days: dict[int, int]
    won: dict[int, int]
    lost: dict[int, int]
    open: dict[int, int]

    @classmethod
    def like(cls, other: "Totals | None") -> "Totals":
        """Return totals to go on counting with; what others hold stays as it is."""
        if other is None:
            return cls(defaultdict(lambda: defaultdict(int)), *(defaultdict(int) for _ in range(5)))
        amounts: dict[SortOfDeal, dict[float, int]] = defaultdict(lambda: defaultdict(int))
        for sort, counted in other.amounts.items():
            amounts[sort] = defaultdict(int, counted)
        days = other.win_days, other.opening_days, other.won, other.lost, other.open
        return cls(amounts, *(defaultdict(int, one) for one in days))

    def without_nothing(self) -> "Totals":
        """Return them without what came to nothing."""
        amounts = {sort: _some(counted) for sort, counted in self.amounts.items()}
        days = self.win_days, self.opening_days, self.won, self.lost, self.open
        return Totals({sort: some for sort, some in amounts.items() if some}, *map(_some, days))


@dataclass(frozen=True)
class Tally:
    """Deals as they were known on `day`, those in `currency` or all, counted.

    `since` is the first day closes are on record, an ordinal, and 0 without any.
    """

    day: date
    currency: str
    since: int
    columns: Mapping[str, DealColumns]
    owners: Mapping[str, OwnerCount]
    totals: Totals

    @property
    def spans(self) -> SpanCounts:
        """Return what the cycle is estimated from."""
        ends = [one.first_end for one in self.owners.values() if one.first_end]
        totals = self.totals
        return SpanCounts(totals.opening_days, totals.won, totals.lost, totals.open, min(ends, default=0))

    @property
    def size(self) -> int:
        """Return how many numbers it holds, its deals aside."""
        totals = self.totals
        days = totals.win_days, totals.opening_days, totals.won, totals.lost, totals.open
        amounts = sum(len(one) for one in totals.amounts.values())
        return amounts + sum(len(one) for one in days) + 2 * len(self.owners)


def tally_of(
    columns: Mapping[str, DealColumns], day: date, currency: str = "", before: Tally | None = None
) -> Tally:
    """Return what deals, by owner, told on `day`; without a currency all of them count.

    What `before` has counted of the same columns on that day is not counted again.
    """
    today = day.toordinal()
    if before is not None and (before.day, before.currency) != (day, currency):
        before = None
    held = before.columns if before is not None else {}
    new = {owner: one.in_currency(currency) for owner, one in columns.items() if held.get(owner) is not one}
    counted = before.owners if before is not None else {}
    kept = [one.first_close for owner, one in counted.items() if owner in columns and owner not in new]
    closes = [*kept, *(one.first_close(today) for one in new.values())]
    since = min((close for close in closes if close), default=0)
    if before is not None and before.since != since:
        return tally_of(columns, day, currency)
    totals = Totals.like(before.totals if before is not None else None)
    for owner, gone in held.items():
        if owner in new or owner not in columns:
            _count(gone.in_currency(currency), today, since, totals, -1)
    owners = {owner: one for owner, one in counted.items() if owner in columns}
    for owner, one in new.items():
        owners[owner] = _count(one, today, since, totals, 1)
    return Tally(day, currency, since, columns, owners, totals.without_nothing())


def mean_won(tally: Tally, apart: Callable[[SortOfDeal], A]) -> dict[A, float]:
    """Return the mean value of the deals won, in minor units, told apart by something of their sort."""
    sums: defaultdict[A, list[float]] = defaultdict(lambda: [0, 0])
    for sort, counted in tally.totals.amounts.items():
        found = sums[apart(sort)]
        found[0] += sum(amount * times for amount, times in counted.items())
        found[1] += sum(counted.values())
    return {of: total / count for of, (total, count) in sums.items()}


def as_one(counted: Iterable[OwnerCount]) -> OwnerCount:
    """Return what several owners' deals tell, as if one had them all."""
    known = [one for one in counted if one.first]
    won: Counter[str | None] = Counter()
    for one in known:
        won.update(one.won)
    return OwnerCount(
        min((one.first for one in known), default=0),
        min((one.first_close for one in known if one.first_close), default=0),
        min((one.first_end for one in known if one.first_end), default=0),
        won,
        sum(one.opened for one in known),
        sum(one.spans for one in known),
    )


def _count(columns: DealColumns, today: int, since: int, totals: Totals, sign: int) -> OwnerCount:
    """Add one owner's deals to the totals, or take them out again with a `sign` of −1.

    A deal that closes before it opens counts as won or lost, and tells nothing of how long it took.
    """
    amounts, wins = [totals.amounts[sort] for sort in columns.named], [0] * len(columns.named)
    win_days, opening_days = totals.win_days, totals.opening_days
    won, lost, still = totals.won, totals.lost, totals.open
    never = today + 1
    first = first_close = first_end = never
    opened_since = spans = 0
    for opened, closed, stage, sort, value in zip(
        columns.opened, columns.closed, columns.stages, columns.sorts, columns.values, strict=True
    ):
        if stage in ENDED and 0 < closed <= today:
            if stage == WON:
                amounts[sort][value] += sign
                win_days[closed] += sign
                wins[sort] += 1
            if closed < first_close:
                first_close = closed
            if not 0 < opened <= closed:
                if closed < first:
                    first = closed
                continue
            (won if stage == WON else lost)[closed - opened] += sign
            if closed < first_end:
                first_end = closed
        elif 0 < opened <= today:
            still[today - opened] += sign
        else:
            continue
        if opened < first:
            first = opened
        opening_days[opened] += sign
        spans += 1
        opened_since += opened >= since
    of_product: Counter[str | None] = Counter()
    for sort_of_deal, times in zip(columns.named, wins, strict=True):
        if times:
            of_product[sort_of_deal.product] += times
    first, first_close, first_end = (0 if day == never else day for day in (first, first_close, first_end))
    return OwnerCount(first, first_close, first_end, of_product, opened_since, spans)


def _some(counted: Mapping[K, int]) -> dict[K, int]:
    return {key: times for key, times in counted.items() if times}
