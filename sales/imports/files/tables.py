"""Accounts, products and sales people in files: one row each as checked values, or the reasons against it."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from sales.imports.files.amounts import read_amount
from sales.imports.files.entry import ImportEntry, Reading, RefusedRow, Remark, TakenRow
from sales.imports.files.header import Layout
from sales.imports.files.names import tidy_cell, usual_sector
from sales.imports.files.sheet import SheetRecord
from sales.language.figures import plural
from sales.language.money import MAX_MINOR
from sales.language.names.match import name_key
from sales.language.typed_text import MAX_NAME, shorten
from sales.pipeline.account import MAX_COUNT, MarketReach

MILLION_MINOR = 10**8  # accounts state revenue in millions of the main unit
MAX_EMPLOYEES = 10**8  # above every employer there is
FIRST_FOUNDED, LAST_FOUNDED = 500, 2199  # the oldest firms still trading are from the sixth century
LOCATIONS, REACH = "locations", "reach"
FILLED = (LOCATIONS, REACH)  # an empty cell of these takes nothing back that somebody stated
REACHES: Mapping[str, MarketReach] = {
    **{name.value: name for name in MarketReach},
    **dict.fromkeys(("local", "region", "one region", "city", "state"), MarketReach.REGIONAL),
    **dict.fromkeys(("nation", "nationwide", "domestic", "country", "countrywide"), MarketReach.NATIONAL),
    **dict.fromkeys(
        ("global", "worldwide", "multinational", "world", "cross-border", "continental"),
        MarketReach.INTERNATIONAL,
    ),
}


def reach_in(cell: str) -> MarketReach | None:
    """Return how far a firm does business by a cell; None where it says nothing that is known."""
    return REACHES.get(cell.casefold())


class TableReader:
    """What the readers of all three tables share: cells, their limits, and the list of reasons."""

    def __init__(self, layout: Layout, currency: str) -> None:
        self.layout = layout
        self.currency = currency

    def read(self, record: SheetRecord) -> Reading:
        """Return the row's entry, or all reasons against it."""
        if wrong := self.layout.wrong_width(record.fields):
            return RefusedRow((wrong,))
        text = {column: tidy_cell(record.fields[at]) for column, at in self.layout.at.items()}
        reasons = [
            f"{self.layout.header(column)} is {plural(len(cell), 'character')} long; {MAX_NAME} fit"
            for column, cell in text.items()
            if len(cell) > MAX_NAME
        ]
        if not text["name"]:
            reasons.append(f"has no {self.layout.header('name')}")
        values, remarks = self.values(text, reasons)
        if reasons:
            return RefusedRow(tuple(reasons))
        values["name"] = text["name"]
        said = tuple(sorted(text.items()))
        stated = frozenset(name for name in values if name not in FILLED or values[name] is not None)
        return TakenRow(ImportEntry(name_key(text["name"]), said, values, stated), tuple(remarks))

    def values(
        self, text: dict[str, str], reasons: list[str]
    ) -> tuple[dict[str, Any], list[tuple[Remark, str]]]:
        raise NotImplementedError

    def whole(
        self, text: dict[str, str], column: str, least: int, most: int, reasons: list[str]
    ) -> int | None:
        cell = text.get(column, "").replace(",", "")
        if not cell:
            return None
        if not (cell.isdecimal() and len(cell) < 12 and least <= int(cell) <= most):
            reasons.append(f"{self.layout.header(column)}: “{shorten(cell)}” is not a number in its range")
            return None
        return int(cell)


class AccountReader(TableReader):
    """Reads accounts; a sector that is a clear slip of a usual one is put right and reported."""

    def values(
        self, text: dict[str, str], reasons: list[str]
    ) -> tuple[dict[str, Any], list[tuple[Remark, str]]]:
        sector = usual_sector(text["sector"])
        remarks = [(Remark.SECTOR, f"{text['sector']} → {sector}")] if sector != text["sector"] else []
        values = {
            "sector": sector,
            "location": text["location"],
            "parent": text["parent"],
            "employees": self.whole(text, "employees", 0, MAX_EMPLOYEES, reasons),
            "revenue_minor": self.revenue(text, reasons),
            "founded": self.whole(text, "founded", FIRST_FOUNDED, LAST_FOUNDED, reasons),
        }
        if LOCATIONS in text:
            values[LOCATIONS] = self.whole(text, LOCATIONS, 0, MAX_COUNT, reasons)
        if REACH in text:
            values[REACH] = reach_in(text[REACH])
            if text[REACH] and values[REACH] is None:
                remarks.append((Remark.NO_REACH, shorten(text[REACH])))
        return values, remarks

    def revenue(self, text: dict[str, str], reasons: list[str]) -> int | None:
        """Read the annual revenue, stated in millions, as minor units."""
        cell = text["revenue"].replace(",", "")
        if not cell:
            return None
        try:
            minor = Decimal(cell) * MILLION_MINOR
        except InvalidOperation:
            reasons.append(f"{self.layout.header('revenue')}: “{shorten(cell)}” is not a number")
            return None
        if not (minor.is_finite() and 0 <= minor <= MAX_MINOR):
            reasons.append(f"{self.layout.header('revenue')}: “{shorten(cell)}” is out of range")
            return None
        return int(minor)


class ProductReader(TableReader):
    """Reads products and their list prices."""

    def values(
        self, text: dict[str, str], reasons: list[str]
    ) -> tuple[dict[str, Any], list[tuple[Remark, str]]]:
        price = None
        try:
            price = read_amount(text["price"], self.currency) if text["price"] else None
        except ValueError as wrong:
            reasons.append(f"{self.layout.header('price')}: {wrong}")
        return {"series": text["series"], "list_price_minor": price}, []


class AgentReader(TableReader):
    """Reads sales people. Nothing of them is stored: who is in a team is decided in Slack."""

    def values(
        self, text: dict[str, str], reasons: list[str]
    ) -> tuple[dict[str, Any], list[tuple[Remark, str]]]:
        return {"manager": text["manager"], "region": text["region"]}, []
