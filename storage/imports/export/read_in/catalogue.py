"""Accounts and products read in: known by their names, in any spelling."""

from sqlalchemy import select

from sales.language.names.match import name_key
from storage.columns import RowClass
from storage.imports.export.read_in.reading import FolderReading, stored
from storage.imports.export.sheet import table_of
from storage.inserts import insert_missing
from storage.pipeline.account import AccountRow, ProductRow
from storage.pipeline.comparable_name import with_comparable
from storage.scope import Scope


async def read_catalogue(reading: FolderReading) -> None:
    """Read in accounts and products."""
    for model in (AccountRow, ProductRow):
        await read_named(reading, model)


async def read_named(reading: FolderReading, model: RowClass) -> None:
    table = reading.table(model)
    if table is None:
        return
    told = reading.begin(table)
    for batch in table.batches():
        rows = []
        for row in batch:
            named = {"name_key": name_key(row.values.get("name", "")), "import_id": None}
            row.values.update(named)
            if (values := stored(reading, told, model, row)) is not None:
                rows.append(with_comparable(table_of(model), values))
        async with reading.database.write(reading.workspace_id) as scope:
            keys = sorted({row["name_key"] for row in rows})
            known = await ids_of(scope, model, keys)
            await insert_missing(scope.session, model, rows)
            new = await ids_of(scope, model, keys) - known
            await reading.keep(scope, model, sorted(new))
        told.added += len(new)
        told.there += len(rows) - len(new)


async def ids_of(scope: Scope, model: RowClass, keys: list[str]) -> set[int]:
    """Return the ids of the rows that go by these keys."""
    table = table_of(model)
    here = table.c.workspace_id == scope.workspace_id, table.c.name_key.in_(keys)
    return set(await (await scope.session.connection()).scalars(select(table.c.id).where(*here)))
