"""Outcomes: what goals and teams came to once their period was over."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlmodel import Field, Index, UniqueConstraint, col, delete, select, update

from sales.goals.outcome import GoalOutcome, TeamOutcome
from storage.scope import Scope


class GoalOutcomeRow(GoalOutcome, table=True):
    __tablename__ = "goal_outcome"
    __table_args__ = (Index("ix_goal_outcome_team", "workspace_id", "team_id", "settled_on"),)

    goal_id: int = Field(primary_key=True, foreign_key="goal.id", ondelete="CASCADE")
    workspace_id: str = Field(foreign_key="workspace.id")


class TeamOutcomeRow(TeamOutcome, table=True):
    __tablename__ = "team_outcome"
    __table_args__ = (UniqueConstraint("team_id", "metric", "activity", "currency", "starts_on", "ends_on"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


async def outcomes(scope: Scope, goal_ids: Collection[int]) -> dict[int, GoalOutcomeRow]:
    """Return what each of these goals came to, of those whose period is settled."""
    asked = select(GoalOutcomeRow).where(
        GoalOutcomeRow.workspace_id == scope.workspace_id, col(GoalOutcomeRow.goal_id).in_(goal_ids)
    )
    return {row.goal_id: row for row in await scope.session.exec(asked)}


async def keep_outcome(scope: Scope, goal_id: int, found: GoalOutcome) -> None:
    """Keep what a goal came to, or what it came to after all; whether and when it was told stays."""
    row = await scope.session.get(GoalOutcomeRow, goal_id)
    if row is None:
        row = GoalOutcomeRow.model_validate(
            {**found.model_dump(), "goal_id": goal_id, "workspace_id": scope.workspace_id}
        )
    else:
        row.sqlmodel_update(found.model_dump(exclude={"told", "settled_on"}))
    scope.session.add(row)
    await scope.session.flush()


async def untold(scope: Scope, team_id: int) -> list[GoalOutcomeRow]:
    """Return what goals of a team came to and their owners were not told yet."""
    asked = select(GoalOutcomeRow).where(
        GoalOutcomeRow.workspace_id == scope.workspace_id,
        GoalOutcomeRow.team_id == team_id,
        col(GoalOutcomeRow.told).is_(False),
    )
    return list(await scope.session.exec(asked.order_by(col(GoalOutcomeRow.goal_id))))


async def mark_told(scope: Scope, goal_ids: Collection[int]) -> None:
    """Note that owners are told what these goals came to, in the unit of work of the message."""
    await scope.session.exec(
        update(GoalOutcomeRow)
        .where(
            col(GoalOutcomeRow.workspace_id) == scope.workspace_id, col(GoalOutcomeRow.goal_id).in_(goal_ids)
        )
        .values(told=True)
    )


async def keep_team_outcomes(scope: Scope, team_id: int, found: Sequence[TeamOutcome]) -> None:
    """Keep what a team's goals came to together, in place of what was kept of the same; the first day stays."""
    for one in found:
        same = (
            col(TeamOutcomeRow.workspace_id) == scope.workspace_id,
            col(TeamOutcomeRow.team_id) == team_id,
            col(TeamOutcomeRow.metric) == one.metric,
            col(TeamOutcomeRow.activity) == one.activity,
            col(TeamOutcomeRow.currency) == one.currency,
            col(TeamOutcomeRow.starts_on) == one.starts_on,
            col(TeamOutcomeRow.ends_on) == one.ends_on,
        )
        before = (await scope.session.exec(select(col(TeamOutcomeRow.settled_on)).where(*same))).first()
        await scope.session.exec(delete(TeamOutcomeRow).where(*same))
        values = {**one.model_dump(), "settled_on": before or one.settled_on}
        scope.session.add(
            TeamOutcomeRow.model_validate({**values, "team_id": team_id, "workspace_id": scope.workspace_id})
        )
    await scope.session.flush()


async def team_outcomes(scope: Scope, team_id: int, first: date, last: date) -> list[TeamOutcomeRow]:
    """Return what a team's goals came to together, of periods settled between two days, both included."""
    asked = select(TeamOutcomeRow).where(
        TeamOutcomeRow.workspace_id == scope.workspace_id,
        TeamOutcomeRow.team_id == team_id,
        col(TeamOutcomeRow.settled_on).between(first, last),
    )
    return list(await scope.session.exec(asked.order_by(col(TeamOutcomeRow.ends_on), col(TeamOutcomeRow.id))))
