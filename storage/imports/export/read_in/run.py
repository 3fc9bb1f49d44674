"""The run of a folder that is read in: noted from its start, with what came in, so that it is taken back as any import.

Teams and the people in them stay when it is: they are of Slack, and who came or left since is this place's to say.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, update
from sqlmodel import col

from storage.columns import RowClass
from storage.database import Database
from storage.imports.files.rows import UNDONE, rows_by_id, says
from storage.imports.files.runs import FOLDER, ImportChangeRow, ImportRow, finish_run, start_run
from storage.scope import Scope


async def begin_run(database: Database, workspace_id: str, folder: str, now: datetime) -> int:
    """Note that a folder is being read in; return the number by which it is taken back."""
    async with database.write(workspace_id) as scope:
        return (await start_run(scope, FOLDER, folder, now)).id


async def note_added(scope: Scope, run_id: int, model: RowClass, ids: Sequence[int]) -> None:
    """Note rows that came in, as they are now, in the unit of work that added them."""
    kept = UNDONE[str(model.__tablename__)]
    rows = await rows_by_id(scope, kept, ids)
    changes = [
        {
            "workspace_id": scope.workspace_id,
            "import_id": run_id,
            "table_name": kept.table.name,
            "row_id": row_id,
            "before": None,
            "after_sha": says(rows[row_id]),
            "after_owner_id": rows[row_id].get("owner_id"),
        }
        for row_id in sorted(rows)
    ]
    if not changes:
        return
    connection = await scope.session.connection()
    await connection.execute(insert(ImportChangeRow), changes)
    await connection.execute(
        update(ImportRow)
        .where(col(ImportRow.id) == run_id, col(ImportRow.workspace_id) == scope.workspace_id)
        .values(added=ImportRow.added + len(changes))
    )


async def end_run(database: Database, workspace_id: str, run_id: int, refused: int, now: datetime) -> None:
    """Note that all of a folder was read, and how many rows could not be taken."""
    async with database.write(workspace_id) as scope:
        await finish_run(scope, run_id, refused, now)
