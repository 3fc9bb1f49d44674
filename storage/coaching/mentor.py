"""Mentorships: who was proposed to whom, and what came of it."""

from datetime import date, datetime

from sqlmodel import Field, Index, col, select

from sales.coaching.mentor.mentorship import Mentorship, MentorState
from storage.rows import restate
from storage.scope import Scope


class MentorshipRow(Mentorship, table=True):
    __tablename__ = "mentorship"
    __table_args__ = (
        Index("ix_mentorship_rep", "workspace_id", "rep_id"),
        Index("ix_mentorship_team", "workspace_id", "team_id", "proposed_on"),
        {"sqlite_autoincrement": True},  # ids are never used twice: old buttons must not reach newer rows
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


async def add_mentorship(scope: Scope, said: Mentorship) -> MentorshipRow:
    """Store a proposal."""
    row = MentorshipRow.model_validate({**said.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def find_mentorship(scope: Scope, mentorship_id: int) -> MentorshipRow | None:
    """Return one of this workspace, or None."""
    row = await scope.session.get(MentorshipRow, mentorship_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def mentorships_of(scope: Scope, rep_id: str, most: int) -> list[MentorshipRow]:
    """Return what was proposed to a rep, the newest first."""
    statement = select(MentorshipRow).where(
        MentorshipRow.workspace_id == scope.workspace_id, MentorshipRow.rep_id == rep_id
    )
    return list(await scope.session.exec(statement.order_by(col(MentorshipRow.id).desc()).limit(most)))


async def mentorships_in(scope: Scope, team_id: int, since: date) -> list[MentorshipRow]:
    """Return what was proposed in a team since a day."""
    statement = select(MentorshipRow).where(
        MentorshipRow.workspace_id == scope.workspace_id,
        MentorshipRow.team_id == team_id,
        MentorshipRow.proposed_on >= since,
    )
    return list(await scope.session.exec(statement))


async def move_mentorship(
    scope: Scope,
    row: MentorshipRow,
    state: MentorState,
    *,
    asked_on: date | None = None,
    slot_at: datetime | None = None,
) -> None:
    """Store how far a mentorship is; what is not given stays."""
    said = {"state": state, "asked_on": asked_on or row.asked_on, "slot_at": slot_at or row.slot_at}
    await restate(scope, row, Mentorship, Mentorship.model_validate({**row.model_dump(), **said}))
