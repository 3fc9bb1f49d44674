"""Kudos: who thanked whom for what; as far back as it matters for what may be said today."""

from datetime import date, datetime

from sqlmodel import Field, Index, col, func, select

from sales.coaching.kudos import KUDOS, SAME_WORDS, Kudos
from storage.scope import Scope


class KudosRow(Kudos, table=True):
    __tablename__ = "kudos"
    __table_args__ = (
        Index("ix_kudos_giver", "workspace_id", "giver_id", "on"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")
    given_at: datetime


def key_of(row: KudosRow) -> str:
    """Return what makes the message about it unique."""
    return f"{KUDOS}:{row.workspace_id}:{row.id}"


async def add_kudos(scope: Scope, kudos: Kudos, now: datetime) -> KudosRow:
    """Store what one person says of another."""
    row = KudosRow.model_validate({**kudos.model_dump(), "workspace_id": scope.workspace_id, "given_at": now})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def find_kudos(scope: Scope, kudos_id: int) -> KudosRow | None:
    """Return one of this workspace, or None."""
    row = await scope.session.get(KudosRow, kudos_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def given_on(scope: Scope, giver_id: str, on: date) -> int:
    """Return how many somebody gave on a day, those they took back included: each was read meanwhile."""
    statement = select(func.count(col(KudosRow.id))).where(
        KudosRow.workspace_id == scope.workspace_id, KudosRow.giver_id == giver_id, KudosRow.on == on
    )
    return (await scope.session.exec(statement)).one()


async def is_said_already(scope: Scope, kudos: Kudos) -> bool:
    """Say whether the same person said the same of the same one lately, and did not take it back."""
    statement = select(KudosRow.id).where(
        KudosRow.workspace_id == scope.workspace_id,
        KudosRow.giver_id == kudos.giver_id,
        KudosRow.receiver_id == kudos.receiver_id,
        col(KudosRow.on) > kudos.on - SAME_WORDS,
        func.lower(KudosRow.deed) == kudos.deed.lower(),
        col(KudosRow.taken_back).is_(False),
    )
    return (await scope.session.exec(statement)).first() is not None


async def taken_back_unshown(scope: Scope, since: datetime) -> list[KudosRow]:
    """Return what was taken back and still reads as it was where it stands."""
    statement = select(KudosRow).where(
        KudosRow.workspace_id == scope.workspace_id,
        KudosRow.given_at > since,
        col(KudosRow.taken_back),
        col(KudosRow.shown_back).is_(False),
    )
    return list(await scope.session.exec(statement.order_by(col(KudosRow.id))))


async def note_shown_back(scope: Scope, kudos_id: int) -> None:
    """Note that one reads as taken back where it stood."""
    row = await find_kudos(scope, kudos_id)
    if row is not None:
        row.shown_back = True
        scope.session.add(row)
        await scope.session.flush()
