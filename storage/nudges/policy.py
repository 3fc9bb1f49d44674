"""What the policy asks: who was heard from, what they were told, muted, and what waits."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Field, SQLModel, col, delete, func, select, tuple_

from sales.nudges.kind import ANSWER, BUNDLE
from sales.nudges.ledger import DeliveryState
from sales.nudges.policy import HEARD_EVERY, Told
from storage.inserts import insert_missing
from storage.nudges import ledger as ledger_rows
from storage.nudges.ledger.intake import ENQUEUED
from storage.nudges.ledger.rows import HELD, READY, DeliveryEventRow, DeliveryRow, Part, deliveries, parts_of
from storage.people.member import member
from storage.scope import Ledger, Scope


class MuteRow(SQLModel, table=True):
    """A kind of nudge that a member does not want."""

    __tablename__ = "mute"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)


LOOKED_AT = (
    60  # of a person's latest messages: a day's cap is at most 20, and four of a kind decide a back-off
)


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
