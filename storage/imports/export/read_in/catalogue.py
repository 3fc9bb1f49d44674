"""Accounts and products read in: known by their names, in any spelling."""

from sales.language.names.match import name_key
from storage.columns import RowClass
from storage.imports.export.read_in.reading import FolderReading, stored
from storage.imports.export.sheet import table_of
from storage.inserts import insert_missing
from storage.pipeline.account import AccountRow, ProductRow
from storage.pipeline.comparable_name import with_comparable


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
            added = await insert_missing(scope.session, model, rows)
        told.added += added
        told.there += len(rows) - added
