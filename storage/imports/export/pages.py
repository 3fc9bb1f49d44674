"""Pages: the rows of a table in the order of their keys, some at a time, each as the cells of a sheet."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, literal, select, tuple_

from sales.goals.goal import Metric
from sales.imports.export import naming
from sales.imports.export.cells import Cell, harmless, written
from storage.columns import MONEY_NAMES
from storage.imports.export.names import ExportNames, FigureUnit, note_page
from storage.imports.export.sheet import COUNTED, NamedBy, Sheet, SheetColumn
from storage.scope import Scope

WHAT, WAS_AND_NOW, DEAL = "what", ("was", "now"), "opportunity_id"  # of a history
PAGE = 500  # rows at once: some 5 ms of reading, and little memory

PageRow = Mapping[str, Any]


async def pages(
    scope: Scope, sheet: Sheet, names: ExportNames, where: Sequence[ColumnElement[bool]] = ()
) -> AsyncIterator[list[PageRow]]:
    """Yield a workspace's rows of a table, page by page; what their ids are called stands in `names` meanwhile."""
    table, connection = sheet.table, await scope.session.connection()
    statement = select(table).where(table.c.workspace_id == scope.workspace_id, *where)
    statement = statement.order_by(*sheet.key).limit(PAGE)
    after: tuple[Any, ...] = ()
    while True:
        further = [tuple_(*sheet.key) > tuple_(*after)] if after else []
        page: list[PageRow] = [
            dict(row) for row in (await connection.execute(statement.where(*further))).mappings()
        ]
        if not page:
            return
        await note_page(scope, names, sheet, page)
        yield page
        if len(page) < PAGE:
            return
        after = tuple(page[-1][column.name] for column in sheet.key)


async def has_rows(scope: Scope, sheet: Sheet, where: Sequence[ColumnElement[bool]]) -> bool:
    """Say whether a workspace has any such row."""
    statement = select(literal(1)).select_from(sheet.table)
    statement = statement.where(sheet.table.c.workspace_id == scope.workspace_id, *where).limit(1)
    return (await (await scope.session.connection()).execute(statement)).first() is not None


def cells_of(sheet: Sheet, names: ExportNames, row: PageRow) -> list[str]:
    """Return what a row says, in the order of the sheet's headings."""
    measured = names.measured(row)
    cells = [cell for column in sheet.columns for cell in cells_in(column, names, row, measured)]
    return [*cells, harmless(measured.currency)] if sheet.tells_currency else cells


def cells_in(column: SheetColumn, names: ExportNames, row: PageRow, measured: FigureUnit) -> list[str]:
    """Return the cell of a column, with the name before it where it is an id that has one."""
    value = row[column.name]
    if column.cell is Cell.MONEY:
        return [figure(column, value, measured)]
    if WHAT in row:
        return [*beside(column, names, row), said(column, names, row)]
    return [*beside(column, names, row), written(column.cell, value)]


def beside(column: SheetColumn, names: ExportNames, row: PageRow) -> list[str]:
    """Return the name that stands before an id that has one."""
    value = row[column.name]
    if column.beside is None:
        return []
    name = names.beside(column.beside, value)
    if column.beside is NamedBy.PERSON and not name and value is None:
        name = row.get("owner_name") or ""  # whom the CRM names, while nobody here goes by it
    return [written(Cell.TEXT, name)]


def said(column: SheetColumn, names: ExportNames, row: PageRow) -> str:
    """Return a cell of a history of many things: what it is of as its column is called, an amount as an amount."""
    value, what = row[column.name], str(row[WHAT])
    if column.name == WHAT and column.cell is Cell.WORD:
        return naming.heading(what)
    if column.name in WAS_AND_NOW and what.endswith(MONEY_NAMES) and value:
        return written(Cell.MONEY, int(value), names.currencies.get(row[DEAL], names.currency))
    return written(column.cell, value)


def figure(column: SheetColumn, value: Any, measured: FigureUnit) -> str:
    """Return an amount with the digits of its currency, or a count as it is."""
    if value is None or not is_amount(column, measured):
        return "" if value is None else str(value)
    return written(Cell.MONEY, round(value), measured.currency)


def is_amount(column: SheetColumn, measured: FigureUnit) -> bool:
    """Say whether the figures of a column are amounts in this row; those of goals are what the goal is about."""
    return column.name not in COUNTED or measured.metric in (None, Metric.REVENUE)
