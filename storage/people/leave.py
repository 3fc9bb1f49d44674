"""Leave: the days somebody is away, kept and asked for."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import Field, Index, col, select

from sales.people.leave import Leave
from storage.engines.statement import Rows, among, given
from storage.people.member import MemberRow
from storage.scope import Scope


class LeaveRow(Leave, table=True):
    __tablename__ = "leave"
    __table_args__ = (Index("ix_leave_member", "workspace_id", "user_id", "last"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


LEAVE = Rows(
    LeaveRow,
    given(LeaveRow.workspace_id),
    given(LeaveRow.user_id),
    order=[col(LeaveRow.first)],
)

LEAVE_AMONG = Rows(
    LeaveRow,
    given(LeaveRow.workspace_id),
    by=lambda engine: among(engine, col(LeaveRow.user_id), "user_ids"),
    order=[col(LeaveRow.first)],
)


async def leave_of(scope: Scope, user_id: str, since: date) -> list[LeaveRow]:
    """Return a member's leave that ends on `since` or later, in order."""
    everything = await scope.once(LeaveRow, user_id, lambda: read_leave(scope, user_id))
    return [row for row in everything if row.last >= since]


async def read_leave(scope: Scope, user_id: str) -> Sequence[LeaveRow]:
    """Return all of a member's leave in order, past leave too: calendars look back, and it is a row or two a year."""
    return await scope.find(LEAVE, user_id=user_id)


async def leave_ahead(scope: Scope, user_ids: Collection[str]) -> None:
    """Read ahead when these people are away."""
    await scope.rows_ahead(
        LeaveRow,
        user_ids,
        lambda missing: scope.find(LEAVE_AMONG, user_ids=missing),
        lambda row: row.user_id,
    )


async def leave_in_team(scope: Scope, team_id: int, since: date) -> list[LeaveRow]:
    """Return the leave of everybody in a team that ends on `since` or later, in order."""
    statement = (
        select(LeaveRow)
        .join(
            MemberRow,
            (col(MemberRow.workspace_id) == col(LeaveRow.workspace_id))
            & (col(MemberRow.user_id) == col(LeaveRow.user_id)),
        )
        .where(
            LeaveRow.workspace_id == scope.workspace_id, MemberRow.team_id == team_id, LeaveRow.last >= since
        )
    )
    return list(await scope.session.exec(statement.order_by(col(LeaveRow.first), col(LeaveRow.id))))


async def find_leave(scope: Scope, leave_id: int) -> LeaveRow | None:
    """Return one span of leave in this workspace, or None."""
    row = await scope.session.get(LeaveRow, leave_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def add_leave(scope: Scope, user_id: str, first: date, last: date, note: str = "") -> LeaveRow:
    """Store days off, both ends included."""
    row = LeaveRow.model_validate(
        {"workspace_id": scope.workspace_id, "user_id": user_id, "first": first, "last": last, "note": note}
    )
    scope.session.add(row)
    await scope.session.flush()
    scope.forget(LeaveRow)
    return row


async def keep_leave(scope: Scope, row: LeaveRow, first: date, last: date) -> None:
    """Let days off begin and end on other days."""
    row.first, row.last = first, last
    scope.session.add(row)
    await scope.session.flush()
    scope.forget(LeaveRow)


async def remove_leave(scope: Scope, user_id: str, leave_id: int) -> bool:
    """Remove days off of this member; False if there were none by that id."""
    row = await find_leave(scope, leave_id)
    if row is None or row.user_id != user_id:
        return False
    await scope.session.delete(row)
    scope.forget(LeaveRow)
    return True
