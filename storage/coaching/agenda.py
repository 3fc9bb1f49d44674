"""Agendas: what each pair of a rep and a manager wants to talk about, its notes, and what was agreed on (6)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Field, Index, SQLModel, col, select

from sales.coaching.agenda import NOTES_SHOWN, REMEMBERED, Agenda, AgreedAction, Pair, StoredItem, TalkNote
from sales.followups.followup import FollowUpState
from storage.followups.followup import FollowUpRow
from storage.row_image import Touched, image
from storage.scope import Scope

AnyRow = TypeVar("AnyRow", bound=SQLModel)


class AgendaItemRow(StoredItem, table=True):
    __tablename__ = "agenda_item"
    __table_args__ = (
        Index("ix_agenda_item_pair", "workspace_id", "rep_id", "manager_id"),
        {"sqlite_autoincrement": True},  # ids are never used twice: old buttons must not reach newer rows
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


class TalkNoteRow(TalkNote, table=True):
    __tablename__ = "talk_note"
    __table_args__ = (
        Index("ix_talk_note_pair", "workspace_id", "rep_id", "manager_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


class AgreedActionRow(AgreedAction, table=True):
    """Which follow-up was agreed on by which pair; it goes with the follow-up."""

    __tablename__ = "agreed_action"
    __table_args__ = (
        Index("ix_agreed_action_pair", "workspace_id", "rep_id", "manager_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    followup_id: int = Field(foreign_key="followup.id", ondelete="CASCADE", unique=True)


async def agenda_of(scope: Scope, pair: Pair, today: date) -> Agenda:
    """Return the page of a pair as it stands."""
    return Agenda(
        await open_items(scope, pair),
        await notes_of(scope, pair),
        await actions_of(scope, pair, today),
        await agreed_on(scope, pair, today),
    )


async def open_items(scope: Scope, pair: Pair) -> list[AgendaItemRow]:
    """Return what a pair has not talked about yet, in the order in which it was added."""
    statement = select(AgendaItemRow).where(
        AgendaItemRow.workspace_id == scope.workspace_id,
        AgendaItemRow.rep_id == pair.rep_id,
        AgendaItemRow.manager_id == pair.manager_id,
        col(AgendaItemRow.settled_at).is_(None),
    )
    return list(await scope.session.exec(statement.order_by(col(AgendaItemRow.id))))


async def items_among(scope: Scope, item_ids: Sequence[int]) -> list[AgendaItemRow]:
    """Return these items, whatever became of them."""
    statement = select(AgendaItemRow).where(
        AgendaItemRow.workspace_id == scope.workspace_id, col(AgendaItemRow.id).in_(item_ids)
    )
    return list(await scope.session.exec(statement.order_by(col(AgendaItemRow.id))))


async def notes_of(scope: Scope, pair: Pair, most: int = NOTES_SHOWN) -> list[TalkNoteRow]:
    """Return the newest notes of a pair."""
    statement = select(TalkNoteRow).where(
        TalkNoteRow.workspace_id == scope.workspace_id,
        TalkNoteRow.rep_id == pair.rep_id,
        TalkNoteRow.manager_id == pair.manager_id,
    )
    newest = statement.order_by(col(TalkNoteRow.on).desc(), col(TalkNoteRow.id).desc())
    return list(await scope.session.exec(newest.limit(most)))


async def actions_of(scope: Scope, pair: Pair, today: date) -> list[FollowUpRow]:
    """Return the follow-ups that a pair agreed on: what is open, and what was due in the last six weeks."""
    statement = (
        select(FollowUpRow)
        .join(AgreedActionRow, col(AgreedActionRow.followup_id) == col(FollowUpRow.id))
        .where(
            AgreedActionRow.workspace_id == scope.workspace_id,
            AgreedActionRow.rep_id == pair.rep_id,
            AgreedActionRow.manager_id == pair.manager_id,
            FollowUpRow.state != FollowUpState.DROPPED,
            (col(FollowUpRow.state) == FollowUpState.OPEN) | (col(FollowUpRow.due_on) >= today - REMEMBERED),
        )
    )
    return list(await scope.session.exec(statement.order_by(col(FollowUpRow.due_on), col(FollowUpRow.id))))


async def agreed_among(scope: Scope, followup_ids: Sequence[int]) -> set[int]:
    """Return which of these follow-ups were agreed on in a talk."""
    statement = select(AgreedActionRow.followup_id).where(
        AgreedActionRow.workspace_id == scope.workspace_id,
        col(AgreedActionRow.followup_id).in_(followup_ids),
    )
    return set(await scope.session.exec(statement)) if followup_ids else set()


async def agreed_on(scope: Scope, pair: Pair, day: date) -> set[int]:
    """Return which follow-ups a pair agreed on, on a day."""
    statement = select(AgreedActionRow.followup_id).where(
        AgreedActionRow.workspace_id == scope.workspace_id,
        AgreedActionRow.rep_id == pair.rep_id,
        AgreedActionRow.manager_id == pair.manager_id,
        AgreedActionRow.agreed_on == day,
    )
    return set(await scope.session.exec(statement))


async def add_item(scope: Scope, pair: Pair, by: str, text: str, now: datetime) -> AgendaItemRow:
    """Store something to talk about."""
    row = AgendaItemRow(
        workspace_id=scope.workspace_id,
        rep_id=pair.rep_id,
        manager_id=pair.manager_id,
        by=by,
        text=text,
        added_at=now,
    )
    return await added(scope, row)


async def add_note(scope: Scope, pair: Pair, by: str, text: str, on: date) -> TalkNoteRow:
    """Store a note of a talk; without words that there was one."""
    row = TalkNoteRow(
        workspace_id=scope.workspace_id,
        rep_id=pair.rep_id,
        manager_id=pair.manager_id,
        by=by,
        text=text,
        on=on,
    )
    return await added(scope, row)


async def add_action(scope: Scope, pair: Pair, followup_id: int, on: date) -> AgreedActionRow:
    """Store that a follow-up was agreed on."""
    row = AgreedActionRow(
        workspace_id=scope.workspace_id,
        rep_id=pair.rep_id,
        manager_id=pair.manager_id,
        followup_id=followup_id,
        agreed_on=on,
    )
    return await added(scope, row)


async def added(scope: Scope, row: AnyRow) -> AnyRow:
    scope.session.add(row)
    await scope.session.flush()
    return row


async def settle(scope: Scope, rows: Sequence[AgendaItemRow], now: datetime) -> list[Touched]:
    """Note that items were talked about; return what undoing it needs."""
    touched = [Touched(row, image(row)) for row in rows]
    for row in rows:
        row.settled_at = now
        scope.session.add(row)
    await scope.session.flush()
    return touched
