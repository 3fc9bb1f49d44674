"""Whether anything waits for a heartbeat: three looks at three indexes, in one statement without the write lock."""

from datetime import datetime

from sqlalchemy import BindParameter, bindparam
from sqlmodel import col, exists, select

from storage.inbox import KEPT
from storage.schedule import enabled_predicate
from storage.scope import Ledger
from storage.tables import DeliveryRow, InboxRow, ScheduleRow
from storage.tables.delivery import HELD


async def anything_waits(ledger: Ledger, now: datetime) -> bool:
    """Say whether a schedule is due, a lease has run out, or a request is old enough to be forgotten."""
    at: BindParameter[datetime] = bindparam("now", now)
    asked = select(
        exists().where(enabled_predicate(ledger), col(ScheduleRow.next_due_at) <= at)
        | exists().where(HELD, col(DeliveryRow.lease_until) < at)
        | exists().where(col(InboxRow.received_at) < bindparam("forgettable", now - KEPT))
    )
    connection = await ledger.session.connection()
    return bool((await connection.execute(asked)).scalar_one())
