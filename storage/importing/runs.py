"""Runs: one row per import, from its start, so that one that died midway can be seen."""

from datetime import datetime

from sqlmodel import col, select

from storage.scope import Scope
from storage.tables.importing import ImportRow


async def start(scope: Scope, preset: str, source: str, now: datetime) -> ImportRow:
    """Note that an import begins, before any of its rows is written."""
    run = ImportRow(workspace_id=scope.workspace_id, started_at=now, preset=preset, source=source[-500:])
    scope.session.add(run)
    await scope.session.flush()
    return run


async def finish(scope: Scope, run_id: int, refused: int, now: datetime) -> None:
    """Note that an import reached its end."""
    run = await run_of(scope, run_id)
    assert run is not None
    run.refused, run.finished_at = refused, now
    scope.session.add(run)
    await scope.session.flush()


async def run_of(scope: Scope, run_id: int) -> ImportRow | None:
    """Return an import of this workspace, or None."""
    run = await scope.session.get(ImportRow, run_id)
    return run if run is not None and run.workspace_id == scope.workspace_id else None


async def latest_runs(scope: Scope, most: int) -> list[ImportRow]:
    """Return the workspace's imports, the latest first."""
    asked = select(ImportRow).where(ImportRow.workspace_id == scope.workspace_id)
    return list(await scope.session.exec(asked.order_by(col(ImportRow.id).desc()).limit(most)))


async def unfinished(scope: Scope) -> list[ImportRow]:
    """Return the imports that did not reach their end and were not undone, the latest first."""
    asked = select(ImportRow).where(
        ImportRow.workspace_id == scope.workspace_id,
        col(ImportRow.finished_at).is_(None),
        col(ImportRow.undone_at).is_(None),
    )
    return list(await scope.session.exec(asked.order_by(col(ImportRow.id).desc())))
