"""Claiming: whoever claims a message has it for a lease, one of any number of processes (delivery.md §3)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    Update,
    bindparam,
    case,
    or_,
    union_all,
)
from sqlmodel import col, exists, select, update

from sales.nudges.ledger import CLAIM_BATCH, PRIORITIES, TIMING, DeliveryState, Timing
from storage.engines.statement import Statement, TakenRows, outside
from storage.nudges.ledger.rows import HELD, READY, DeliveryRow
from storage.nudges.ledger.steps import move_delivery, note_claimed
from storage.people.workspace import WorkspaceRow
from storage.scope import Ledger

CLAIMED_FROM = {
    DeliveryState.LEASED: DeliveryState.PENDING,
    DeliveryState.RECON: DeliveryState.UNCERTAIN,
}
BACK = {
    DeliveryState.LEASED: DeliveryState.PENDING,
    DeliveryState.SENDING: DeliveryState.UNCERTAIN,
    DeliveryState.RECON: DeliveryState.UNCERTAIN,
}


def ready_of(priority: int, most: int | BindParameter[int], *narrowed: ColumnElement[bool]) -> Select[Any]:
    """Ask for the first few ready messages of one priority, without those of workspaces that are held.

    One priority at a time, because the index leads with it: a query over all of them would read every message
    that waits for a later day. The states are spelled out in the index's own words: a planner uses a partial
    index only where the query says what the index says, and parameters say nothing. The few workspaces that are
    held are left out, rather than the others sought: by workspace the planner would read every message there ever was.
    """
    suspended = select(WorkspaceRow.id).where(col(WorkspaceRow.suspended_reason).is_not(None))
    columns: list[Any] = [DeliveryRow.id, DeliveryRow.priority, DeliveryRow.not_before]
    statement: Select[Any] = select(*columns).where(
        READY,
        DeliveryRow.priority == priority,
        col(DeliveryRow.not_before) <= bindparam("now"),
        col(DeliveryRow.workspace_id).not_in(suspended),
        *narrowed,
    )
    return statement.order_by(col(DeliveryRow.not_before), col(DeliveryRow.id)).limit(most)


ANY_READY = Statement(
    select(or_(*(exists(ready_of(priority, 1).subquery().select()) for priority in PRIORITIES)))
)


async def any_ready(ledger: Ledger, now: datetime) -> bool:
    """Say whether there is anything to claim; a look without the write lock."""
    ((found,),) = await ledger.ask(ANY_READY, now=now)
    return bool(found)


def claiming(engine: str, table: Any) -> Update:
    """Lease the first ready messages. Where processes share the database, locked ones are passed over."""
    most, waits = (
        bindparam("most", type_=Integer),
        outside(engine, col(DeliveryRow.workspace_id), "excluding"),
    )
    first = [ready_of(priority, most, waits) for priority in PRIORITIES]
    if engine == "postgresql":
        parts: list[Any] = [materialized(each.with_for_update(skip_locked=True)) for each in first]
    else:
        parts = [each.subquery() for each in first]
    order = ("priority", "not_before", "id")
    due = union_all(*(select(part) for part in parts)).order_by(*order).limit(most)
    return (
        update(DeliveryRow)
        .where(col(DeliveryRow.id).in_(select(due.subquery().c.id)))
        .values(
            state=case(
                (col(DeliveryRow.state) == DeliveryState.PENDING, DeliveryState.LEASED),
                else_=DeliveryState.RECON,
            ),
            lease_owner=bindparam("owner"),
            lease_until=bindparam("until"),
            fence=DeliveryRow.fence + 1,
        )
        .returning(*table.c)
    )


CLAIM = TakenRows(DeliveryRow, claiming)


async def claim_ready(
    ledger: Ledger,
    owner: str,
    now: datetime,
    batch: int = CLAIM_BATCH,
    timing: Timing = TIMING,
    excluding: Collection[str] = (),
) -> list[DeliveryRow]:
    """Lease up to `batch` messages that are ready, most urgent first; nobody else gets them until the lease ends.

    A pending row becomes leased, an uncertain one goes to reconciliation. Workspaces in `excluding` wait. Where
    processes share the database, rows that another one is just claiming are passed over.
    """
    until = now + timing.lease
    claimed = await ledger.find(
        CLAIM, now=now, most=batch, excluding=list(excluding), owner=owner, until=until
    )
    for state, before in CLAIMED_FROM.items():
        await note_claimed(ledger, [row for row in claimed if row.state is state], before, now)
    return sorted(claimed, key=lambda row: (row.priority, row.not_before, row.id))


def materialized(statement: Select[Any]) -> CTE:
    """Return a query that is asked once: a planner that asks again would claim more than the batch."""
    return statement.cte().prefix_with("MATERIALIZED")


async def reap_leases(ledger: Ledger, now: datetime, timing: Timing = TIMING) -> int:
    """Take back rows whose lease ran out; return how many.

    A leased row was never sent and is pending again; one in sending or reconciliation may exist in Slack, and
    what was sent at the last moment of its lease may need its grace to be seen.
    """
    return await give_back(ledger, col(DeliveryRow.lease_until) < now, now, "lease ran out", timing)


async def hand_back(ledger: Ledger, owner: str, now: datetime) -> int:
    """Give back at once what a worker that ends had claimed and did not send; return how many.

    What it is still sending stays until its lease runs out.
    """
    mine = (col(DeliveryRow.lease_owner) == owner) & (col(DeliveryRow.state) != DeliveryState.SENDING)
    return await give_back(ledger, mine, now, "handed back")


async def give_back(
    ledger: Ledger, which: ColumnElement[bool], now: datetime, note: str, timing: Timing = TIMING
) -> int:
    """Take messages out of the hands of those who claimed them; return how many."""
    count = 0
    for row in list(await ledger.session.exec(select(DeliveryRow).where(HELD, which))):
        later = now
        if row.state is DeliveryState.SENDING and row.lease_until is not None:
            later = max(now, row.lease_until + timing.grace)
        values = {"fence": row.fence + 1, "not_before": later}
        count += await move_delivery(ledger, row, BACK[row.state], now, note=note, **values)
    return count


async def reconcile_since(ledger: Ledger, instant: datetime, now: datetime) -> int:
    """After a restore: look for every message that may have been sent since the backup; return how many.

    The database is as it was at `instant`, and Slack is as it is `now`: whatever the ledger believes unsent may have
    been posted in between. Such a message becomes uncertain, and is looked for from `instant` on before it is sent.
    Call it once, after the first heartbeat (which asks again for what fell due meanwhile) and before delivery begins.
    """
    unsent = col(DeliveryRow.state).in_([DeliveryState.PENDING, DeliveryState.LEASED])
    span = (col(DeliveryRow.not_before) <= now) | (col(DeliveryRow.created_at) >= instant)
    count = 0
    for row in list(await ledger.session.exec(select(DeliveryRow).where(or_(READY, HELD), unsent, span))):
        count += await move_delivery(
            ledger, row, DeliveryState.UNCERTAIN, now, note="the database was restored", fence=row.fence + 1,
            first_post_at=min(instant, row.first_post_at or instant), misses=0, not_before=max(now, row.not_before),
        )  # fmt: skip
    return count
