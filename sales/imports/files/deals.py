"""Deals in files: one row as a checked opportunity, or every reason why it cannot be one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic import ValidationError

from sales.imports.files.amounts import read_amount
from sales.imports.files.dates import read_date
from sales.imports.files.entry import ImportEntry, Reading, RefusedRow, Remark, TakenRow
from sales.imports.files.header import Layout
from sales.imports.files.names import tidy_cell
from sales.imports.files.sheet import SheetRecord
from sales.imports.files.survey import Survey
from sales.language.figures import plural
from sales.language.names.match import fold, folded, name_key
from sales.language.spelling import closest
from sales.language.typed_text import MAX_NAME, shorten
from sales.pipeline.gate import Gate
from sales.pipeline.opportunity import CLOSED, Opportunity, Stage

LIVE = frozenset({Stage.SUSPECT, Stage.OPEN, Stage.PARKED})
LONGEST = {"id": 100, "stage": 100}  # characters, as Opportunity holds them; other text has MAX_NAME


@dataclass(frozen=True)
class Catalogue:
    """Accounts and products known when deals are read: folded name → spelling, and list price if any."""

    accounts: dict[str, str] = field(default_factory=dict)
    products: dict[str, tuple[str, int | None]] = field(default_factory=dict)


@dataclass
class Cells:
    """The cells of one row by column, and the reasons found so far why it cannot stand."""

    text: dict[str, str]
    reasons: list[str] = field(default_factory=list)


class DealReader:
    """Reads the rows of one file of deals.

    `stages` adds to or overrides what the preset says of stages; `gate_of` returns the entry gate that the deals of an
    owner, by name, have to pass.
    """

    def __init__(
        self,
        layout: Layout,
        survey: Survey,
        currency: str,
        catalogue: Catalogue,
        stages: Mapping[str, Stage] | None = None,
        gate_of: Callable[[str], Gate] = lambda owner: Gate(),
    ) -> None:
        self.layout = layout
        self.survey = survey
        self.currency = currency
        self.catalogue = catalogue
        self.given = {fold(word): stage for word, stage in (stages or {}).items()}
        self.stages = {**layout.preset.stages, **self.given}
        self.gate_of = gate_of

    def read(self, record: SheetRecord) -> Reading:
        """Return the row's deal with what was noticed about it, or all reasons against it."""
        if wrong := self.layout.wrong_width(record.fields):
            return RefusedRow((wrong,))
        cells = self.cells(record)
        said = {
            "stage": self.stage(cells),
            "value": self.value(cells),
            **{column: self.date(cells, column) for column in ("opened", "closed", "expected")},
        }
        self.check(cells, said)
        if cells.reasons:
            return RefusedRow(tuple(cells.reasons))
        try:
            return self.taken(cells.text, said)
        except ValidationError as invalid:
            return RefusedRow(
                tuple(f"{one['msg'].removeprefix('Value error, ')}" for one in invalid.errors())
            )

    def cells(self, record: SheetRecord) -> Cells:
        """Tidy the cells and refuse what is too long to keep."""
        cells = Cells({column: tidy_cell(record.fields[at]) for column, at in self.layout.at.items()})
        for column, text in cells.text.items():
            limit = LONGEST.get(column, MAX_NAME)
            if len(text) > limit:
                cells.reasons.append(
                    f"{self.layout.header(column)} is {plural(len(text), 'character')} long; {limit} fit"
                )
        if not cells.text["id"]:
            cells.reasons.append("has no id")
        return cells

    def stage(self, cells: Cells) -> Stage | None:
        """Read the stage; a pipeline's name in brackets behind it does not count.

        Which stages are not past the gate the owner's team says, unless whoever imports says otherwise.
        """
        said = cells.text["stage"]
        names = (said, said.partition("(")[0])
        stage = next((self.stages[folded(one)] for one in names if folded(one) in self.stages), None)
        if said and not any(folded(one) in self.given for one in names):
            stage = self.gate_of(cells.text.get("owner", "")).stage_of(names, stage)
        if stage is None:
            near = closest(said, self.stages)
            hint = f"; did you mean “{near}”?" if near else ""
            cells.reasons.append(f"unknown stage “{shorten(said)}”{hint}" if said else "has no stage")
        return stage

    def value(self, cells: Cells) -> int | None:
        """Read the value in minor units; None where the cell is empty or there is no such column."""
        text = cells.text.get("value", "")
        currency = cells.text.get("currency", "").upper()
        if currency and currency != self.currency:
            cells.reasons.append(f"is in {shorten(currency)}; the team counts in {self.currency}")
            return None
        if not text:
            return None
        try:
            return read_amount(text, self.currency, self.survey.mark)
        except ValueError as wrong:
            cells.reasons.append(f"{self.layout.header('value')}: {wrong}")
            return None

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
        stage, opened, closed = said["stage"], said["opened"], said["closed"]
        if stage in CLOSED:
            if not cells.text.get("closed"):
                cells.reasons.append(f"is {stage.value} but has no close date")
            if opened and closed and closed < opened:
                cells.reasons.append(f"closes on {closed}, before it opens on {opened}")

    def taken(self, text: dict[str, str], said: dict[str, Any]) -> TakenRow:
        """Make the entry of a row that has passed every check."""
        stage, remarks = said["stage"], list[tuple[Remark, str]]()
        account = self.known_account(text.get("account", ""))
        product, list_price = self.known_product(text.get("product", ""), remarks)
        filled: dict[str, Any] = {"product": product or None, "account": account or None}
        value = said["value"]
        if value is None and stage in LIVE and list_price:
            value = filled["value_minor"] = list_price
            remarks.append((Remark.LIST_PRICE, stage.value))
        elif value is None:
            remarks.append((Remark.NO_VALUE, stage.value))
        if not account:
            remarks.append((Remark.NO_ACCOUNT, ""))
        if stage is not Stage.SUSPECT and said["opened"] is None:
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
                "stage_label": text["stage"],
                "value_minor": value or 0,
                "currency": self.currency,
                "opened_on": None if stage is Stage.SUSPECT else said["opened"],
                "closed_on": said["closed"] if stage in CLOSED else None,
                "expected_on": expected,
            }
        )
        stated = self.stated(said, has_name=bool(text.get("name")))
        return TakenRow(
            ImportEntry(
                key=text["id"],
                said=(tuple(sorted(text.items())), stage.value, *map(str, said.values())),
                values=deal.model_dump(exclude={"owner_id"}),
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
            stated.add("value_minor")
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


def deal_name(text: dict[str, str], account: str, product: str) -> str:
    """Return the deal's own name, or one made of what it is about."""
    made = " – ".join(filter(None, (account, product)))
    return text.get("name") or made[:MAX_NAME] or text["id"]
