"""Outcomes: what goals and teams came to once their period was over, and how often chance alone gives as much."""

import asyncio
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlmodel import Field, Index, UniqueConstraint, col, delete, select, update

from sales.goals.forecast.luck import Luck
from sales.goals.forecast.question import FROM_DEALS, TOGETHER
from sales.goals.goal import Goal, Metric
from sales.goals.outcome import GoalOutcome, Review, TeamOutcome, in_a_row, of_goal
from sales.goals.scoreboard.chance_alone import luck_in_counts, luck_in_deals
from sales.goals.team_progress import aimed_at
from sales.language.dates.period import span
from storage.goals.forecast.reader import Reader
from storage.goals.goal import GoalRow, find_goal
from storage.goals.starting_balance import asked_goals
from storage.people.team import TeamRow
from storage.scope import Scope


class GoalOutcomeRow(GoalOutcome, table=True):
    __tablename__ = "goal_outcome"
    __table_args__ = (Index("ix_goal_outcome_team", "workspace_id", "team_id", "settled_on"),)

    goal_id: int = Field(primary_key=True, foreign_key="goal.id", ondelete="CASCADE")
    workspace_id: str = Field(foreign_key="workspace.id")


class TeamOutcomeRow(TeamOutcome, table=True):
    __tablename__ = "team_outcome"
    __table_args__ = (UniqueConstraint("team_id", "metric", "activity", "currency", "starts_on", "ends_on"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


async def outcomes(scope: Scope, goal_ids: Collection[int]) -> dict[int, GoalOutcomeRow]:
    """Return what each of these goals came to, of those whose period is settled."""
    statement = select(GoalOutcomeRow).where(
        GoalOutcomeRow.workspace_id == scope.workspace_id, col(GoalOutcomeRow.goal_id).in_(goal_ids)
    )
    return {row.goal_id: row for row in await scope.session.exec(statement)}


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
    statement = select(GoalOutcomeRow).where(
        GoalOutcomeRow.workspace_id == scope.workspace_id,
        GoalOutcomeRow.team_id == team_id,
        col(GoalOutcomeRow.told).is_(False),
    )
    return list(await scope.session.exec(statement.order_by(col(GoalOutcomeRow.goal_id))))


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
    statement = select(TeamOutcomeRow).where(
        TeamOutcomeRow.workspace_id == scope.workspace_id,
        TeamOutcomeRow.team_id == team_id,
        col(TeamOutcomeRow.settled_on).between(first, last),
    )
    return list(
        await scope.session.exec(statement.order_by(col(TeamOutcomeRow.ends_on), col(TeamOutcomeRow.id)))
    )


async def reviews(scope: Scope, team: TeamRow, goal_ids: Collection[int]) -> dict[int, Review]:
    """Return what each of these goals came to, of those whose period is settled."""
    settled = await outcomes(scope, goal_ids)
    found = {}
    for goal_id, outcome in sorted(settled.items()):
        row = await find_goal(scope, goal_id)
        if row is not None:
            asked = await asked_goals(scope, [row], team, outcome.ends_on)
            earlier = await same_before(scope, row)
            streak = in_a_row(outcome, earlier, team.fiscal_year_start)
            found[goal_id] = of_goal(row, outcome, team, asks_start=bool(asked), streak=streak)
    return found


async def same_before(scope: Scope, row: GoalRow) -> list[GoalOutcomeRow]:
    """Return what somebody's earlier goals for the same thing came to."""
    statement = (
        select(GoalOutcomeRow)
        .join(GoalRow, col(GoalRow.id) == col(GoalOutcomeRow.goal_id))
        .where(
            GoalOutcomeRow.workspace_id == scope.workspace_id,
            GoalRow.owner_id == row.owner_id,
            GoalRow.metric == row.metric,
            col(GoalRow.activity_kind).is_not_distinct_from(row.activity_kind),
            GoalOutcomeRow.ends_on < row.starts_on,
        )
    )
    return list(await scope.session.exec(statement))


async def outcome(reader: Reader, row: GoalRow, count: int) -> GoalOutcome:
    """Return what one goal came to."""
    luck = await luck_of(reader, row, count, row.owner_id)
    return GoalOutcome(
        team_id=reader.team.id,
        owner_id=row.owner_id,
        target=row.target,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        attained=count,
        expected=luck.expected if luck is not None else None,
        luck=luck.share if luck is not None else None,
        settled_on=reader.today,
    )


async def team_outcome(reader: Reader, group: Sequence[tuple[Goal, int]]) -> TeamOutcome:
    """Return what the goals of a group came to together, as if one rep had them all."""
    row, attained = group[0][0], sum(count for _, count in group)
    owners = sorted({one.owner_id for one, _ in group})
    luck = await luck_of(reader, row, attained, TOGETHER, owners)
    metric, currency, period = aimed_at(row, reader.team)
    return TeamOutcome(
        metric=metric,
        activity=row.activity_kind or "",
        currency=currency,
        starts_on=period.start,
        ends_on=period.end,
        goals=len(group),
        target=sum(one.target for one, _ in group),
        attained=attained,
        expected=luck.expected if luck is not None else None,
        luck=luck.share if luck is not None else None,
        settled_on=reader.today,
    )


async def luck_of(
    reader: Reader, row: Goal, attained: int, rep: str, owners: Sequence[str] = ()
) -> Luck | None:
    """Return how a result compares with what the rate before the period was good for; None where too little tells.

    It is worked out in a thread, from what was known on the day before the period.
    """
    year_start = reader.team.fiscal_year_start
    period = span(row.starts_on, row.ends_on, year_start)
    record = await reader.record(row, rep, period.start - timedelta(days=1), owners)
    about = rep, attained, period, year_start
    if record.known is None or row.metric not in FROM_DEALS:
        return await asyncio.to_thread(luck_in_counts, record.past, *about)
    in_deals = row.metric is Metric.DEALS_WON
    return await asyncio.to_thread(luck_in_deals, record.known, *about, in_deals=in_deals)
