"""What each rep remembers of each card, and each answer they gave (68, 70)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, col, select

from sales.coaching.drill.memory import Memory, Recall, recalled
from sales.language.dates.instants import Instant
from storage.row_image import Touched, image
from storage.scope import Scope

ANSWERS = "drill_answer"
STREAK = timedelta(days=400)  # so far back a row of days is looked for


class DrillMemoryRow(Memory, table=True):
    """What somebody remembers of one card."""

    __tablename__ = "drill_memory"
    __table_args__ = (
        UniqueConstraint("workspace_id", "user_id", "card_key"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    user_id: str
    card_key: str = Field(max_length=60)


class DrillAnswer(SQLModel):
    """One answer: how well a card was recalled, on which day of the rep's and when."""

    user_id: str
    card_key: str = Field(max_length=60)
    recall: Recall
    on: date
    at: Instant


class DrillAnswerRow(DrillAnswer, table=True):
    """Every answer, in their order: from them what is remembered could be reckoned anew."""

    __tablename__ = ANSWERS
    __table_args__ = (
        Index("ix_drill_answer_day", "workspace_id", "user_id", "on"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


async def memory_rows(scope: Scope, user_ids: Collection[str]) -> list[DrillMemoryRow]:
    """Return what these people remember."""
    statement = select(DrillMemoryRow).where(
        DrillMemoryRow.workspace_id == scope.workspace_id, col(DrillMemoryRow.user_id).in_(user_ids)
    )
    return list(await scope.session.exec(statement.order_by(col(DrillMemoryRow.id))))


async def memories_of(scope: Scope, user_id: str) -> dict[str, DrillMemoryRow]:
    """Return what somebody remembers, by the key of the card."""
    return {row.card_key: row for row in await memory_rows(scope, [user_id])}


async def answered_on(scope: Scope, user_id: str, day: date) -> set[str]:
    """Return the keys of the cards that somebody answered on a day."""
    statement = select(col(DrillAnswerRow.card_key)).where(
        DrillAnswerRow.workspace_id == scope.workspace_id,
        DrillAnswerRow.user_id == user_id,
        DrillAnswerRow.on == day,
    )
    return set(await scope.session.exec(statement))


async def days_practised(scope: Scope, user_id: str, today: date) -> set[date]:
    """Return on which days, up to today, somebody practised."""
    statement = select(col(DrillAnswerRow.on)).where(
        DrillAnswerRow.workspace_id == scope.workspace_id,
        DrillAnswerRow.user_id == user_id,
        col(DrillAnswerRow.on).between(today - STREAK, today),
    )
    return set(await scope.session.exec(statement.distinct()))


class RecalledCard(NamedTuple):
    """How well a card was recalled, by its key and the words it had then, on which day of the rep's and when."""

    card_key: str
    fingerprint: str
    recall: Recall
    on: date
    at: datetime


async def keep_answer(
    scope: Scope, user_id: str, row: DrillMemoryRow | None, said: RecalledCard
) -> list[Touched]:
    """Store an answer, and what somebody remembers of the card after it; `row` is what they did before, if anything.

    Return what undoing it needs.
    """
    now = recalled(row, said.recall, said.on, said.fingerprint)
    before = image(row) if row is not None else None
    whose = {"workspace_id": scope.workspace_id, "user_id": user_id, "card_key": said.card_key}
    if row is None:
        row = DrillMemoryRow.model_validate({**now.model_dump(), **whose})
    else:
        for name, value in now.model_dump().items():
            setattr(row, name, value)
    answer = DrillAnswerRow.model_validate({**said._asdict(), **whose})
    scope.session.add_all([row, answer])
    await scope.session.flush()
    return [Touched(row, before), Touched(answer)]
