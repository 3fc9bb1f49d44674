"""Runway memories: what a person was told of their runway, so that nothing is said twice."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlmodel import JSON, Field, SQLModel, col, select

from sales.goals.runway.warning import RunwayMemory
from storage.scope import Scope


class RunwayMemoryRow(SQLModel, table=True):
    __tablename__ = "runway_memory"

    goal_id: int = Field(primary_key=True, foreign_key="goal.id", ondelete="CASCADE")
    workspace_id: str = Field(foreign_key="workspace.id")
    memory: dict[str, Any] = Field(sa_type=JSON)


async def memories(scope: Scope, goal_ids: Collection[int]) -> dict[int, RunwayMemory]:
    """Return what was said about the runway of each of these goals; a blank memory where nothing was."""
    asked = select(RunwayMemoryRow).where(
        RunwayMemoryRow.workspace_id == scope.workspace_id, col(RunwayMemoryRow.goal_id).in_(goal_ids)
    )
    kept = {row.goal_id: recalled(row.memory) for row in await scope.session.exec(asked)}
    return {goal_id: kept.get(goal_id, RunwayMemory()) for goal_id in goal_ids}


async def remember(scope: Scope, goal_id: int, memory: RunwayMemory) -> None:
    """Store what was said about a goal's runway, in the unit of work of the message that says it."""
    row = await scope.session.get(RunwayMemoryRow, goal_id)
    if row is None:
        row = RunwayMemoryRow(goal_id=goal_id, workspace_id=scope.workspace_id, memory=written(memory))
    else:
        row.memory = written(memory)
    scope.session.add(row)
    await scope.session.flush()


def written(memory: RunwayMemory) -> dict[str, Any]:
    """Return a memory as JSON holds it."""
    last = memory.last_alert_on
    return {**memory._asdict(), "last_alert_on": last.isoformat() if last else None}


def recalled(kept: dict[str, Any]) -> RunwayMemory:
    """Return the memory that JSON holds."""
    last = kept["last_alert_on"]
    return RunwayMemory(**{**kept, "last_alert_on": date.fromisoformat(last) if last else None})
