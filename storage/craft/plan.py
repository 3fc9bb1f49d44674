"""Plans: the strategies for goals, which follow-ups are their steps, and what plans came to."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Field, Index, SQLModel, col, func, select

from sales.craft.plan import NO_PLAN, Plan, PlannedStrategy, StoredStrategy, Strategy, in_time
from sales.craft.plan_record import EndedPlan
from sales.followups.followup import FollowUp, FollowUpState, StoredFollowUp
from sales.value import changed
from storage.engines.statement import Joined, Rows, among, given
from storage.followups.followup import FollowUpRow, change_followup, find_followup
from storage.goals.goal import GoalRow, own_business
from storage.goals.outcome import GoalOutcomeRow
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope

LEARNED_FROM = timedelta(days=2 * 365)  # older plans are of another market and other people


class StrategyRow(StoredStrategy, table=True):
    __tablename__ = "strategy"
    __table_args__ = (
        Index("ix_strategy_owner", "workspace_id", "owner_id"),
        {"sqlite_autoincrement": True},  # ids are never used twice: old buttons must not reach newer rows
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    goal_id: int = Field(foreign_key="goal.id", ondelete="CASCADE", index=True)


class StrategyStepRow(SQLModel, table=True):
    """Which follow-up is a step of which strategy; it goes with either."""

    __tablename__ = "strategy_step"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    strategy_id: int = Field(foreign_key="strategy.id", ondelete="CASCADE", index=True)
    followup_id: int = Field(foreign_key="followup.id", ondelete="CASCADE", unique=True)


STRATEGY: Any = StrategyRow.__table__  # type: ignore[attr-defined]
STEP: Any = StrategyStepRow.__table__  # type: ignore[attr-defined]
FOLLOWUP: Any = FollowUpRow.__table__  # type: ignore[attr-defined]
STRATEGIES = Rows(
    StrategyRow,
    given(StrategyRow.workspace_id),
    by=lambda engine: among(engine, col(StrategyRow.goal_id), "goal_ids"),
    order=[col(StrategyRow.id)],
)
OF_OWNER = Joined(
    select(STEP, FOLLOWUP)
    .join(STRATEGY, STRATEGY.c.id == STEP.c.strategy_id)
    .join(FOLLOWUP, FOLLOWUP.c.id == STEP.c.followup_id)
    .where(
        given(STRATEGY.c.workspace_id),
        given(STRATEGY.c.owner_id),
        FOLLOWUP.c.owner_id == STRATEGY.c.owner_id,  # what was handed over is somebody else's step
        FOLLOWUP.c.state != FollowUpState.DROPPED,
    )
    .order_by(STEP.c.id),
    StrategyStepRow,
    FollowUpRow,
)


def of_own_business() -> ColumnElement[bool]:
    """Return what is true of strategies whose goal is its owner's alone."""
    return col(StrategyRow.goal_id).in_(select(GoalRow.id).where(own_business()))


async def plans_for(scope: Scope, owner_id: str, goal_ids: Collection[int]) -> dict[int, Plan]:
    """Return the plan for each of somebody's goals, an empty one where nothing is written down."""
    found = await scope.find(STRATEGIES, goal_ids=list(goal_ids)) if goal_ids else []
    steps: dict[int, list[StoredFollowUp]] = defaultdict(list)
    if found:
        for step, followup in await scope.joined(OF_OWNER, owner_id=owner_id):
            steps[step.strategy_id].append(followup)
    planned: dict[int, list[PlannedStrategy]] = defaultdict(list)
    for row in found:
        planned[row.goal_id].append(PlannedStrategy(row, in_time(steps[row.id])))
    return {one: Plan(planned[one]) if planned[one] else NO_PLAN for one in goal_ids}


async def plan_for(scope: Scope, goal: GoalRow) -> Plan:
    """Return the plan for a goal."""
    return (await plans_for(scope, goal.owner_id, [goal.id]))[goal.id]


async def find_strategy(scope: Scope, strategy_id: int) -> StrategyRow | None:
    """Return one strategy of this workspace, or None."""
    row = await scope.session.get(StrategyRow, strategy_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def add_strategy(scope: Scope, strategy: Strategy) -> StrategyRow:
    """Store a strategy."""
    row = StrategyRow.model_validate({**strategy.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def change_strategy(scope: Scope, row: StrategyRow, said: Strategy) -> Touched:
    """Store what a strategy says now; return what undoing it needs."""
    before = image(row)
    await restate(scope, row, Strategy, said)
    return Touched(row, before)


async def add_step(scope: Scope, strategy_id: int, followup_id: int) -> StrategyStepRow:
    """Make a follow-up a step of a strategy."""
    row = StrategyStepRow(workspace_id=scope.workspace_id, strategy_id=strategy_id, followup_id=followup_id)
    scope.session.add(row)
    await scope.session.flush()
    return row


async def remove_strategy(scope: Scope, row: StrategyRow) -> list[Touched]:
    """Take a strategy out of its plan; its follow-ups stay what they are. Return what undoing it needs.

    What is put back last stands first: the strategy is there again before its steps are.
    """
    steps = await steps_of(scope, row.id)
    gone = [Touched(one, image(one), gone=True) for one in steps]
    gone.append(Touched(row, image(row), gone=True))
    for one in steps:
        await scope.session.delete(one)
    await scope.session.flush()
    await scope.session.delete(row)
    await scope.session.flush()
    return gone


async def steps_of(scope: Scope, strategy_id: int) -> list[StrategyStepRow]:
    """Return which follow-ups are steps of a strategy, in the order in which they were added."""
    statement = select(StrategyStepRow).where(
        StrategyStepRow.workspace_id == scope.workspace_id, StrategyStepRow.strategy_id == strategy_id
    )
    return list(await scope.session.exec(statement.order_by(col(StrategyStepRow.id))))


async def followups_of(scope: Scope, strategy_id: int) -> list[FollowUpRow]:
    """Return the follow-ups that are steps of a strategy, as they can be changed."""
    found = [await find_followup(scope, one.followup_id) for one in await steps_of(scope, strategy_id)]
    return [one for one in found if one is not None]


async def strategy_with(scope: Scope, followup_id: int) -> int | None:
    """Return the id of the strategy of which a follow-up is a step; None where it is none."""
    statement = select(StrategyStepRow.strategy_id).where(
        StrategyStepRow.workspace_id == scope.workspace_id, StrategyStepRow.followup_id == followup_id
    )
    return (await scope.session.exec(statement)).first()


async def goals_with_plans(scope: Scope, owner_id: str, until: date, most: int) -> list[GoalRow]:
    """Return somebody's goals that have strategies and whose period was over by a day, the latest first."""
    planned = select(StrategyRow.goal_id).where(
        StrategyRow.workspace_id == scope.workspace_id, StrategyRow.owner_id == owner_id
    )
    statement = select(GoalRow).where(
        GoalRow.workspace_id == scope.workspace_id,
        GoalRow.owner_id == owner_id,
        GoalRow.ends_on < until,
        col(GoalRow.id).in_(planned),
    )
    in_order = statement.order_by(col(GoalRow.ends_on).desc(), col(GoalRow.id).desc()).limit(most)
    return list(await scope.session.exec(in_order))


async def ended_plans(scope: Scope, today: date) -> list[EndedPlan]:
    """Return how many strategies with a step each goal had whose period is settled, and whether it was reached."""
    counted = (
        select(StrategyRow.goal_id, func.count(func.distinct(col(StrategyRow.id))).label("strategies"))
        .join(StrategyStepRow, col(StrategyStepRow.strategy_id) == col(StrategyRow.id))
        .where(StrategyRow.workspace_id == scope.workspace_id)
        .group_by(col(StrategyRow.goal_id))
        .subquery()
    )
    columns: Any = select(
        col(GoalOutcomeRow.owner_id),
        counted.c.strategies,
        col(GoalOutcomeRow.attained) >= col(GoalOutcomeRow.target),
    )
    statement = columns.join(counted, counted.c.goal_id == col(GoalOutcomeRow.goal_id)).where(
        GoalOutcomeRow.workspace_id == scope.workspace_id,
        GoalOutcomeRow.ends_on >= today - LEARNED_FROM,
    )
    found = await scope.session.exec(statement)
    return [EndedPlan(owner_id, count, bool(reached)) for owner_id, count, reached in found]


async def rename_step(scope: Scope, row: FollowUpRow, who: str) -> Touched:
    """Let a step be with somebody else; return what undoing it needs."""
    before = image(row)
    await change_followup(scope, row, changed(FollowUp, row, who=who))
    return Touched(row, before)


async def with_steps_of(scope: Scope, owner_id: str, other_id: str) -> list[tuple[StrategyRow, GoalRow]]:
    """Return the strategies of somebody of which another owes a step, each with its goal."""
    steps = (
        select(StrategyStepRow.strategy_id)
        .join(FollowUpRow, col(FollowUpRow.id) == col(StrategyStepRow.followup_id))
        .where(
            StrategyStepRow.workspace_id == scope.workspace_id,
            FollowUpRow.owner_id == other_id,
            FollowUpRow.state == FollowUpState.OPEN,
        )
    )
    statement = (
        select(StrategyRow, GoalRow)
        .join(GoalRow, col(GoalRow.id) == col(StrategyRow.goal_id))
        .where(
            StrategyRow.workspace_id == scope.workspace_id,
            StrategyRow.owner_id == owner_id,
            col(StrategyRow.id).in_(steps),
        )
    )
    return [(strategy, goal) for strategy, goal in await scope.session.exec(statement)]


async def give_strategy(scope: Scope, row: StrategyRow, goal_id: int, owner_id: str) -> Touched:
    """Let a strategy be somebody else's, for a goal of theirs; return what undoing it needs."""
    columns = ("goal_id", "owner_id")
    before = image(row, columns)
    row.goal_id, row.owner_id = goal_id, owner_id
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row, before, columns=columns)
