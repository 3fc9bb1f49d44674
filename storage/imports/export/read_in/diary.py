"""What people promised and did, read in.

A row is known by its id where the folder is from here, and else by whose it is and the instant it was entered; as many
as were entered in one instant are known together.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from storage.columns import RowClass
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow
from storage.imports.export.read_in.deals import DEALS
from storage.imports.export.read_in.reading import (
    FileReadIn,
    FolderReading,
    insert_rows,
    stored,
    there_by_id,
)
from storage.imports.export.read_in.tables import Values
from storage.imports.export.sheet import table_of

ID = "id"
ENTERED = ("owner_id", "created_at")
READ_AT_ONCE = 2000

Line = tuple[int | None, Values]


async def read_diary(reading: FolderReading) -> None:
    """Read in follow-ups and activities."""
    for model in (FollowUpRow, ActivityRow):
        await read_entries(reading, model)


async def read_entries(reading: FolderReading, model: RowClass) -> None:
    table = reading.table(model)
    if table is None:
        return
    told, entered = reading.begin(table), await entered_here(reading, model)
    for batch in table.batches():
        rows = []
        for row in batch:
            was = row.values.pop(ID, None)
            row.values["opportunity_id"] = reading.of(DEALS, row.values.get("opportunity_id"))
            if (values := stored(reading, told, model, row)) is not None:
                rows.append((was, values))
        await read_batch(reading, told, model, entered, rows)


async def read_batch(
    reading: FolderReading, told: FileReadIn, model: RowClass, entered: Counter[int], batch: Sequence[Line]
) -> None:
    name = table_of(model).name
    async with reading.database.write(reading.workspace_id) as scope:
        own = [was for was, _ in batch if was is not None] if reading.is_same else []
        here = await there_by_id(scope, model, own)
        new = []
        for was, values in batch:
            key = known_by(*(values[column] for column in ENTERED))
            if was in here or entered[key]:
                entered[key] -= 1
                told.there += 1
            else:
                new.append(values)
        ids = await insert_rows(scope, model, new)
        await reading.keep(scope, model, ids)
        if ids and name in reading.added:
            await reading.added[name](scope, ids)
    told.added += len(new)


async def entered_here(reading: FolderReading, model: RowClass) -> Counter[int]:
    """Return how many rows there are by what they are known by, which takes some 100 bytes for each."""
    table, found, after = table_of(model), Counter[int](), 0
    columns = [table.c[column] for column in ENTERED]
    while True:
        statement = (
            select(table.c.id, *columns)
            .where(table.c.workspace_id == reading.workspace_id, table.c.id > after)
            .order_by(table.c.id)
            .limit(READ_AT_ONCE)
        )
        async with reading.database.read(reading.workspace_id) as scope:
            page = (await (await scope.session.connection()).execute(statement)).all()
        if not page:
            return found
        found.update(known_by(*said) for _, *said in page)
        after = page[-1][0]


def known_by(owner_id: str, created_at: Any) -> int:
    return hash((owner_id, created_at))
