"""A row as the cells of its sheet."""

from typing import Any

from sales.goals.goal import Metric
from sales.imports.export import naming
from sales.imports.export.cells import WRITERS, Cell, amount, harmless
from storage.columns import MONEY_NAMES
from storage.imports.export.names import ExportNames, FigureUnit
from storage.imports.export.pages import PageRow
from storage.imports.export.sheet import COUNTED, NamedBy, Sheet, SheetColumn

WHAT, WAS_AND_NOW, DEAL = "what", ("was", "now"), "opportunity_id"  # of a history


def cells_of(sheet: Sheet, names: ExportNames, row: PageRow) -> list[str]:
    """Return what a row says, in the order of the sheet's headings."""
    cells: list[str] = []
    unit = names.measured(row)
    is_history = WHAT in row and WAS_AND_NOW[0] in row
    for column in sheet.columns:
        value = row[column.name]
        if column.beside is not None:
            cells.append(harmless_name(column.beside, names, row, value))
        if value is None:
            cells.append("")
        elif is_history:
            cells.append(said(column, names, row))
        elif column.cell is Cell.MONEY:
            cells.append(figure(column, value, unit))
        else:
            cells.append(WRITERS[column.cell](value))
    return [*cells, harmless(unit.currency)] if sheet.tells_currency else cells


def harmless_name(beside: NamedBy, names: ExportNames, row: PageRow, value: Any) -> str:
    """Return the name of what an id is of; of a deal that nobody here owns whom the CRM names."""
    name = names.beside(beside, value)
    if not name and value is None and beside is NamedBy.PERSON:
        name = row.get("owner_name") or ""
    return harmless(name) if name else ""


def said(column: SheetColumn, names: ExportNames, row: PageRow) -> str:
    """Return a cell of a history of many things: what it is of as its column is called, an amount as an amount."""
    value, what = row[column.name], str(row[WHAT])
    if column.name == WHAT:
        return naming.heading(what)
    if column.name in WAS_AND_NOW and what.endswith(MONEY_NAMES) and value:
        return amount(int(value), names.currencies.get(row[DEAL], names.currency))
    return WRITERS[column.cell](value)


def figure(column: SheetColumn, value: Any, unit: FigureUnit) -> str:
    """Return an amount with the digits of its currency, or a count as it is."""
    return amount(round(value), unit.currency) if is_amount(column, unit) else str(value)


def is_amount(column: SheetColumn, unit: FigureUnit) -> bool:
    """Say whether the figures of a column are amounts in this row; those of goals are what the goal is about."""
    return column.name not in COUNTED or unit.metric in (None, Metric.REVENUE)
