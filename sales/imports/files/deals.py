"""Deals in files: one row as a checked opportunity, or every reason why it cannot be one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from sales.imports.export.cells import itself
from sales.imports.files.blanks import is_blank
from sales.imports.files.cell_errors import found_nothing, is_error
from sales.imports.files.dates import read_date
from sales.imports.files.entry import ImportEntry, Reading, RefusedRow, Remark, TakenRow
from sales.imports.files.gone import why_gone
from sales.imports.files.groups import nobody_in_groups
from sales.imports.files.header import KNOWN_BY, Layout
from sales.imports.files.key_by_name import key_by_name
from sales.imports.files.names import tidy_cell
from sales.imports.files.oddities import cells_not_found, odd_days
from sales.imports.files.outcome import OutcomeReader
from sales.imports.files.preset import NAMED
from sales.imports.files.record_id import one_id, short_id
from sales.imports.files.sheet import SheetRecord
from sales.imports.files.stages import StageReader
from sales.imports.files.survey import Survey
from sales.imports.files.totals import IS_TOTAL, is_total
from sales.imports.files.worth import KnownRates, Worth, WorthReader
from sales.language.figures import plural
from sales.language.names.match import name_key
from sales.language.typed_text import MAX_NAME, shorten
from sales.pipeline.gate import Gate
from sales.pipeline.opportunity import CLOSED, Opportunity, Stage

LIVE = frozenset({Stage.SUSPECT, Stage.OPEN, Stage.PARKED})
LONGEST = {
    "id": 100,
    "stage": 100,
    "status": 100,
}  # characters, as Opportunity holds them; other text has MAX_NAME

PREFIXED = "::::"  # between a module and a name, as vtiger writes what a record refers to
SUBJECTS = ("name", "account", "product")
ENTERED_HERE = ": it was entered in Rainmaker, and comes back with the whole exported folder alone"


@dataclass(frozen=True)
class Catalogue:
    """Accounts and products known when deals are read: folded name → spelling, and list price if any."""

    accounts: dict[str, str] = field(default_factory=dict)
    products: dict[str, tuple[str, int | None]] = field(default_factory=dict)


@dataclass
class Cells:
    """The cells of one row by column, what it calls its stage, and the reasons found so far why it cannot stand."""

    text: dict[str, str]
    label: str = ""
    reasons: list[str] = field(default_factory=list)


class DealReader:
    """Reads the rows of one file of deals.

    `stages` adds to or overrides what the preset says of stages; `gate_of` returns the entry gate that the deals of an
    owner, by name, have to pass. `rates` are those by which amounts in other currencies are taken, and `apart` is what
    the file's ids are kept under, where another system has the same ones.
    """

    def __init__(
        self,
        layout: Layout,
        survey: Survey,
        currency: str,
        catalogue: Catalogue,
        stages: Mapping[str, Stage] | None = None,
        gate_of: Callable[[str], Gate] = lambda owner: Gate(),
        rates: KnownRates | None = None,
        apart: str = "",
    ) -> None:
        self.layout = layout
        self.apart = apart
        self.is_own = layout.preset.own
        self.survey = survey
        self.currency = currency
        self.catalogue = catalogue
        self.stages = StageReader(layout, survey, stages or {}, gate_of)
        self.outcome = OutcomeReader(layout)
        self.worth = WorthReader(layout, currency, survey.mark, rates)
        self.today = rates.today if rates is not None else None

    def read(self, record: SheetRecord) -> Reading:
        """Return the row's deal with what was noticed about it, or all reasons against it."""
        if wrong := self.layout.wrong_width(record.fields):
            return RefusedRow((wrong,))
        cells = self.cells(record)
        text = cells.text
        if is_total(text["id"]) or is_total(text.get("name", "")) or is_total(text.get("owner", "")):
            return RefusedRow((IS_TOTAL,))
        stage = self.stage(cells)
        if gone := why_gone(self.layout.headers, self.layout.gone, record.fields, stage):
            return RefusedRow(tuple(gone))
        cells.reasons += self.outcome.settle(cells.text, record.fields, stage)
        days = {column: self.date(cells, column) for column in ("opened", "closed", "expected")}
        worth = self.value(cells, stage, days["closed"])
        said: dict[str, Any] = {"stage": stage, "value": worth.stated, **days}
        self.check(cells, said, record)
        if cells.reasons:
            return RefusedRow(tuple(cells.reasons))
        try:
            odd = [*cells_not_found(self.layout, record), *odd_days(said["stage"], **days, today=self.today)]
            return self.taken(cells.text, cells.label, said, worth, odd)
        except ValidationError as invalid:
            return RefusedRow(
                tuple(f"{one['msg'].removeprefix('Value error, ')}" for one in invalid.errors())
            )

    def id_of(self, record: SheetRecord) -> str:
        """Return the id of a row, also of one that cannot be taken; "" where it has none."""
        said = {
            column: self.cell(record, column, at)
            for column, at in self.layout.at.items()
            if column in KNOWN_BY and at < len(record.fields)
        }
        account = self.known_account(said.get("account", ""))
        return self.key({"id": one_id(said.get("id", ""))}, said.get("name") or account, account)

    def key(self, text: Mapping[str, str], name: str, account: str) -> str:
        """Return what a deal is known by: its id, under the name of its system where it is kept apart, or its name."""
        if not self.layout.has_ids:
            return key_by_name(name, account)
        return f"{self.apart}:{text['id']}" if self.apart and text["id"] else text["id"]

    def cells(self, record: SheetRecord) -> Cells:
        """Tidy the cells and refuse what is too long to keep."""
        cells = Cells({column: self.cell(record, column, at) for column, at in self.layout.at.items()})
        for column, text in cells.text.items():
            limit = LONGEST.get(column, MAX_NAME) - (
                len(self.apart) + 1 if column == "id" and self.apart else 0
            )
            if len(text) > limit:
                cells.reasons.append(
                    f"{self.layout.header(column)} is {plural(len(text), 'character')} long; {limit} fit"
                )
            if is_error(text):
                cells.reasons.append(f"{self.layout.header(column)} holds an error of a spreadsheet ({text})")
                cells.text[column] = text if column in NAMED else ""
        cells.text["id"] = one_id(cells.text.get("id", ""))
        if not self.layout.has_ids:
            if not any(cells.text.get(one) for one in SUBJECTS):
                cells.reasons.append("has no name, by which it could be known again")
        elif not cells.text["id"]:
            cells.reasons.append(f"has no {self.layout.header('id')}" + (ENTERED_HERE if self.is_own else ""))
        if self.survey.unsure_owners and not cells.text.get("owner"):
            cells.reasons.append(nobody_in_groups(self.layout.header("owner")))
        return cells

    def cell(self, record: SheetRecord, column: str, at: int) -> str:
        """Tidy a cell; what only says that there is nothing is empty, except where it may be a name."""
        said = itself(record.fields[at]) if self.is_own else record.fields[at]
        if column in NAMED:
            return tidy_cell(said)
        text = filled_cell(said)
        return text.rpartition(PREFIXED)[2] if column == "account" and PREFIXED in text else text

    def stage(self, cells: Cells) -> Stage | None:
        """Read the stage, and what the row calls it."""
        said = self.stages.read(cells.text)
        cells.label = said.label
        if said.reason:
            cells.reasons.append(said.reason)
        return said.stage

    def value(self, cells: Cells, stage: Stage | None, closed: date | None) -> Worth:
        """Read what the deal is worth; by the rate of the day it closed, or of today, where that takes one."""
        try:
            return self.worth.read(cells.text, stage, closed)
        except ValueError as wrong:
            cells.reasons.append(str(wrong))
            return Worth()

    def date(self, cells: Cells, column: str) -> date | None:
        text = cells.text.get(column, "")
        if not text:
            return None
        try:
            return read_date(text, self.survey.orders[column])
        except ValueError as wrong:
            cells.reasons.append(f"{self.outcome.header(column)}: {wrong}")
            return None

    def check(self, cells: Cells, said: dict[str, Any], record: SheetRecord) -> None:
        """Add the reasons that only several cells together give."""
        if said["stage"] is Stage.WON and "value" in self.layout.at:
            written = record.fields[self.layout.at["value"]].strip()
            if found_nothing(written) and not cells.text["value"]:
                cells.reasons.append(f"is won, and its {self.layout.header('value')} is {written}, no figure")
        if said["stage"] in CLOSED and not cells.text.get("closed"):
            cells.reasons.append(
                f"is {said['stage'].value} but has no close date{self.outcome.maybe_expected}"
            )

    def taken(
        self,
        text: dict[str, str],
        label: str,
        said: dict[str, Any],
        worth: Worth,
        remarks: list[tuple[Remark, str]],
    ) -> TakenRow:
        """Make the entry of a row that has passed every check."""
        stage = said["stage"]
        account = self.known_account(text.get("account", ""))
        product, list_price = self.known_product(text.get("product", ""), remarks)
        filled: dict[str, Any] = {"product": product or None, "account": account or None}
        value = worth.minor
        if worth.rate is not None:
            remarks.append((Remark.RATE, worth.taken_at))
        if value is None and stage in LIVE and list_price:
            value = filled["value_minor"] = list_price
            remarks.append((Remark.LIST_PRICE, stage.value))
        elif value is None:
            remarks.append((Remark.NO_VALUE, stage.value))
        if not account:
            remarks.append((Remark.NO_ACCOUNT, ""))
        if stage in CLOSED and said["opened"] and said["closed"] and said["closed"] < said["opened"]:
            remarks.append((Remark.CLOSED_BEFORE_OPENED, stage.value))
            said = {**said, "opened": None}
        elif stage is not Stage.SUSPECT and said["opened"] is None:
            remarks.append((Remark.NO_OPENING, stage.value))
        if stage is Stage.SUSPECT and said["opened"] is not None:
            remarks.append((Remark.OPENING_DROPPED, ""))
        name = deal_name(text, account, product)
        key = self.key(text, name, account)
        expected = said["expected"] or (None if stage in CLOSED else said["closed"])
        deal = Opportunity.model_validate(
            {
                "external_id": key,
                "name": name,
                "account": account or None,
                "product": product or None,
                "source": text.get("source") or None,
                "owner_name": text.get("owner", ""),
                "stage": stage,
                "stage_label": label,
                "value_minor": value or 0,
                "currency": self.currency,
                "opened_on": None if stage is Stage.SUSPECT else said["opened"],
                "closed_on": said["closed"] if stage in CLOSED else None,
                "expected_on": expected,
            }
        )
        known_as = short_id(text["id"]) or text["id"]  # as it was before both forms were known to be one
        stated = self.stated(said, has_name=bool(text.get("name")))
        return TakenRow(
            ImportEntry(
                key=key,
                said=(tuple(sorted({**text, "id": known_as}.items())), stage.value, *map(str, said.values())),
                values={
                    **deal.model_dump(exclude={"owner_id"}),
                    "converted_minor": worth.converted_minor,
                },
                fields=stated,
                filled=filled,
                derived_name=not text.get("name"),
            ),
            tuple(remarks),
        )

    def stated(self, said: dict[str, Any], *, has_name: bool) -> frozenset[str]:
        """Return which values the file itself states, and so may replace stored ones.

        Stage and close date always go together, so that no deal is won without a date.
        """
        stated = {"stage", "stage_label", "closed_on"} | ({"external_id"} if self.layout.has_ids else set())
        columns = {
            "account": "account",
            "product": "product",
            "source": "source",
            "owner": "owner_name",
            "expected": "expected_on",
        }
        stated |= {name for column, name in columns.items() if column in self.layout.at}
        if "opened" in self.layout.at or said["stage"] is Stage.SUSPECT:
            stated.add("opened_on")
        if "closed" in self.layout.at:
            stated.add("expected_on")
        if said["value"] is not None:
            stated |= {"value_minor"} if self.is_own else {"value_minor", "converted_minor"}
        if has_name:
            stated.add("name")
        return frozenset(stated)

    def known_account(self, said: str) -> str:
        """Return an account as the account list spells it, or as the file does."""
        return self.catalogue.accounts.get(name_key(said), said) if said else ""

    def known_product(self, said: str, remarks: list[tuple[Remark, str]]) -> tuple[str, int | None]:
        """Return a product as the product list spells it, with its list price; noted where they differ."""
        if not said:
            return "", None
        known = self.catalogue.products.get(name_key(said))
        if known is None:
            remarks.append((Remark.UNKNOWN_PRODUCT, shorten(said)))
            return said, None
        if known[0] != said:
            remarks.append((Remark.RESPELLED, f"{shorten(said)} → {shorten(known[0])}"))
        return known


@lru_cache(maxsize=8192)  # a file names few accounts, products, people and days, each many times
def filled_cell(cell: str) -> str:
    """Return a cell's text, "" where it only says that there is nothing."""
    text = tidy_cell(cell)
    return "" if is_blank(text) else text


def deal_name(text: dict[str, str], account: str, product: str) -> str:
    """Return the deal's own name, or one made of what it is about."""
    made = " – ".join(filter(None, (account, product)))
    return text.get("name") or made[:MAX_NAME] or text["id"]
