"""The archive: messages that came to their end a season ago leave the ledger, and their keys stay taken."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, delete, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.nudges.ledger.rows import DONE, FULL, DeliveryArchiveRow, DeliveryEventRow, DeliveryRow
from storage.scope import Ledger, Scope

KEPT = timedelta(days=90)  # in the ledger; delivery.md §7
COLUMNS = tuple(DeliveryArchiveRow.model_fields)


async def archive_old(ledger: Ledger, now: datetime, limit: int = 500) -> int:
    """Move up to `limit` messages that ended and are older than `KEPT` out of the ledger; return how many.

    Call again while it returns `limit`. What became of them stays; the steps on the way there are forgotten.
    """
    old = (
        select(DeliveryRow.id)
        .where(DONE, col(DeliveryRow.created_at) < now - KEPT)
        .order_by(col(DeliveryRow.created_at))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(await ledger.session.exec(old))
    if ids:
        connection = await ledger.session.connection()
        kept = select(*(getattr(DeliveryRow, name) for name in COLUMNS)).where(col(DeliveryRow.id).in_(ids))
        await connection.execute(insert(DeliveryArchiveRow).from_select(COLUMNS, kept))
        await ledger.session.exec(delete(DeliveryEventRow).where(col(DeliveryEventRow.delivery_id).in_(ids)))
        await ledger.session.exec(delete(DeliveryRow).where(col(DeliveryRow.id).in_(ids)))
    return len(ids)


async def archived(session: AsyncSession, ids: Collection[str]) -> set[str]:
    """Return which of these messages are in the archive: they exist, once and for all."""
    statement = select(DeliveryArchiveRow.id).where(col(DeliveryArchiveRow.id).in_(ids))
    return set(await session.exec(statement))


async def empty_archived(scope: Scope, before: datetime, most: int) -> int:
    """Empty some archived messages from before an instant: whom they were for, about what, why, and where they stand.

    Their ids stay taken, so that none is ever sent again. Return how many.
    """
    row = DeliveryArchiveRow
    old = (
        select(row.id)
        .where(row.workspace_id == scope.workspace_id, FULL, col(row.created_at) < before)
        .order_by(col(row.created_at))
        .limit(most)
    )
    nobody: dict[str, Any] = dict.fromkeys(
        ("user_id", "channel_id", "last_error", "rendered_sha", "lease_owner")
    )
    done = await scope.session.exec(
        update(row)
        .where(col(row.id).in_(old))
        .values(occurrence_key=row.id, subject="", intent={}, why="", **nobody)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)
