"""Runs: one row per import, from its start, so that one that died midway can be seen."""

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlmodel import JSON, Field, Index, SQLModel, col, delete, func, select

from sales.people.access import OPERATOR, TEAM
from storage.people.access import note_change
from storage.scope import Scope

OF_LEADS = text("table_name = 'lead'")  # of which it is asked whose they were
FOLDER = "export"  # what a run is called that read an exported folder in
SYNCED = "sync"  # and one that stands for all that a connected CRM brings; its source is the CRM's name


class ImportRow(SQLModel, table=True):
    __tablename__ = "import_run"

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id", index=True)
    started_at: datetime
    finished_at: datetime | None = None
    undone_at: datetime | None = None
    preset: str
    source: str = ""
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0


class ImportChangeRow(SQLModel, table=True):
    """One row a run added (`before` is None) or changed (`before` holds its earlier values).

    `after_sha` and `after_owner_id` tell whether the row still is as the run left it.
    """

    __tablename__ = "import_change"
    __table_args__ = (
        Index("ix_import_change_run", "import_id"),
        Index("ix_import_change_lead", "row_id", sqlite_where=OF_LEADS, postgresql_where=OF_LEADS),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    import_id: int = Field(foreign_key="import_run.id")
    table_name: str
    row_id: int
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after_sha: str = Field(max_length=16)
    after_owner_id: str | None = None


async def start_run(scope: Scope, preset: str, source: str, now: datetime) -> ImportRow:
    """Note that an import begins, before any of its rows is written."""
    run = ImportRow(workspace_id=scope.workspace_id, started_at=now, preset=preset, source=source[-500:])
    scope.session.add(run)
    await scope.session.flush()
    return run


async def last_finished(scope: Scope) -> datetime | None:
    """Return when the latest import that reached its end and was not undone began; None without any."""
    statement = select(func.max(ImportRow.started_at)).where(
        ImportRow.workspace_id == scope.workspace_id,
        col(ImportRow.finished_at).is_not(None),
        col(ImportRow.undone_at).is_(None),
        ImportRow.preset != FOLDER,  # it tells how things were, and nothing of a CRM
    )
    return (await scope.session.exec(statement)).one()


async def finish_run(scope: Scope, run_id: int, refused: int, now: datetime, by: str = OPERATOR) -> None:
    """Note that an import reached its end, and who brought it."""
    run = await run_of(scope, run_id)
    assert run is not None
    run.refused, run.finished_at = refused, now
    scope.session.add(run)
    await scope.session.flush()
    what = f"import {run_id}, {run.added} rows added, {run.changed} changed"
    await note_change(scope, by, TEAM, what, now.date(), now)


async def run_of(scope: Scope, run_id: int) -> ImportRow | None:
    """Return an import of this workspace, or None."""
    run = await scope.session.get(ImportRow, run_id)
    return run if run is not None and run.workspace_id == scope.workspace_id else None


async def latest_runs(scope: Scope, most: int) -> list[ImportRow]:
    """Return the workspace's imports, the latest first."""
    statement = select(ImportRow).where(ImportRow.workspace_id == scope.workspace_id)
    return list(await scope.session.exec(statement.order_by(col(ImportRow.id).desc()).limit(most)))


async def crm_runs(scope: Scope) -> dict[int, str]:
    """Return the imports that stand for a CRM, by id, with what it is called."""
    statement = select(ImportRow.id, ImportRow.source).where(
        ImportRow.workspace_id == scope.workspace_id, ImportRow.preset == SYNCED
    )
    return dict((await scope.session.exec(statement)).all())


async def unfinished_runs(scope: Scope) -> list[ImportRow]:
    """Return the imports of files that did not reach their end and were not undone, the latest first."""
    statement = select(ImportRow).where(
        ImportRow.workspace_id == scope.workspace_id,
        col(ImportRow.finished_at).is_(None),
        col(ImportRow.undone_at).is_(None),
        ImportRow.preset != SYNCED,  # it ends with its first pull, and is never run again
    )
    return list(await scope.session.exec(statement.order_by(col(ImportRow.id).desc())))


async def forget_images(scope: Scope, before: datetime, most: int) -> int:
    """Forget what some rows said before imports that began before an instant, which cannot be undone then."""
    runs = select(ImportRow.id).where(
        ImportRow.workspace_id == scope.workspace_id, col(ImportRow.started_at) < before
    )
    old = select(ImportChangeRow.id).where(col(ImportChangeRow.import_id).in_(runs)).limit(most)
    done = await scope.session.exec(delete(ImportChangeRow).where(col(ImportChangeRow.id).in_(old)))
    return int(done.rowcount)
