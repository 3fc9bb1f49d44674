"""The tables of an exported folder: rows of a file as the values that their columns hold, a batch at a time."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError, create_model
from sqlmodel import SQLModel

from sales.goals.goal import Metric
from sales.imports.export.cells import Cell, itself, read
from sales.refusal import Refusal
from storage.columns import RowClass
from storage.imports.export.names import METRIC, FigureUnit
from storage.imports.export.row import is_amount
from storage.imports.export.sheet import CURRENCY, Sheet, SheetColumn
from storage.imports.export.write_out import ENCODING

BATCH = 250  # rows in one unit of work, some 20 ms
LONGEST_CELL = 1_000_000  # characters; nothing that goes out is as long
TEXTS = (Cell.TEXT, Cell.WORD)

Values = dict[str, Any]
UnitOf = Callable[[Mapping[str, Any]], FigureUnit]


@dataclass(frozen=True)
class ReadRow:
    """One row of a file: what it says by column, the names beside its ids by heading, or why it cannot be taken."""

    line: int
    values: Values
    beside: Mapping[str, str]
    refused: str = ""


@dataclass(frozen=True)
class ExportedTable:
    """A file of an export, and the table it is read into. What its figures are is asked of `measured_by`."""

    path: Path
    sheet: Sheet
    measured_by: UnitOf | None = None

    def batches(self) -> Iterator[list[ReadRow]]:
        """Yield the rows in their order, some at a time; only a batch is ever held.

        Raises:
            Refusal: if the file is none of an export.
        """
        rows = self.rows()
        while batch := list(islice(rows, BATCH)):
            yield batch

    def rows(self) -> Iterator[ReadRow]:
        csv.field_size_limit(LONGEST_CELL)
        with self.path.open(encoding=ENCODING, newline="") as file:
            reader = csv.reader(file, strict=True)
            try:
                header = next(reader, [])
                self.check(header)
                for cells in reader:
                    if cells:
                        yield self.row(
                            reader.line_num, dict(zip(header, cells, strict=False)), len(cells) == len(header)
                        )
            except (csv.Error, UnicodeDecodeError) as damaged:
                raise Refusal(
                    f"{self.path.name} is damaged near line {reader.line_num}: {damaged}."
                ) from damaged

    def check(self, header: Sequence[str]) -> None:
        missing = [one for one in self.sheet.headings if one not in header and one in self.needed]
        if missing:
            raise Refusal(
                f"{self.path.name} has no column “{missing[0]}”, so it is not as it was exported. Export it again."
            )

    @property
    def needed(self) -> set[str]:
        """The headings that a row cannot be without; the others may come from a later version, or be left out."""
        table = self.sheet.table
        return {
            one.heading
            for one in self.sheet.columns
            if not table.c[one.name].nullable and table.c[one.name].default is None
        }

    def row(self, line: int, cells: Mapping[str, str], is_whole: bool) -> ReadRow:
        beside = {name: itself(cell) for name, cell in cells.items()}
        if not is_whole:
            return ReadRow(line, {}, beside, "the row has more or fewer cells than its header")
        try:
            return ReadRow(line, self.values(cells), beside)
        except Refusal as refused:
            return ReadRow(line, {}, beside, refused.text.rstrip("."))

    def values(self, cells: Mapping[str, str]) -> Values:
        """Return what the cells of a row say, by column.

        Raises:
            Refusal: for a cell that holds something else.
        """
        there = [one for one in self.sheet.columns if one.heading in cells]
        found = {one.name: value_of(one, cells[one.heading]) for one in there if one.cell is not Cell.MONEY}
        measured = self.measured(found, cells)
        for one in there:
            if one.cell is Cell.MONEY:
                kind = Cell.MONEY if is_amount(one, measured) else Cell.NUMBER
                found[one.name] = read(kind, cells[one.heading], measured.currency)
        return found

    def measured(self, found: Values, cells: Mapping[str, str]) -> FigureUnit:
        if self.measured_by is not None:
            return self.measured_by(found)
        metric = Metric(found[METRIC]) if found.get(METRIC) in set(Metric) else None
        return FigureUnit(metric, found.get(CURRENCY) or cells.get(CURRENCY) or "USD")


def value_of(column: SheetColumn, cell: str) -> Any:
    value = read(column.cell, cell)
    return "" if value is None and column.cell is Cell.TEXT else value


def checked(model: RowClass, values: Values) -> Values:
    """Return what a row is stored as: every column, as the table's value class has it.

    Raises:
        ValueError: with the reason, for a person.
    """
    try:
        said = value_class(model).model_validate(values)
    except ValidationError as invalid:
        raise ValueError("; ".join(reason(one) for one in invalid.errors())) from None
    return {name: value for name, value in said.__dict__.items() if name != "id"}


@cache
def value_class(model: RowClass) -> type[SQLModel]:
    """Return a table's columns as a value without a table, which is validated in a fifth of the time."""
    base = next(one for one in model.__mro__[1:] if issubclass(one, SQLModel))
    own: dict[str, Any] = {
        name: (field.annotation, field)
        for name, field in model.model_fields.items()
        if base.model_fields.get(name) is not field
    }
    return create_model(f"{model.__name__}Read", __base__=base, **own)


def reason(error: Any) -> str:
    where = ".".join(str(part).replace("_", " ") for part in error["loc"])
    said = str(error["msg"]).removeprefix("Value error, ").rstrip(".")
    return f"{where}: {said}" if where else said
