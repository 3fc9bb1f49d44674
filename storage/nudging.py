"""What the nudging policy asks: what a person was told, what they switched off, and what waits for them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from sqlmodel import col, delete, func, select, tuple_

from sales.nudges.kind import ANSWER, BUNDLE, kind_of
from sales.nudges.ledger import ON_TIME, PROMPT, DeliveryState, delivery_id
from sales.nudges.policy import HEARD_EVERY, Told
from storage import delivery as ledger_rows
from storage.delivery.enqueueing import ENQUEUED
from storage.inserting import insert_missing
from storage.member import member
from storage.scope import Ledger, Scope
from storage.tables.delivery import HELD, READY, DeliveryEventRow, DeliveryRow
from storage.tables.member import MuteRow

LOOKED_AT = (
    60  # of a person's latest messages: a day's cap is at most 20, and four of a kind decide a back-off
)


class Part(NamedTuple):
    """One message inside a bundle, as the bundle's intent holds it."""

    id: str
    kind: str
    subject: str


class Waiting(NamedTuple):
    """A message that was held back for now, why, and until when."""

    row: DeliveryRow
    reason: str


async def heard(scope: Scope, user_id: str, now: datetime) -> None:
    """Note that a person did something with us, at most once a minute."""
    row = await member(scope, user_id)
    if row is not None and (row.heard_at is None or now - row.heard_at >= HEARD_EVERY):
        row.heard_at = now
        scope.session.add(row)


async def told(scope: Scope, user_id: str) -> tuple[Told, ...]:
    """Return what a person was told on our own lately, the newest first; a bundle counts as each of its parts."""
    asked = (
        select(DeliveryRow.id, DeliveryRow.kind, DeliveryRow.subject, DeliveryRow.sent_at)
        .where(
            DeliveryRow.workspace_id == scope.workspace_id,
            DeliveryRow.user_id == user_id,
            col(DeliveryRow.sent_at).is_not(None),
            DeliveryRow.kind != ANSWER,
        )
        .order_by(col(DeliveryRow.sent_at).desc())
        .limit(LOOKED_AT)
    )
    rows = list(await scope.session.exec(asked))
    bundles = await deliveries(scope, [row_id for row_id, kind, _, _ in rows if kind == BUNDLE])
    inside = {row.id: parts_of(row) for row in bundles}
    found = []
    for row_id, kind, subject, sent_at in rows:
        assert sent_at is not None
        parts = inside.get(row_id, [Part(row_id, kind, subject)])
        found += [Told(part.kind, sent_at, row_id, part.subject) for part in parts]
    return tuple(found)


async def ahead_of(scope: Scope, row: DeliveryRow) -> int:
    """Return how many other messages to the same person are on their way out and go before this one."""
    order = tuple_(col(DeliveryRow.priority), col(DeliveryRow.not_before), col(DeliveryRow.id))
    asked = select(func.count(col(DeliveryRow.id))).where(
        HELD,
        DeliveryRow.workspace_id == row.workspace_id,
        DeliveryRow.user_id == row.user_id,
        DeliveryRow.kind != ANSWER,
        order < tuple_(row.priority, row.not_before, row.id),
    )
    return (await scope.session.exec(asked)).one()


async def mutes(scope: Scope, user_id: str) -> frozenset[str]:
    """Return the kinds of message that a person switched off."""
    asked = select(MuteRow.kind).where(MuteRow.workspace_id == scope.workspace_id, MuteRow.user_id == user_id)
    return frozenset(await scope.session.exec(asked))


async def set_mutes(scope: Scope, user_id: str, kinds: Collection[str], among: Collection[str]) -> None:
    """Let exactly these kinds be switched off, of those that were offered."""
    await scope.session.exec(
        delete(MuteRow).where(
            col(MuteRow.workspace_id) == scope.workspace_id,
            col(MuteRow.user_id) == user_id,
            col(MuteRow.kind).in_(among),
        )
    )
    rows = [{"workspace_id": scope.workspace_id, "user_id": user_id, "kind": kind} for kind in kinds]
    await insert_missing(scope.session, MuteRow, rows)


async def waiting(scope: Scope, user_id: str, now: datetime) -> list[Waiting]:
    """Return what is held back from a person for now, the first to come first, each with its reason."""
    asked = (
        select(DeliveryRow)
        .where(
            READY,
            DeliveryRow.workspace_id == scope.workspace_id,
            DeliveryRow.user_id == user_id,
            DeliveryRow.state == DeliveryState.PENDING,
            DeliveryRow.not_before > now,
        )
        .order_by(col(DeliveryRow.not_before))
    )
    rows = list(await scope.session.exec(asked))
    events = select(DeliveryEventRow).where(
        col(DeliveryEventRow.delivery_id).in_([row.id for row in rows]),
        DeliveryEventRow.to_state == DeliveryState.PENDING,
        DeliveryEventRow.from_state == DeliveryState.LEASED,
    )
    notes = {
        event.delivery_id: event.note
        for event in await scope.session.exec(events.order_by(col(DeliveryEventRow.id)))
    }
    return [Waiting(row, notes[row.id]) for row in rows if notes.get(row.id)]


async def reconsider(scope: Scope, user_id: str, now: datetime) -> None:
    """Let what is held back from a person be judged anew now: what held it has changed."""
    for held in await waiting(scope, user_id, now):
        await ledger_rows.move(
            Ledger(scope.session), held.row, DeliveryState.PENDING, now, note="judged anew", not_before=now
        )
        scope.session.info[ENQUEUED] = True


async def at_place(scope: Scope, channel: str, ts: str) -> DeliveryRow | None:
    """Return the message of ours that stands in a place in Slack; None if it is none of ours."""
    asked = select(DeliveryRow).where(DeliveryRow.channel_id == channel, DeliveryRow.slack_ts == ts)
    row = (await scope.session.exec(asked)).first()
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def deliveries(scope: Scope, ids: Sequence[str]) -> list[DeliveryRow]:
    """Return these messages, in the order of their ids given."""
    if not ids:
        return []
    asked = select(DeliveryRow).where(
        DeliveryRow.workspace_id == scope.workspace_id, col(DeliveryRow.id).in_(ids)
    )
    rows = {row.id: row for row in await scope.session.exec(asked)}
    return [rows[one] for one in ids if one in rows]


async def also_ready(ledger: Ledger, people: Collection[tuple[str, str]], now: datetime) -> list[DeliveryRow]:
    """Return what else is ready for these people, by workspace and user, that nobody has claimed.

    On PostgreSQL they are locked until the unit ends, those that somebody else has locked left out: two workers
    that each want the other's rows would wait for each other.
    """
    asked = select(DeliveryRow).where(
        READY,
        DeliveryRow.state == DeliveryState.PENDING,
        tuple_(col(DeliveryRow.workspace_id), col(DeliveryRow.user_id)).in_(list(people)),
        col(DeliveryRow.not_before) <= now,
        col(DeliveryRow.first_post_at).is_(None),
    )
    if ledger.session.get_bind().dialect.name == "postgresql":
        asked = asked.with_for_update(skip_locked=True)
    return list(await ledger.session.exec(asked.execution_options(populate_existing=True)))


def parts_of(row: DeliveryRow) -> list[Part]:
    """Return the messages a delivery stands for: a bundle's parts, or itself alone."""
    if row.kind == BUNDLE:
        return [Part(*part) for part in row.intent["parts"]]
    return [Part(row.id, row.kind, row.subject)]


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
        "priority": PROMPT if any(kind_of(part.kind).asked_for for part in parts) else ON_TIME,
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
        await ledger_rows.move(
            ledger, row, DeliveryState.SUPERSEDED, now, note=note, last_error=note, superseded_by=key
        )
    made = await ledger.session.get(DeliveryRow, delivery_id(key))
    assert made is not None
    return made
