"""Deals in columns: all that is counted of an owner's deals, some twenty bytes each, so that every deal can be kept.

Days are ordinals, 0 where there is none.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import compress
from typing import NamedTuple

from sales.pipeline.opportunity import Stage

STAGES = tuple(Stage)
CODES = {stage: code for code, stage in enumerate(STAGES)}
WON = CODES[Stage.WON]
ENDED = frozenset({WON, CODES[Stage.LOST]})
NEITHER_OPEN = frozenset({CODES[Stage.SUSPECT], CODES[Stage.PARKED]})  # in no forecast (mechanisms 22, 27)


class SortOfDeal(NamedTuple):
    """What amounts are told apart by. `is_bare` where somebody typed the deal and no CRM knows it, nor any stage."""

    currency: str
    product: str | None
    is_bare: bool = False


class PlainDeal(NamedTuple):
    """One deal taken out of the columns again."""

    opened: int
    closed: int
    stage: Stage
    product: str | None
    value: float
    is_bare: bool


@dataclass(frozen=True, slots=True)
class DealColumns:
    """Deals of one owner; `sorts` says which of `named` each is of."""

    opened: "array[int]"
    closed: "array[int]"
    stages: bytes
    sorts: "array[int]"
    values: "array[float]"
    named: tuple[SortOfDeal, ...]

    def __len__(self) -> int:
        return len(self.stages)

    def in_currency(self, currency: str) -> "DealColumns":
        """Return the deals in one currency; without one, all of them."""
        wanted = [not currency or sort.currency == currency for sort in self.named]
        if all(wanted):
            return self
        keep = [wanted[sort] for sort in self.sorts]
        return DealColumns(
            array("i", compress(self.opened, keep)),
            array("i", compress(self.closed, keep)),
            bytes(compress(self.stages, keep)),
            array("i", compress(self.sorts, keep)),
            array("d", compress(self.values, keep)),
            self.named,
        )

    def first_close(self, today: int) -> int:
        """Return the first day by `today` on which one of them was won or lost; 0 without any."""
        closes = (
            closed
            for closed, stage in zip(self.closed, self.stages, strict=True)
            if 0 < closed <= today and stage in ENDED
        )
        return min(closes, default=0)

    def wins_between(self, first: int, last: int) -> int:
        """Return how many were won on two days and between them."""
        return sum(
            stage == WON and first <= closed <= last
            for closed, stage in zip(self.closed, self.stages, strict=True)
        )

    def open_on(self, today: int) -> Iterator[PlainDeal]:
        """Yield the deals that were open as known on a day; suspects and parked ones are not."""
        for place, (opened, closed, stage) in enumerate(
            zip(self.opened, self.closed, self.stages, strict=True)
        ):
            if not 0 < opened <= today or stage in NEITHER_OPEN:
                continue
            if stage in ENDED and 0 < closed <= today:
                continue
            yield self.deal(place)

    def deal(self, place: int) -> PlainDeal:
        """Return one of them."""
        sort = self.named[self.sorts[place]]
        return PlainDeal(
            self.opened[place],
            self.closed[place],
            STAGES[self.stages[place]],
            sort.product,
            self.values[place],
            sort.is_bare,
        )


@dataclass(slots=True)
class ColumnsInTheMaking:
    """Columns that deals are still added to, in the order in which they are to be."""

    opened: "array[int]" = field(default_factory=lambda: array("i"))
    closed: "array[int]" = field(default_factory=lambda: array("i"))
    stages: bytearray = field(default_factory=bytearray)
    sorts: "array[int]" = field(default_factory=lambda: array("i"))
    values: "array[float]" = field(default_factory=lambda: array("d"))
    named: dict[SortOfDeal, int] = field(default_factory=dict)

    def add(self, opened: int, closed: int, stage: int, sort: SortOfDeal, value: float) -> None:
        """Add a deal; its days are ordinals, its stage one of `CODES`."""
        self.opened.append(opened)
        self.closed.append(closed)
        self.stages.append(stage)
        self.sorts.append(self.named.setdefault(sort, len(self.named)))
        self.values.append(value)

    def made(self) -> DealColumns:
        """Return the columns."""
        stages, named = bytes(self.stages), tuple(self.named)
        return DealColumns(self.opened, self.closed, stages, self.sorts, self.values, named)
