"""Import cadence: when a workspace's latest imports ended."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select

from storage.engines.statement import Statement, given
from storage.imports.files.runs import ImportRow
from storage.scope import Scope

MOST = 12  # imports that the habit is told from; older ones were another habit
LATEST = Statement(
    select(col(ImportRow.finished_at))
    .where(
        given(ImportRow.workspace_id),
        col(ImportRow.finished_at).is_not(None),
        col(ImportRow.undone_at).is_(None),
    )
    .order_by(col(ImportRow.id).desc())
    .limit(MOST)
)


async def import_ends(scope: Scope) -> Sequence[datetime]:
    """Return when the latest imports that stand reached their ends, the newest first."""
    return [ended for (ended,) in await scope.ask(LATEST)]
