"""Soon: what is going to be due within minutes."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import col, select

from sales.nudges.ledger import DeliveryState
from storage.nudges.ledger.rows import READY, DeliveryRow
from storage.nudges.schedule.due import enabled_predicate
from storage.nudges.schedule.rows import ScheduleRow
from storage.nudges.schedule.zones import with_known_zones
from storage.scope import Ledger


async def messages_until(
    ledger: Ledger, kinds: Collection[str], now: datetime, until: datetime, most: int
) -> list[DeliveryRow]:
    """Return messages of these kinds that wait in the ledger and may leave by an instant, the first to leave first."""
    statement = select(DeliveryRow).where(
        READY,
        col(DeliveryRow.state) == DeliveryState.PENDING,
        col(DeliveryRow.kind).in_(kinds),
        col(DeliveryRow.not_before) > now,
        col(DeliveryRow.not_before) <= until,
    )
    return list(await ledger.session.exec(statement.order_by(col(DeliveryRow.not_before)).limit(most)))


async def schedules_until(
    ledger: Ledger, kinds: Collection[str], now: datetime, until: datetime, most: int
) -> list[ScheduleRow]:
    """Return schedules of these kinds that fall due until an instant, the first due first."""
    statement = select(ScheduleRow).where(
        enabled_predicate(ledger),
        col(ScheduleRow.kind).in_(kinds),
        col(ScheduleRow.next_due_at) > now,
        col(ScheduleRow.next_due_at) <= until,
    )
    due_first = statement.order_by(col(ScheduleRow.next_due_at)).limit(most)
    return await with_known_zones(ledger, list(await ledger.session.exec(due_first)))
