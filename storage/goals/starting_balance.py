"""Starting balances: kept by owner, what is counted and its first day; and which goals still lack one."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlmodel import Field, UniqueConstraint, col, func, select

from sales.goals.goal import Goal, Measured, Metric
from sales.goals.starting_balance import (
    WON,
    BalanceState,
    StartingBalance,
    answer_to,
    counting,
    is_recorded_before,
    may_be_asked,
)
from sales.language.dates.instants import local_date
from sales.pipeline.opportunity import Stage
from storage.engines.statement import Rows, Statement, among, given
from storage.goals.goal import GoalChangeRow, GoalRow
from storage.people.team import TeamRow
from storage.pipeline.opportunity import OpportunityRow
from storage.row_image import Image, image
from storage.rows import restate
from storage.scope import Scope


class StartingBalanceRow(StartingBalance, table=True):
    __tablename__ = "starting_balance"
    __table_args__ = (
        UniqueConstraint("workspace_id", "owner_id", "metric", "currency", "since"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


BALANCES = Rows(
    StartingBalanceRow,
    given(StartingBalanceRow.workspace_id),
    by=lambda engine: among(engine, col(StartingBalanceRow.owner_id), "owner_ids"),
    order=[col(StartingBalanceRow.since), col(StartingBalanceRow.id)],
)
FIRST_WIN = (
    select(func.min(col(OpportunityRow.closed_on)))
    .where(
        OpportunityRow.workspace_id == GoalRow.workspace_id,
        OpportunityRow.owner_id == GoalRow.owner_id,
        OpportunityRow.stage == Stage.WON,
        col(OpportunityRow.closed_on) <= bindparam("today"),
    )
    .correlate(GoalRow)
    .scalar_subquery()
)
STARTS = Statement(  # of goals: when each was set, and the first day of its owner's wins
    lambda engine: (
        select(col(GoalRow.id), func.min(col(GoalChangeRow.changed_at)), FIRST_WIN)
        .join(GoalChangeRow, col(GoalChangeRow.goal_id) == col(GoalRow.id))
        .where(given(GoalRow.workspace_id), among(engine, col(GoalRow.id), "goal_ids"))
        .group_by(col(GoalRow.id), col(GoalRow.owner_id), col(GoalRow.workspace_id))
    )
)
FIRST_WINS = Statement(
    lambda engine: (
        select(col(OpportunityRow.owner_id), func.min(col(OpportunityRow.closed_on)))
        .where(
            given(OpportunityRow.workspace_id),
            col(OpportunityRow.stage) == Stage.WON,
            col(OpportunityRow.closed_on) <= bindparam("today"),
            among(engine, col(OpportunityRow.owner_id), "owner_ids"),
        )
        .group_by(col(OpportunityRow.owner_id))
    )
)


class RecordedWins(NamedTuple):
    """How many deals were won on some days, and what they came to in the unit of a balance."""

    deals: int
    amount: int


async def balances_ahead(scope: Scope, owner_ids: Collection[str]) -> None:
    """Read at once what these people had when they came."""
    await scope.rows_ahead(
        StartingBalanceRow,
        owner_ids,
        lambda missing: scope.find(BALANCES, owner_ids=missing),
        lambda row: row.owner_id,
    )


async def balances_of(scope: Scope, owner_id: str) -> Sequence[StartingBalanceRow]:
    """Return everything somebody said they had when they came, and what they waved away."""
    return await scope.once(StartingBalanceRow, owner_id, lambda: scope.find(BALANCES, owner_ids=[owner_id]))


async def find_balance(scope: Scope, balance_id: int) -> StartingBalanceRow | None:
    """Return a starting balance of this workspace, or None."""
    row = await scope.session.get(StartingBalanceRow, balance_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def counting_towards(scope: Scope, goal: Measured) -> list[StartingBalanceRow]:
    """Return the balances that count towards a goal."""
    return counting(await balances_of(scope, goal.owner_id), goal) if goal.metric in WON else []


async def asked_goals(scope: Scope, goals: Sequence[GoalRow], team: TeamRow, today: date) -> set[int]:
    """Return the ids of those of a team's goals of which it is open what was won before they were set."""
    await balances_ahead(scope, {goal.owner_id for goal in goals})
    near = {
        goal.id: goal
        for goal in goals
        if may_be_asked(goal, today, today)
        and answer_to(await balances_of(scope, goal.owner_id), goal) is None
    }
    found: list[Any] = await scope.ask(STARTS, goal_ids=list(near), today=today) if near else []
    asked = set()
    for goal_id, changed_at, first_win in found:
        set_on = local_date(changed_at, team.zone)
        if may_be_asked(near[goal_id], set_on, today) and not is_recorded_before(first_win, set_on):
            asked.add(goal_id)
    return asked


async def would_ask(scope: Scope, goal: Goal, today: date) -> bool:
    """Return whether a goal that is set today is one of which it is open what was won before."""
    if not may_be_asked(goal, today, today) or await has_wins_before(scope, goal.owner_id, today):
        return False
    return answer_to(await balances_of(scope, goal.owner_id), goal) is None


async def wins_in(scope: Scope, balance: StartingBalance) -> RecordedWins:
    """Return what the record has of a balance's days; none of it counts while the balance does."""
    statement = select(func.count(), func.coalesce(func.sum(col(OpportunityRow.value_minor)), 0)).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        OpportunityRow.owner_id == balance.owner_id,
        OpportunityRow.stage == Stage.WON,
        col(OpportunityRow.closed_on).between(balance.days.first, balance.days.last),
    )
    if balance.metric is Metric.REVENUE:
        statement = statement.where(OpportunityRow.currency == balance.currency)
    deals, amount = (await scope.session.exec(statement)).one()
    return RecordedWins(deals, int(amount) if balance.metric is Metric.REVENUE else deals)


async def has_wins_before(scope: Scope, owner_id: str, day: date) -> bool:
    """Say whether the record of somebody's wins goes back to before a day."""
    first: dict[str, date] = dict(await scope.ask(FIRST_WINS, owner_ids=[owner_id], today=day))
    return is_recorded_before(first.get(owner_id), day)


async def answer_balance(scope: Scope, wanted: StartingBalance) -> tuple[StartingBalanceRow, Image | None]:
    """Store an answer, in place of an earlier one for the same days; return it and what it said before."""
    there = next(
        (
            row
            for row in await balances_of(scope, wanted.owner_id)
            if (row.metric, row.currency, row.since) == (wanted.metric, wanted.currency, wanted.since)
        ),
        None,
    )
    before = None if there is None else image(there)
    if there is None:
        row = StartingBalanceRow.model_validate({**wanted.model_dump(), "workspace_id": scope.workspace_id})
        scope.session.add(row)
        await scope.session.flush()
    else:
        row = await restate_balance(scope, there, wanted)
    scope.forget(StartingBalanceRow)
    return row, before


async def restate_balance(
    scope: Scope, row: StartingBalanceRow, wanted: StartingBalance
) -> StartingBalanceRow:
    """Let a balance say something else."""
    here = await scope.session.merge(row)
    await restate(scope, here, StartingBalance, wanted)
    scope.forget(StartingBalanceRow)
    return here


async def contested(scope: Scope) -> list[tuple[StartingBalanceRow, RecordedWins]]:
    """Return the balances of a workspace whose days the record knows wins of, and nobody said which counts."""
    statement = select(StartingBalanceRow).where(
        StartingBalanceRow.workspace_id == scope.workspace_id,
        StartingBalanceRow.state == BalanceState.COUNTS,
    )
    rows = list(await scope.session.exec(statement.order_by(col(StartingBalanceRow.id))))
    found = [(row, await wins_in(scope, row)) for row in rows]
    return [(row, wins) for row, wins in found if wins.deals]
