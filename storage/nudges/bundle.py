"""Bundles: messages to one person that leave together."""

from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import blake2b

from sqlmodel import col, select, tuple_

from sales.nudges.kind import BUNDLE
from sales.nudges.ledger import ON_TIME, PROMPT, DeliveryState, delivery_id
from storage.inserts import insert_missing
from storage.nudges.ledger.rows import READY, DeliveryRow, parts_of
from storage.nudges.ledger.steps import move_delivery
from storage.scope import Ledger


async def also_ready(ledger: Ledger, people: Collection[tuple[str, str]], now: datetime) -> list[DeliveryRow]:
    """Return what else is ready for these people, by workspace and user, that nobody has claimed.

    On PostgreSQL they are locked until the unit ends, those that somebody else has locked left out: two workers
    that each want the other's rows would wait for each other.
    """
    statement = select(DeliveryRow).where(
        READY,
        DeliveryRow.state == DeliveryState.PENDING,
        tuple_(col(DeliveryRow.workspace_id), col(DeliveryRow.user_id)).in_(list(people)),
        col(DeliveryRow.not_before) <= now,
        col(DeliveryRow.first_post_at).is_(None),
    )
    if ledger.session.get_bind().dialect.name == "postgresql":
        statement = statement.with_for_update(skip_locked=True)
    return list(await ledger.session.exec(statement.execution_options(populate_existing=True)))


async def bundle(
    ledger: Ledger, rows: Sequence[DeliveryRow], claimed: DeliveryRow, now: datetime
) -> DeliveryRow:
    """Put several messages to one person into one, leased as `claimed` was, which is among them.

    The rows become superseded by it in the same unit of work. Its key is made from theirs, so the same messages
    are never put together twice.
    """
    parts = [part for row in rows for part in parts_of(row)]
    named = blake2b("\n".join(sorted(part.id for part in parts)).encode(), digest_size=12).hexdigest()
    key = f"{BUNDLE}:{claimed.workspace_id}:{claimed.user_id}:{named}"
    ends = [row.expires_at for row in rows if row.expires_at is not None]
    values = {
        "id": delivery_id(key),
        "occurrence_key": key,
        "workspace_id": claimed.workspace_id,
        "kind": BUNDLE,
        "user_id": claimed.user_id,
        "intent": {"parts": [list(part) for part in parts]},
        "why": "",
        "state": DeliveryState.LEASED,
        "priority": PROMPT if any(ledger.declared.kind(part.kind).asked_for for part in parts) else ON_TIME,
        "not_before": now,
        "expires_at": max(ends) if len(ends) == len(rows) else None,
        "fence": 1,
        "lease_owner": claimed.lease_owner,
        "lease_until": claimed.lease_until,
        "created_at": now,
    }
    await insert_missing(ledger.session, DeliveryRow, [values])
    for row in rows:
        note = "came in one message with others"
        await move_delivery(
            ledger, row, DeliveryState.SUPERSEDED, now, note=note, last_error=note, superseded_by=key
        )
    made = await ledger.session.get(DeliveryRow, delivery_id(key))
    assert made is not None
    return made
