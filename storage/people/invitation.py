"""Invitations: who was asked into which team, and what they said."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, Index, col, select, update

from sales.people.invitation import Invitation, InvitationState
from storage.scope import Scope


class InvitationRow(Invitation, table=True):
    __tablename__ = "invitation"
    __table_args__ = (
        Index("ix_invitation_user", "workspace_id", "user_id", "team_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


async def find_invitation(scope: Scope, invitation_id: int) -> InvitationRow | None:
    """Return an invitation of this workspace, or None."""
    found = await scope.session.get(InvitationRow, invitation_id)
    return found if found is not None and found.workspace_id == scope.workspace_id else None


async def open_invitation(scope: Scope, team_id: int, user_id: str, since: datetime) -> InvitationRow | None:
    """Return what somebody was asked for a team since an instant and has not answered, or None."""
    statement = select(InvitationRow).where(
        InvitationRow.workspace_id == scope.workspace_id,
        InvitationRow.team_id == team_id,
        InvitationRow.user_id == user_id,
        InvitationRow.state == InvitationState.OPEN,
        InvitationRow.asked_at >= since,
    )
    return (await scope.session.exec(statement.order_by(col(InvitationRow.id).desc()).limit(1))).first()


async def add_invitation(scope: Scope, invitation: Invitation) -> InvitationRow:
    """Store that somebody was asked."""
    row = InvitationRow.model_validate({**invitation.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def move_invitation(
    scope: Scope, row: InvitationRow, before: InvitationState, after: InvitationState, **values: Any
) -> bool:
    """Take an invitation from one state to another; False if somebody else did so first."""
    done = await scope.session.exec(
        update(InvitationRow)
        .where(col(InvitationRow.id) == row.id, col(InvitationRow.state) == before)
        .values(state=after, **values)
    )
    await scope.session.refresh(row)
    return bool(done.rowcount)


async def widen_invitation(scope: Scope, row: InvitationRow, *, as_rep: bool, as_manager: bool) -> None:
    """Ask somebody who was asked already for more."""
    row.as_rep, row.as_manager = row.as_rep or as_rep, row.as_manager or as_manager
    scope.session.add(row)
    await scope.session.flush()
