"""Undoing an import: every row back to what it said, except those somebody has changed since.

It goes in steps, the latest change first, and each step forgets what it put back. An undo that dies midway
is simply run again; rows left alone keep their images, so that it can be tried again later.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete
from sqlmodel import SQLModel, col, select

from sales.language.figures import long_day
from sales.people.access import OPERATOR, TEAM
from sales.people.directory import Directory
from sales.refusal import Refusal
from storage.database import Database
from storage.goals.goal import GoalChangeRow, GoalRow
from storage.goals.outcome import GoalOutcomeRow
from storage.goals.runway import RunwayMemoryRow
from storage.goals.scoreboard import ForecastRow
from storage.imports.files.desk import Clock
from storage.imports.files.owners import link_all_owners
from storage.imports.files.rows import (
    TABLES,
    UNDONE,
    ImportedRow,
    KeptRows,
    from_image,
    named,
    rows_by_id,
    says,
)
from storage.imports.files.runs import (
    SYNCED,
    ImportChangeRow,
    ImportRow,
    crm_runs,
    latest_runs,
    run_of,
)
from storage.imports.files.write import set_rows
from storage.people.access import note_change
from storage.people.member import people_directory
from storage.pipeline.deal_history import DealChangeRow, forget_imported_history
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

GOES_ALONG = frozenset(
    str(model.__tablename__)
    for model in (DealChangeRow, GoalChangeRow, GoalOutcomeRow, ForecastRow, RunwayMemoryRow)
)
STEP = 100  # changes in one unit of work: some 10 ms of the event loop and of the database's write lock


class Undone(NamedTuple):
    """What one step did; `rest` is the change to go on below, None when all are through."""

    removed: int
    restored: int
    left: tuple[str, ...]  # rows left as they are, each with the reason
    rest: int | None


async def undo_some(
    scope: Scope, run_id: int, now: datetime, below: int | None = None, by: str = OPERATOR
) -> Undone:
    """Take back up to STEP changes of a run, those below a change id where one is given.

    The last step notes on the run that it was undone.
    """
    statement = select(ImportChangeRow).where(
        ImportChangeRow.import_id == run_id, ImportChangeRow.workspace_id == scope.workspace_id
    )
    if below is not None:
        statement = statement.where(col(ImportChangeRow.id) < below)
    changes = list(await scope.session.exec(statement.order_by(col(ImportChangeRow.id).desc()).limit(STEP)))
    people, crms = await people_directory(scope), await crm_runs(scope)
    removed = restored = 0
    left: list[str] = []
    for name, kept in UNDONE.items():
        here = [change for change in changes if change.table_name == name]
        rows = await rows_by_id(scope, kept, [change.row_id for change in here])
        reasons = {change.row_id: reason(rows.get(change.row_id), change, people, crms) for change in here}
        referred = await referred_to(scope, kept, [change.row_id for change in here if change.before is None])
        reasons |= {row_id: "somebody has added to it" for row_id in referred if not reasons[row_id]}
        back = [change for change in here if change.row_id in rows and not reasons[change.row_id]]
        removed += await remove(scope, kept, [change for change in back if change.before is None])
        restored += await restore(scope, kept, [change for change in back if change.before is not None])
        if kept.model is OpportunityRow:
            await forget_imported_history(scope, run_id, [change.row_id for change in back])
        left += [f"{label(rows[row_id])}: {why}" for row_id, why in reasons.items() if why and row_id in rows]
        await forget(scope, [change for change in here if not reasons[change.row_id]])
    if len(changes) == STEP:
        return Undone(removed, restored, tuple(left), changes[-1].id)
    run = await scope.session.get(ImportRow, run_id)
    assert run is not None
    if run.undone_at is None:
        await note_change(scope, by, TEAM, f"import {run_id} undone", now.date(), now)
    run.undone_at = run.undone_at or now
    scope.session.add(run)
    await scope.session.flush()
    return Undone(removed, restored, tuple(left), None)


def reason(
    row: ImportedRow | None, change: ImportChangeRow, people: Directory, crms: Mapping[int, str]
) -> str:
    """Return why a row has to stay as it is, or "" where it can go back (or is gone already)."""
    if row is None:
        return ""
    if row.get("import_id") in crms:
        return f"{crms[row['import_id']]} changed it since"
    if row.get("import_id") not in (None, change.import_id):
        return f"changed by import {row['import_id']} since; undo that one first"
    if says(row) != change.after_sha:
        return "changed since"
    owner, left_with = row.get("owner_id"), change.after_owner_id
    by_name = left_with is None and owner == people.find(row.get("owner_name", ""))
    return "" if owner == left_with or by_name else "given to somebody else since"


async def referred_to(scope: Scope, kept: KeptRows, ids: Sequence[int]) -> set[int]:
    """Return which of the rows other rows refer to: removing those would take somebody's work along.

    What a deal or a goal said before, and what we wrote down of one, is no such work: it goes with it.
    """
    connection, found = await scope.session.connection(), set[int]()
    for table in SQLModel.metadata.tables.values():
        if table.name in GOES_ALONG:
            continue
        for key in table.foreign_keys:
            if ids and key.column.table is kept.table:
                statement = select(key.parent).where(key.parent.in_(ids))
                found.update(await connection.scalars(statement))
    return found


async def remove(scope: Scope, kept: KeptRows, changes: Sequence[ImportChangeRow]) -> int:
    """Remove rows, each by its id: given a list of them, SQLite walks through all rows of the workspace instead."""
    if changes:
        table = kept.table
        if kept.model is GoalRow:
            goals = col(GoalChangeRow.goal_id).in_([change.row_id for change in changes])
            await (await scope.session.connection()).execute(delete(GoalChangeRow).where(goals))
        gone = delete(table).where(
            table.c.id == bindparam("of_row"), table.c.workspace_id == scope.workspace_id
        )
        rows = [{"of_row": change.row_id} for change in changes]
        await (await scope.session.connection()).execute(gone, rows)
    return len(changes)


async def restore(scope: Scope, kept: KeptRows, changes: Sequence[ImportChangeRow]) -> int:
    rows = [(change.row_id, from_image(kept, change.before or {})) for change in changes]
    await set_rows(scope, kept, rows)
    return len(rows)


async def forget(scope: Scope, changes: Sequence[ImportChangeRow]) -> None:
    ids = [change.id for change in changes]
    await (await scope.session.connection()).execute(
        delete(ImportChangeRow).where(col(ImportChangeRow.id).in_(ids))
    )
    for change in changes:
        scope.session.expunge(change)


async def built_upon(scope: Scope, runs: Sequence[int]) -> list[str]:
    """Return which files changed rows of these runs since, the latest first: they are to be taken back before.

    What a CRM changed stays, as no pull is taken back.
    """
    found: dict[int, str] = {}
    change, run = ImportChangeRow, ImportRow
    for kept in TABLES.values():
        statement = (
            select(run.id, run.source)
            .join(kept.table, kept.table.c.import_id == col(run.id))
            .join(
                change, (col(change.row_id) == kept.table.c.id) & (col(change.table_name) == kept.table.name)
            )
            .where(
                run.workspace_id == scope.workspace_id,
                col(run.undone_at).is_(None),
                run.preset != SYNCED,
                col(run.id).not_in(runs),
                col(change.import_id).in_(runs),
            )
            .distinct()
        )
        found |= dict((await scope.session.exec(statement)).all())
    return list(dict.fromkeys(found[run_id] for run_id in sorted(found, reverse=True)))


def label(row: ImportedRow) -> str:
    return named([row])[0]


async def take_back(
    database: Database, workspace_id: str, run_id: int, clock: Clock, by: str = OPERATOR
) -> Undone:
    """Undo a run as far as nobody has changed its rows since; return what became of them.

    Raises:
        Refusal: if the workspace has no such run, it stands for a CRM, or all of it was taken back already.
    """
    async with database.read(workspace_id) as scope:
        run = await run_of(scope, run_id)
        if run is None:
            latest = [str(each.id) for each in await latest_runs(scope, 5)]
            known = f"The latest are {', '.join(latest)}" if latest else "Nothing was imported yet"
            raise Refusal(f"There is no import {run_id}. {known}.")
        if run.preset == SYNCED:
            raise Refusal(
                f"Import {run_id} stands for all that {run.source} brings, and is not undone."
                f" `rainmaker disconnect {run.source.lower()}` ends that; its deals stay."
            )
    removed = restored = 0
    left: list[str] = []
    below: int | None = None
    while True:
        async with database.write(workspace_id) as scope:
            step = await undo_some(scope, run_id, clock(), below, by)
            removed, restored, below = removed + step.removed, restored + step.restored, step.rest
            left += step.left
        if below is None:
            break
    await link_all_owners(database, workspace_id)
    if run.undone_at is not None and not (removed or restored or left):
        raise Refusal(f"Import {run_id} was undone already, on {long_day(run.undone_at)}.")
    return Undone(removed, restored, tuple(left), None)
