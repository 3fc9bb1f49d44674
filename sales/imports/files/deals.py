"""Deals in files: one row as a checked opportunity, or every reason why it cannot be one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from sales.imports.files.blanks import is_blank
from sales.imports.files.dates import read_date
from sales.imports.files.entry import ImportEntry, Reading, RefusedRow, Remark, TakenRow
from sales.imports.files.header import Layout
from sales.imports.files.names import tidy_cell
from sales.imports.files.record_id import one_id, short_id
from sales.imports.files.sheet import SheetRecord
from sales.imports.files.stage_words import STAGE_WORDS
from sales.imports.files.survey import Survey
from sales.imports.files.worth import KnownRates, Worth, WorthReader
from sales.language.figures import plural
from sales.language.names.match import fold, folded, name_key
from sales.language.spelling import closest
from sales.language.typed_text import MAX_NAME, shorten
from sales.pipeline.gate import Gate
from sales.pipeline.opportunity import CLOSED, Opportunity, Stage

LIVE = frozenset({Stage.SUSPECT, Stage.OPEN, Stage.PARKED})
LONGEST = {
    "id": 100,
    "stage": 100,
    "status": 100,
}  # characters, as Opportunity holds them; other text has MAX_NAME

NAMED = frozenset({"id", "name", "stage", "status"})  # where "None" and "-" may be what something is called
PREFIXED = "::::"  # between a module and a name, as vtiger writes what a record refers to
UNKNOWN_STAGE = "unknown stage"


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
    owner, by name, have to pass. `rates` are those by which amounts in other currencies are taken.
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
    ) -> None:
        self.layout = layout
        self.survey = survey
        self.currency = currency
        self.catalogue = catalogue
        self.given = {fold(word): stage for word, stage in (stages or {}).items()}
        self.stages = {**STAGE_WORDS, **layout.preset.stages, **self.given}
        self.gate_of = gate_of
        self.met: dict[str, Stage | None] = {}
        self.ends_at = self.column_of_ends()
        self.worth = WorthReader(layout, currency, survey.mark, rates)

    def read(self, record: SheetRecord) -> Reading:
        """Return the row's deal with what was noticed about it, or all reasons against it."""
        if wrong := self.layout.wrong_width(record.fields):
            return RefusedRow((wrong,))
        cells = self.cells(record)
        stage = self.stage(cells)
        days = {column: self.date(cells, column) for column in ("opened", "closed", "expected")}
        worth = self.value(cells, stage, days["closed"])
        said = {"stage": stage, "value": worth.stated, **days}
        self.check(cells, said)
        if cells.reasons:
            return RefusedRow(tuple(cells.reasons))
        try:
            return self.taken(cells.text, cells.label, said, worth)
        except ValidationError as invalid:
            return RefusedRow(
                tuple(f"{one['msg'].removeprefix('Value error, ')}" for one in invalid.errors())
            )

    def cells(self, record: SheetRecord) -> Cells:
        """Tidy the cells and refuse what is too long to keep."""
        cells = Cells({column: self.cell(record, column, at) for column, at in self.layout.at.items()})
        for column, text in cells.text.items():
            limit = LONGEST.get(column, MAX_NAME)
            if len(text) > limit:
                cells.reasons.append(
                    f"{self.layout.header(column)} is {plural(len(text), 'character')} long; {limit} fit"
                )
        cells.text["id"] = one_id(cells.text["id"])
        if not cells.text["id"]:
            cells.reasons.append(f"has no {self.layout.header('id')}")
        return cells

    def cell(self, record: SheetRecord, column: str, at: int) -> str:
        """Tidy a cell; what only says that there is nothing is empty, except where it may be a name."""
        if column in NAMED:
            return tidy_cell(record.fields[at])
        text = filled_cell(record.fields[at])
        if column == "account" and PREFIXED in text:
            return text.rpartition(PREFIXED)[2]
        if not text and column in self.layout.further:
            others = (filled_cell(record.fields[one]) for one in self.layout.further[column])
            return next(filter(None, others), "")
        return text

    def column_of_ends(self) -> str:
        """Return which of two columns of stages says won and lost; the other then says how far an open deal is."""
        if "status" not in self.layout.at:
            return "stage"
        ends = {
            column: any(self.known(word) in CLOSED for word in self.survey.words.get(column, ()))
            for column in ("stage", "status")
        }
        known = sum(self.known(word) is not None for word in self.survey.words.get("status", ()))
        return "status" if ends["status"] or (known and not ends["stage"]) else "stage"

    def known(self, said: str) -> Stage | None:
        """Return the stage that a word stands for; a pipeline's name in brackets behind it does not count."""
        if said not in self.met:
            names = (said, said.partition("(")[0])
            self.met[said] = next(
                (self.stages[folded(one)] for one in names if folded(one) in self.stages), None
            )
        return self.met[said]

    def stage(self, cells: Cells) -> Stage | None:
        """Read the stage: won and lost from the column that says them, how far an open deal is from the other.

        Which stages are not past the gate the owner's team says, unless whoever imports says otherwise.
        """
        said = cells.text[self.ends_at] or cells.text["stage"]
        stage = self.known(said)
        if stage is not None and stage not in CLOSED and "status" in self.layout.at:
            step = cells.text["stage" if self.ends_at == "status" else "status"]
            if self.known(step) is not None and self.known(step) not in CLOSED:
                said, stage = step, self.known(step)
        names = (said, said.partition("(")[0])
        if said and not (self.given and any(folded(one) in self.given for one in names)):
            stage = self.gate_of(cells.text.get("owner", "")).stage_of(names, stage)
        if stage is None:
            cells.reasons.append(self.no_stage(said))
        cells.label = said
        return stage

    def no_stage(self, said: str) -> str:
        if not said:
            return f"has no {self.layout.header(self.ends_at)}"
        near = closest(said, self.stages)
        return f"{UNKNOWN_STAGE} “{shorten(said)}”" + (f"; did you mean “{near}”?" if near else "")

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
            cells.reasons.append(f"{self.layout.header(column)}: {wrong}")
            return None

    def check(self, cells: Cells, said: dict[str, Any]) -> None:
        """Add the reasons that only several cells together give."""
        if said["stage"] in CLOSED and not cells.text.get("closed"):
            cells.reasons.append(f"is {said['stage'].value} but has no close date")

    def taken(self, text: dict[str, str], label: str, said: dict[str, Any], worth: Worth) -> TakenRow:
        """Make the entry of a row that has passed every check."""
        stage, remarks = said["stage"], list[tuple[Remark, str]]()
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
        expected = said["expected"] or (None if stage in CLOSED else said["closed"])
        deal = Opportunity.model_validate(
            {
                "external_id": text["id"],
                "name": deal_name(text, account, product),
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
                key=text["id"],
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
        stated = {"external_id", "stage", "stage_label", "closed_on"}
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
            stated |= {"value_minor", "converted_minor"}
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
