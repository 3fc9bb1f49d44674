"""Teams, who manages them, and the days on which they differ from their country."""

from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from sales.people.holiday import HolidayChange
from sales.people.team import Team


class TeamRow(Team, table=True):
    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


class TeamManagerRow(SQLModel, table=True):
    __tablename__ = "team_manager"
    __table_args__ = (Index("ix_team_manager_user", "workspace_id", "user_id"),)

    team_id: int = Field(primary_key=True, foreign_key="team.id")
    user_id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


class HolidayChangeRow(HolidayChange, table=True):
    __tablename__ = "holiday_change"
    __table_args__ = (UniqueConstraint("team_id", "on"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")
