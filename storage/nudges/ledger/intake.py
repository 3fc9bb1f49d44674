"""Enqueuing: a message goes into the ledger in the unit of work of its cause, and once only."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from sales.nudges.ledger import DeliveryState, Nudge, delivery_id
from storage.inserts import insert_missing
from storage.nudges.ledger.archive import archived
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.ledger.steps import move_delivery
from storage.scope import Ledger, Scope

ENQUEUED = "a message was enqueued"


async def enqueue(scope: Scope, nudge: Nudge, now: datetime) -> bool:
    """Put a message into the ledger, in the unit of work of its cause; False if it is there already."""
    scope.unit.noted.add(ENQUEUED)
    return await insert_new(scope.session, [pending_delivery(scope.workspace_id, nudge, now)]) == 1


async def enqueue_all(ledger: Ledger, nudges: Sequence[tuple[str, Nudge]], now: datetime) -> None:
    """Put messages into the ledger, each beside its workspace's id; those that are there already stay."""
    await insert_new(
        ledger.session, [pending_delivery(workspace_id, nudge, now) for workspace_id, nudge in nudges]
    )


async def insert_new(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> int:
    """Insert messages that neither the ledger nor the archive knows; return how many went in."""
    old = await archived(session, [row["id"] for row in rows])
    return await insert_missing(session, DeliveryRow, [row for row in rows if row["id"] not in old])


def has_enqueued(scope: Scope) -> bool:
    """Say whether this unit of work put a message into the ledger, so that delivery should look."""
    return ENQUEUED in scope.unit.noted


def pending_delivery(workspace_id: str, nudge: Nudge, now: datetime) -> dict[str, Any]:
    """Return the row of a message that nobody has worked on yet."""
    return {
        "id": delivery_id(nudge.key),
        "occurrence_key": nudge.key,
        "workspace_id": workspace_id,
        "kind": nudge.kind,
        "subject": nudge.subject,
        "channel_id": nudge.channel_id,
        "user_id": nudge.user_id,
        "intent": nudge.intent,
        "why": nudge.why,
        "state": DeliveryState.PENDING,
        "priority": nudge.priority,
        "not_before": nudge.not_before,
        "expires_at": nudge.expires_at,
        "created_at": now,
    }


async def supersede_delivery(
    scope: Scope, kind: str, user_id: str, now: datetime, note: str, *, keys: Sequence[str] = ()
) -> int:
    """Withdraw messages of a kind that were not sent yet, by key if keys are given; return how many."""
    statement = select(DeliveryRow).where(
        DeliveryRow.workspace_id == scope.workspace_id,
        DeliveryRow.kind == kind,
        DeliveryRow.user_id == user_id,
        DeliveryRow.state == DeliveryState.PENDING,
    )
    if keys:
        statement = statement.where(col(DeliveryRow.occurrence_key).in_(keys))
    count = 0
    for row in list(await scope.session.exec(statement)):
        count += await move_delivery(
            scope.ledger, row, DeliveryState.SUPERSEDED, now, note=note, last_error=note
        )
    return count
