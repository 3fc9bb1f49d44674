"""The archive: messages that came to their end a season ago leave the ledger, and their keys stay taken."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import insert
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.nudges.ledger.rows import DONE, DeliveryArchiveRow, DeliveryEventRow, DeliveryRow
from storage.scope import Ledger

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
