"""Members and their leave."""

from sqlmodel import Field, Index, SQLModel

from sales.people.leave import Leave
from sales.people.member import Member


class MemberRow(Member, table=True):
    __tablename__ = "member"
    __table_args__ = (Index("ix_member_team", "workspace_id", "team_id"),)

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)


class LeaveRow(Leave, table=True):
    __tablename__ = "leave"
    __table_args__ = (Index("ix_leave_member", "workspace_id", "user_id", "last"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


class MuteRow(SQLModel, table=True):
    """A kind of nudge that a member does not want."""

    __tablename__ = "mute"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
