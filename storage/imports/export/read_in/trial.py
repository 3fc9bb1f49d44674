"""A trial: a folder read into a copy of what it would be held against, which is gone afterwards.

A folder comes in unit by unit, each on top of those before, so what would come of it is only known by doing it. The
copy is a SQLite file, whichever engine the workspace is on, and has only the tables that reading a folder looks at.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Table, insert, select, tuple_
from sqlmodel import SQLModel

from sales.imports.export.folder import READ_IN
from sales.nudges.declared import Declared
from storage.database import Database
from storage.imports.erasure import within
from storage.people.erased_contact import ErasedContactRow
from storage.people.pseudonym import ErasedNameRow

AT_ONCE = 1000  # rows
# Who was forgotten is known to whoever looks for a person.
BESIDES = (str(ErasedNameRow.__tablename__), str(ErasedContactRow.__tablename__))


@asynccontextmanager
async def trial(
    database: Database | None, workspace_id: str | None, declared: Declared
) -> AsyncIterator[Database]:
    """Open a copy of a workspace, as far as a folder is held against it; an empty one where there is none yet."""
    with TemporaryDirectory(prefix="rainmaker-") as aside:
        copy = await Database.open(f"sqlite+aiosqlite:///{aside}/trial.db", declared=declared)
        try:
            if database is not None and workspace_id is not None:
                for table in looked_at():
                    await copy_table(database, workspace_id, table, copy)
            yield copy
        finally:
            await copy.close()


def looked_at() -> list[Table]:
    """Return the tables that reading a folder looks at, those first that others refer to."""
    names, further = set[str](), {*READ_IN, *BESIDES}
    tables = SQLModel.metadata.tables
    while further:
        names |= further
        further = {key.column.table.name for name in names for key in tables[name].foreign_keys} - names
    return [table for table in SQLModel.metadata.sorted_tables if table.name in names]


async def copy_table(database: Database, workspace_id: str, table: Table, copy: Database) -> None:
    keys, after = list(table.primary_key.columns), None
    while True:
        async with database.read(workspace_id) as scope:
            here: Any = keys[0] == workspace_id if table.name == "workspace" else within(table, scope)
            statement = select(table).where(here).order_by(*keys).limit(AT_ONCE)
            if after is not None:
                statement = statement.where(tuple_(*keys) > tuple_(*after))
            connection = await scope.session.connection()
            rows = [dict(row) for row in (await connection.execute(statement)).mappings()]
        if not rows:
            return
        async with copy.write_ledger() as ledger:
            await (await ledger.session.connection()).execute(insert(table), rows)
        after = [rows[-1][key.name] for key in keys]
