"""The book: deals as they were known on a day, by rep, and what a rate is fitted to of them.

What is counted of many deals comes from their tally; what is asked of one rep's is looked up in that rep's columns.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sales.goals.forecast.record import DealRecord, Gain, Past, condensed
from sales.goals.forecast.shrinkage import amounts_won
from sales.pipeline.cycle import DealSpan
from sales.pipeline.deal_columns import CODES, ENDED, WON, ColumnsInTheMaking, DealColumns, SortOfDeal
from sales.pipeline.tally import OwnerCount, Tally, as_one, tally_of

ALL_KNOWN = date.max  # the day of a read that knows every value, also of deals that close later


class OpenDeals(Mapping[str, list[DealRecord]]):
    """The open deals of each rep, looked up when somebody asks for them."""

    def __init__(self, book: "Book") -> None:
        self.book = book
        self.found: dict[str, list[DealRecord]] = {}

    def __getitem__(self, rep: str) -> list[DealRecord]:
        found = self.found.get(rep)
        if found is None:
            found = self.found[rep] = list(self.book.open_of(rep))
        if not found:
            raise KeyError(rep)
        return found

    def __iter__(self) -> Iterator[str]:
        return (rep for rep in self.book.columns if self.get(rep))

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True)
class Book:
    """Deals as they were known on `today`, of those in `currency` or of all.

    `since` is the first day closes are on record, None without any; `seen_from` the first day anything is known of
    a rep. `open_deals` leave out suspects and parked deals: neither is in a forecast (mechanisms 22, 27). `read_on`
    is the day of the read: what closes after it has no value yet.
    """

    today: date
    read_on: date
    currency: str
    since: date | None
    columns: Mapping[str, tuple[DealColumns, ...]]
    counted: Mapping[str, OwnerCount]
    open_deals: Mapping[str, list[DealRecord]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "open_deals", OpenDeals(self))

    @property
    def size(self) -> int:
        """Return how many deals it is of, as near as figures need it."""
        spans = sum(one.spans for one in self.counted.values())
        return max(spans, sum(sum(one.won.values()) for one in self.counted.values()))

    @property
    def seen_from(self) -> Mapping[str, date]:
        """Return the first day anything is known of each rep."""
        return {rep: date.fromordinal(one.first) for rep, one in self.counted.items()}

    @property
    def wins(self) -> list[Gain]:
        """Return every win with its value."""
        last = self.today.toordinal()
        return [
            Gain(rep, date.fromordinal(closed), value, columns.named[sort].product)
            for rep, columns in self._each()
            for closed, stage, sort, value in zip(
                columns.closed, columns.stages, columns.sorts, columns.values, strict=True
            )
            if stage == WON and 0 < closed <= last
        ]

    @property
    def spans(self) -> list[DealSpan]:
        """Return what the cycle reads; a deal that closes before it opens tells nothing of how long it took."""
        last, found = self.today.toordinal(), list[DealSpan]()
        for _, columns in self._each():
            for opened, closed, stage in zip(columns.opened, columns.closed, columns.stages, strict=True):
                ends = closed if stage in ENDED and 0 < closed <= last else 0
                if 0 < opened <= (ends or last):
                    end = date.fromordinal(ends) if ends else None
                    found.append(DealSpan(date.fromordinal(opened), end, stage == WON if ends else None))
        return found

    def wins_since(self, rep: str, first: date) -> int:
        """Return how many deals a rep won from `first` on."""
        days = first.toordinal(), self.today.toordinal()
        return sum(one.in_currency(self.currency).wins_between(*days) for one in self.columns.get(rep, ()))

    def open_of(self, rep: str) -> Iterator[DealRecord]:
        """Yield a rep's open deals."""
        read_on = self.read_on.toordinal()
        for columns in self.columns.get(rep, ()):
            for deal in columns.in_currency(self.currency).open_on(self.today.toordinal()):
                yield DealRecord(
                    rep,
                    deal.product,
                    date.fromordinal(deal.opened),
                    date.fromordinal(deal.closed) if deal.closed else None,
                    deal.stage,
                    0 if deal.closed > read_on else deal.value,
                    deal.is_bare,
                )

    def _each(self) -> Iterator[tuple[str, DealColumns]]:
        for rep, several in self.columns.items():
            for columns in several:
                yield rep, columns.in_currency(self.currency)


def tally_on(deals: Iterable[DealRecord], today: date) -> Tally:
    """Return the deals as they were known on `today`, counted."""
    made: defaultdict[str, ColumnsInTheMaking] = defaultdict(ColumnsInTheMaking)
    for rep, product, opened, closed, stage, value, is_bare in deals:
        begins, ends = (day.toordinal() if day is not None else 0 for day in (opened, closed))
        made[rep].add(begins, ends, CODES[stage], SortOfDeal("", product, is_bare), value)
    return tally_of({rep: one.made() for rep, one in made.items()}, today)


def book_of(tally: Tally, read_on: date = ALL_KNOWN, together: str = "") -> Book:
    """Return the book of deals that were counted; with `together` one rep of that name has them all."""
    known = {owner: one for owner, one in tally.owners.items() if one.first}
    columns: dict[str, tuple[DealColumns, ...]] = {owner: (tally.columns[owner],) for owner in known}
    if together and known:
        columns = {together: tuple(tally.columns[owner] for owner in sorted(known))}
        known = {together: as_one(known.values())}
    since = date.fromordinal(tally.since) if tally.since else None
    return Book(tally.day, read_on, tally.currency, since, columns, known)


def wins_of(book: Book, tally: Tally) -> Past | None:
    """Return what was won by the day of the book; None where nothing was."""
    if book.since is None or not tally.totals.win_days:
        return None
    amounts = amounts_won(tally.totals.amounts)
    return Past(
        book.today,
        book.since,
        {rep: sum(one.won.values()) for rep, one in sorted(book.counted.items())},
        _seen(book, book.since),
        {rep: one.won for rep, one in book.counted.items() if one.won},
        {sort: condensed(found) for sort, found in sorted(amounts.items(), key=lambda one: one[0] or "")},
        _days(tally.totals.win_days, book.since),
    )


def openings_of(book: Book, tally: Tally) -> Past | None:
    """Return what was opened by the day of the book, since closes are on record; None where nothing ever was."""
    opened = tally.totals.opening_days
    if not opened:
        return None
    since = book.since or date.fromordinal(min(opened))
    days = _days(opened, since)
    total = sum(days.values())
    return Past(
        book.today,
        since,
        {rep: one.opened for rep, one in sorted(book.counted.items())},
        _seen(book, since),
        {rep: {None: one.opened} for rep, one in book.counted.items() if one.opened},
        {None: ((1.0, total),)} if total else {},
        days,
    )


def _seen(book: Book, since: date) -> dict[str, date]:
    return {rep: max(since, day) for rep, day in book.seen_from.items()}


def _days(counted: Mapping[int, int], since: date) -> dict[date, int]:
    first = since.toordinal()
    return {date.fromordinal(day): times for day, times in counted.items() if day >= first}
