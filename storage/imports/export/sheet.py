"""Sheets: the columns of a table as they go out, made from the table itself, so that a new one needs no word here."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    Table,
    Time,
    TypeDecorator,
)

from sales.imports.export import naming
from sales.imports.export.cells import Cell
from storage.columns import COUNTED_LIKE_MONEY, MONEY_NAMES, RowClass
from storage.pipeline.comparable_name import FOLDED

# What says a thing twice, or only tells processes of ours who is at work on a message.
LEFT_OUT = frozenset(
    {
        *(
            "workspace_id",
            "name_key",
            "account_key",
            "question_key",
            "occurrence_key",
            "rendered_sha",
            "superseded_by",
            "lease_owner",
            "fence",
        ),
        *(
            "lease_until",
            "first_post_at",
            "blind_since",
            "attempts",
            "throttles",
            "misses",
            "plain",
            "repeated",
        ),
    }
)
PEOPLE = frozenset(
    {
        *(
            "user_id",
            "owner_id",
            "old_id",
            "new_id",
            "changed_by",
            "answered_by",
            "asked_by",
            "offered_by",
            "by",
        ),
        *("given_by",),
    }
)
# Texts by field, of what went to a CRM; whatever else is kept as JSON is for programs.
SAID = frozenset({"ours", "shown", "theirs"})
# Minor units or a count, by the metric of the row or of its goal.
COUNTED = COUNTED_LIKE_MONEY | {"done", "attained", "expected"}
CURRENCY = "currency"


class NamedBy(StrEnum):
    """What an id is of that has a name, which stands in a column before it."""

    PERSON = "person"
    TEAM = "team"
    DEAL = "deal"


BESIDE = {"team_id": NamedBy.TEAM, "opportunity_id": NamedBy.DEAL}


@dataclass(frozen=True)
class SheetColumn:
    """One column of a table; where it holds an id that has a name, `beside` says of what."""

    name: str
    heading: str
    cell: Cell
    beside: NamedBy | None = None

    @property
    def headings(self) -> list[str]:
        return [naming.name_heading(self.name), self.heading] if self.beside else [self.heading]


@dataclass(frozen=True)
class Sheet:
    """A table as it goes out. Where its amounts have no currency of their own, the last column says which."""

    model: RowClass
    columns: tuple[SheetColumn, ...]

    @property
    def table(self) -> Table:
        return table_of(self.model)

    @property
    def file(self) -> str:
        return naming.file_of(self.table.name)

    @cached_property
    def tells_currency(self) -> bool:
        """Whether the currency of its amounts is no column of the table, and stands in one of the sheet's own."""
        has_money = any(one.cell is Cell.MONEY for one in self.columns)
        return has_money and CURRENCY not in self.table.c

    @property
    def headings(self) -> list[str]:
        own = [one for column in self.columns for one in column.headings]
        return [*own, CURRENCY] if self.tells_currency else own

    @property
    def key(self) -> list[Column[object]]:
        """What its rows are told apart by within a workspace, and in the order of which they go out."""
        return [one for one in self.table.primary_key.columns if one.name != "workspace_id"]


def sheet_of(model: RowClass) -> Sheet:
    """Return a table as a sheet, its id first."""
    columns = [one for one in table_of(model).columns if goes_out(one)]
    made = [column_of(one) for one in columns]
    return Sheet(model, tuple(sorted(made, key=lambda one: one.heading != "id")))  # the others stay in order


def table_of(model: RowClass) -> Table:
    found: Table = model.__table__  # type: ignore[attr-defined]  # SQLModel adds it to table models
    return found


def goes_out(column: Column[object]) -> bool:
    folded = isinstance(column.type, JSON) and column.name not in SAID
    return column.name not in LEFT_OUT and not (column.name.endswith(FOLDED) or folded)


def column_of(column: Column[object]) -> SheetColumn:
    name = column.name
    if column.primary_key and "name" in column.table.c:  # the row is who is named
        return SheetColumn(name, "id", cell_of(column))
    beside = NamedBy.PERSON if name in PEOPLE else BESIDE.get(name)
    heading = naming.id_heading(name) if beside else naming.heading(name)
    return SheetColumn(name, heading, cell_of(column), beside)


def cell_of(column: Column[object]) -> Cell:
    """Return how the values of a column are written."""
    kind = column.type
    if column.name in COUNTED or column.name.endswith(MONEY_NAMES):
        return Cell.MONEY
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    for cell, types in KINDS:
        if isinstance(plain, types):
            return cell
    return Cell.MAYBE if column.nullable else Cell.TEXT


KINDS: tuple[tuple[Cell, tuple[type, ...]], ...] = (
    (Cell.WORD, (Enum,)),
    (Cell.FLAG, (Boolean,)),
    (Cell.FRACTION, (Float,)),
    (Cell.NUMBER, (Integer,)),
    (Cell.INSTANT, (DateTime,)),
    (Cell.DAY, (Date,)),
    (Cell.TIME, (Time,)),
    (Cell.FIELDS, (JSON,)),
)
