"""Pages: the rows of a table in the order of their keys, some at a time, as values by column."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, literal, select, tuple_

from storage.engines.statement import Compiled, Raw, Statement
from storage.imports.export.sheet import Sheet
from storage.scope import Scope

PAGE = 500  # rows at once: some milliseconds, and little memory

PageRow = Mapping[str, Any]
Where = Sequence[ColumnElement[bool]]


async def pages(scope: Scope, sheet: Sheet, where: Where = ()) -> AsyncIterator[list[PageRow]]:
    """Yield a workspace's rows of a table, page by page.

    What the driver answers becomes values in a thread, as that takes longer than anybody on the loop should wait.
    """
    first, next_ones = statements(sheet, where)
    asked = first
    after: dict[str, Any] = {}
    while True:
        compiled = asked.on(scope.unit.dialect)
        given = compiled.values({"workspace_id": scope.workspace_id, **after})
        answered = await scope.unit.driver.fetch(compiled.sql, given)
        page = await asyncio.to_thread(rows_of, sheet, compiled, answered)
        if page:
            yield page
        if len(page) < PAGE:
            return
        asked = next_ones
        after = {f"after_{place}": page[-1][column.name] for place, column in enumerate(sheet.key)}


def rows_of(sheet: Sheet, compiled: Compiled, answered: Sequence[Raw]) -> list[PageRow]:
    names = [column.name for column in sheet.columns]
    return [dict(zip(names, row, strict=True)) for row in compiled.answers(answered)]


def statements(sheet: Sheet, where: Where) -> tuple[Statement, Statement]:
    """Return how the first page is asked for, and each one after another."""
    key = sheet.key
    first = every(sheet, where).order_by(*key).limit(PAGE)
    last = [bindparam(f"after_{place}", type_=column.type) for place, column in enumerate(key)]
    further = key[0] > last[0] if len(key) == 1 else tuple_(*key) > tuple_(*last)
    return Statement(first), Statement(first.where(further))


def every(sheet: Sheet, where: Where) -> Select[Any]:
    table = sheet.table
    workspace_id = table.c.workspace_id
    # Without an index that begins with the workspace, so that each page goes on where the one before ended: sorted by
    # another index, every page would be sorted out of all the rows.
    within = workspace_id if workspace_id.primary_key else workspace_id.concat("")
    here = within == bindparam("workspace_id")
    return select(*(table.c[column.name] for column in sheet.columns)).where(here, *where)


async def has_rows(scope: Scope, sheet: Sheet, where: Where) -> bool:
    """Say whether a workspace has any such row."""
    statement = every(sheet, where).with_only_columns(literal(1)).select_from(sheet.table).limit(1)
    return bool(await scope.ask(Statement(statement)))
