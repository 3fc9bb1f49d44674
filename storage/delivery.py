"""The ledger: messages that must exist once, and the fenced steps each takes (delivery.md §1–3).

Every step after the claim is a compare-and-set on the fence and the state; a worker whose step returns
False has lost the row to somebody else and drops its work silently.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, insert
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col, select, update

from sales.delivery import CLAIM_BATCH, LEASE, DeliveryState, Nudge, delivery_id
from storage.inserting import insert_missing
from storage.scope import Ledger, Scope
from storage.tables import DeliveryEventRow, DeliveryRow, WorkspaceRow
from storage.tables.delivery import HELD, READY

ENQUEUED = "a message was enqueued"
CLAIMED_FROM = {
    DeliveryState.LEASED: DeliveryState.PENDING,
    DeliveryState.RECON: DeliveryState.UNCERTAIN,
}


async def enqueue(scope: Scope, nudge: Nudge, now: datetime) -> bool:
    """Put a message into the ledger, in the unit of work of its cause; False if it is there already."""
    scope.session.info[ENQUEUED] = True
    return await insert_missing(scope.session, DeliveryRow, [pending(scope.workspace_id, nudge, now)]) == 1


async def enqueue_all(ledger: Ledger, nudges: Sequence[tuple[str, Nudge]], now: datetime) -> None:
    """Put messages into the ledger, each beside its workspace's id; those that are there already stay."""
    rows = [pending(workspace_id, nudge, now) for workspace_id, nudge in nudges]
    await insert_missing(ledger.session, DeliveryRow, rows)


def has_enqueued(scope: Scope) -> bool:
    """Say whether this unit of work put a message into the ledger, so that delivery should look."""
    return ENQUEUED in scope.session.info


def pending(workspace_id: str, nudge: Nudge, now: datetime) -> dict[str, Any]:
    """Return the row of a message that nobody has worked on yet."""
    return {
        "id": delivery_id(nudge.key),
        "occurrence_key": nudge.key,
        "workspace_id": workspace_id,
        "kind": nudge.kind,
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


async def record_skipped(
    scope: Scope, nudge: Nudge, state: DeliveryState, reason: str, now: datetime
) -> None:
    """Write down an occurrence that is not going to be sent, so that it is accounted for all the same."""
    if await enqueue(scope, nudge, now):
        row = await scope.session.get(DeliveryRow, delivery_id(nudge.key))
        assert row is not None
        await move(Ledger(scope.session), row, state, now, note=reason, last_error=reason)


def ready_at(now: datetime) -> tuple[Any, ...]:
    """What makes a message ready. Suspended workspaces wait.

    The states are spelled out in the index's own words: a planner uses a partial index only where the query
    says what the index says, and parameters say nothing. The few workspaces that are held are left out, rather
    than the others sought: by workspace the planner would read every message there ever was.
    """
    held = select(WorkspaceRow.id).where(col(WorkspaceRow.suspended_reason).is_not(None))
    return (READY, col(DeliveryRow.not_before) <= now, col(DeliveryRow.workspace_id).not_in(held))


async def any_ready(ledger: Ledger, now: datetime) -> bool:
    """Say whether there is anything to claim; a look without the write lock."""
    asked = select(DeliveryRow.id).where(*ready_at(now)).limit(1)
    return (await ledger.session.exec(asked)).first() is not None


async def claim(ledger: Ledger, owner: str, now: datetime, batch: int = CLAIM_BATCH) -> list[DeliveryRow]:
    """Lease the messages that are ready, most urgent first; nobody else gets them until the lease ends.

    A pending row becomes leased, an uncertain one goes to reconciliation.
    """
    order = (col(DeliveryRow.priority), col(DeliveryRow.not_before), col(DeliveryRow.id))
    ready = select(DeliveryRow.id).where(*ready_at(now)).order_by(*order).limit(batch)
    if ledger.session.get_bind().dialect.name == "postgresql":
        ready = ready.with_for_update(skip_locked=True)
    taken = (
        update(DeliveryRow)
        .where(col(DeliveryRow.id).in_(ready))
        .values(
            state=case(
                (col(DeliveryRow.state) == DeliveryState.PENDING, DeliveryState.LEASED),
                else_=DeliveryState.RECON,
            ),
            lease_owner=owner,
            lease_until=now + LEASE,
            fence=DeliveryRow.fence + 1,
        )
        .returning(DeliveryRow)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    claimed = list((await ledger.session.exec(taken)).scalars())
    await note_events(ledger, [(row, CLAIMED_FROM[row.state]) for row in claimed], now)
    return sorted(claimed, key=lambda row: (row.priority, row.not_before, row.id))


async def note_events(
    ledger: Ledger, moved: Sequence[tuple[DeliveryRow, DeliveryState]], now: datetime, note: str = ""
) -> None:
    """Write down that rows, as they are now, came from these states."""
    events = [
        {
            "delivery_id": row.id,
            "at": now,
            "from_state": before,
            "to_state": row.state,
            "owner": row.lease_owner or "",
            "fence": row.fence,
            "note": note,
        }
        for row, before in moved
    ]
    if events:
        connection = await ledger.session.connection()
        await connection.execute(insert(DeliveryEventRow), events)


async def move(
    ledger: Ledger,
    row: DeliveryRow,
    state: DeliveryState,
    now: datetime,
    *,
    note: str = "",
    **values: Any,
) -> bool:
    """Take a row from the state and fence it was read with to a new state; False if it is no longer there.

    On success `row` says what the database says.
    """
    moved = await ledger.session.exec(
        update(DeliveryRow)
        .where(
            col(DeliveryRow.id) == row.id,
            col(DeliveryRow.fence) == row.fence,
            col(DeliveryRow.state) == row.state,
        )
        .values(state=state, **values)
        .execution_options(synchronize_session=False)
    )
    if not moved.rowcount:
        return False
    before = row.state
    for name, value in {"state": state, **values}.items():
        set_committed_value(row, name, value)
    await note_events(ledger, [(row, before)], now, note)
    return True


async def reap(ledger: Ledger, now: datetime) -> int:
    """Take back rows whose lease ran out; return how many.

    A leased row was never sent and is pending again; one in sending or reconciliation may exist in Slack.
    """
    back = {
        DeliveryState.LEASED: DeliveryState.PENDING,
        DeliveryState.SENDING: DeliveryState.UNCERTAIN,
        DeliveryState.RECON: DeliveryState.UNCERTAIN,
    }
    asked = select(DeliveryRow).where(HELD, col(DeliveryRow.lease_until) < now)
    count = 0
    for row in list(await ledger.session.exec(asked)):
        count += await move(
            ledger, row, back[row.state], now, note="lease ran out", fence=row.fence + 1, not_before=now
        )
    return count


async def supersede(
    scope: Scope, kind: str, user_id: str, now: datetime, note: str, *, keys: Sequence[str] = ()
) -> int:
    """Withdraw messages of a kind that were not sent yet, by key if keys are given; return how many."""
    asked = select(DeliveryRow).where(
        DeliveryRow.workspace_id == scope.workspace_id,
        DeliveryRow.kind == kind,
        DeliveryRow.user_id == user_id,
        DeliveryRow.state == DeliveryState.PENDING,
    )
    if keys:
        asked = asked.where(col(DeliveryRow.occurrence_key).in_(keys))
    count = 0
    for row in list(await scope.session.exec(asked)):
        count += await move(
            Ledger(scope.session), row, DeliveryState.SUPERSEDED, now, note=note, last_error=note
        )
    return count


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
