"""What each rep was last told about a goal's runway, so that a crossing is announced once."""

from typing import Any

from sqlmodel import JSON, Field, SQLModel


class RunwayMemoryRow(SQLModel, table=True):
    __tablename__ = "runway_memory"

    goal_id: int = Field(primary_key=True, foreign_key="goal.id", ondelete="CASCADE")
    workspace_id: str = Field(foreign_key="workspace.id")
    memory: dict[str, Any] = Field(sa_type=JSON)
