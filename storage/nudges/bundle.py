"""Bundles: messages to one person that leave together."""

from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Select, bindparam, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col, select

from sales.nudges.kind import BUNDLE, Intent
from sales.nudges.ledger import ON_TIME, PROMPT, DeliveryState, delivery_id
from storage.engines.statement import TakenRows, among
from storage.inserts import insert_missing
from storage.nudges.ledger.rows import READY, DeliveryRow, parts_of
from storage.nudges.ledger.steps import move_delivery
from storage.scope import Ledger


def waiting_for(engine: str, table: Any) -> Select[Any]:
    """Ask for what is ready for some people; of workspaces where they have the same ids, of all of them."""
    return (
        select(table)
        .where(
            READY,
            col(DeliveryRow.state) == DeliveryState.PENDING,
            among(engine, col(DeliveryRow.workspace_id), "workspace_ids"),
            among(engine, col(DeliveryRow.user_id), "user_ids"),
            col(DeliveryRow.not_before) <= bindparam("now"),
            col(DeliveryRow.first_post_at).is_(None),
        )
        .with_for_update(skip_locked=True)  # which SQLite, that has one writer, leaves out
    )


ALSO_READY = TakenRows(DeliveryRow, waiting_for)


async def also_ready(ledger: Ledger, people: Collection[tuple[str, str]], now: datetime) -> list[DeliveryRow]:
    """Return what else is ready for these people, by workspace and user, that nobody has claimed.

    On PostgreSQL they are locked until the unit ends, those that somebody else has locked left out: two workers
    that each want the other's rows would wait for each other.
    """
    workspace_ids, user_ids = ({one[place] for one in people} for place in (0, 1))
    found = await ledger.find(
        ALSO_READY, workspace_ids=sorted(workspace_ids), user_ids=sorted(user_ids), now=now
    )
    return [row for row in found if (row.workspace_id, row.user_id) in people]


async def merged(ledger: Ledger, rows: Sequence[DeliveryRow]) -> list[DeliveryRow]:
    """Return what is left of several messages where those of one kind that can be one are: the first is about both."""
    kept: list[DeliveryRow] = []
    for row in rows:
        joined = joined_with(ledger, kept, row)
        if joined is None:
            kept.append(row)
            continue
        first, both = joined
        here = col(DeliveryRow.id) == first.id
        await ledger.session.exec(update(DeliveryRow).where(here).values(intent=dict(both)))
        set_committed_value(first, "intent", dict(both))
    return kept


def joined_with(
    ledger: Ledger, kept: Sequence[DeliveryRow], row: DeliveryRow
) -> tuple[DeliveryRow, Intent] | None:
    """Return with which of some messages another is one, and what both are about; None where it stays by itself."""
    merges = ledger.declared.kind(row.kind).merges
    for one in kept if merges is not None else ():
        if (
            one.kind == row.kind
            and merges is not None
            and (both := merges(one.intent, row.intent)) is not None
        ):
            return one, both
    return None


async def bundle(
    ledger: Ledger, rows: Sequence[DeliveryRow], claimed: DeliveryRow, now: datetime
) -> DeliveryRow:
    """Put several messages to one person into one, leased as `claimed` was, which is among them.

    Those of one kind that can be one are. The rows become superseded by it in the same unit of work. Its key is made
    from theirs, so the same messages are never put together twice.
    """
    kept = await merged(ledger, rows)
    parts = [part for row in kept for part in parts_of(row)]
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
