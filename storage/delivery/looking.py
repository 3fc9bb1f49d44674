"""Looking: what became of the messages of a workspace."""

from datetime import datetime

from sqlmodel import col, select

from sales.nudges.ledger import delivery_id
from storage.scope import Scope
from storage.tables.delivery import DeliveryRow


async def recent(scope: Scope, user_id: str, since: datetime) -> list[DeliveryRow]:
    """Return the messages to a person that came about since an instant, the newest first."""
    asked = select(DeliveryRow).where(
        DeliveryRow.workspace_id == scope.workspace_id,
        DeliveryRow.user_id == user_id,
        DeliveryRow.created_at >= since,
    )
    return list(await scope.session.exec(asked.order_by(col(DeliveryRow.created_at).desc())))


async def by_key(scope: Scope, key: str) -> DeliveryRow | None:
    """Return the message of an occurrence, or None."""
    row = await scope.session.get(DeliveryRow, delivery_id(key))
    return row if row is not None and row.workspace_id == scope.workspace_id else None
