"""Goals and the dated history of what they said."""

from sqlmodel import Field, Index

from sales.goals.goal import Goal, GoalChange


class GoalRow(Goal, table=True):
    __tablename__ = "goal"
    __table_args__ = (
        Index("ix_goal_owner", "workspace_id", "owner_id", "ends_on"),
        {"sqlite_autoincrement": True},  # ids are never used twice: old buttons must not reach newer rows
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


class GoalChangeRow(GoalChange, table=True):
    __tablename__ = "goal_change"

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    goal_id: int = Field(foreign_key="goal.id", index=True)
