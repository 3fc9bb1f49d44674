"""Goals: what somebody aims for, and the dated history of what each goal said."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import Field, Index, and_, col, func, select

from sales.goals.goal import Goal, GoalChange, GoalState, Metric, is_own_business
from sales.value import changed
from storage.engines.statement import Rows, among, given
from storage.rows import restate
from storage.scope import Scope


class GoalRow(Goal, table=True):
    __tablename__ = "goal"
    __table_args__ = (
        Index("ix_goal_owner", "workspace_id", "owner_id", "ends_on"),
        {"sqlite_autoincrement": True},  # ids are never used twice: old buttons must not reach newer rows
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


class GoalChangeRow(GoalChange, table=True):
    __tablename__ = "goal_change"

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    goal_id: int = Field(foreign_key="goal.id", index=True)


def own_business() -> ColumnElement[bool]:
    """Return what is true of goals that are their owners' alone, as `is_own_business` decides."""
    set_by = (
        select(GoalChangeRow.changed_by)
        .where(GoalChangeRow.goal_id == GoalRow.id)
        .order_by(col(GoalChangeRow.id))
        .limit(1)
        .correlate(GoalRow)
        .scalar_subquery()
    )
    return and_(col(GoalRow.metric) == Metric.ACTIVITIES, col(GoalRow.owner_id) == set_by)


async def open_goals_on(scope: Scope, owner_ids: Collection[str], day: date, over: datetime) -> list[GoalRow]:
    """Return the open goals of these people whose period goes on after `day`, the oldest first.

    One that was set only when the day was `over` is none of that day's.
    """
    later = (
        select(GoalChangeRow.goal_id)
        .where(GoalChangeRow.workspace_id == scope.workspace_id)
        .group_by(col(GoalChangeRow.goal_id))
        .having(func.min(GoalChangeRow.changed_at) >= over)
    )
    statement = select(GoalRow).where(
        GoalRow.workspace_id == scope.workspace_id,
        col(GoalRow.owner_id).in_(owner_ids),
        GoalRow.state == GoalState.OPEN,
        GoalRow.ends_on > day,
        col(GoalRow.id).not_in(later),
    )
    return list(await scope.session.exec(statement.order_by(col(GoalRow.id))))


# what goals came to


async def ended_goals(scope: Scope, owner_ids: Collection[str], since: date, until: date) -> list[GoalRow]:
    """Return the goals of these people that were open when their period ended, from `since` to `until`."""
    statement = select(GoalRow).where(
        GoalRow.workspace_id == scope.workspace_id,
        col(GoalRow.owner_id).in_(owner_ids),
        GoalRow.state == GoalState.OPEN,
        col(GoalRow.ends_on).between(since, until),
    )
    return list(await scope.session.exec(statement.order_by(col(GoalRow.id))))


HISTORY = Rows(
    GoalChangeRow,
    given(GoalChangeRow.workspace_id),
    by=lambda engine: among(engine, col(GoalChangeRow.goal_id), "goal_ids"),
    order=[col(GoalChangeRow.id)],
)
OPEN_GOALS = Rows(
    GoalRow,
    given(GoalRow.workspace_id),
    col(GoalRow.state) == GoalState.OPEN,
    col(GoalRow.ends_on) >= bindparam("today"),
    by=lambda engine: among(engine, col(GoalRow.owner_id), "owner_ids"),
    order=[col(GoalRow.starts_on), col(GoalRow.ends_on), col(GoalRow.id)],
)
CHANGEABLE = frozenset({"target", "period_kind", "starts_on", "ends_on", "objective", "reason", "state"})


async def find_goal(scope: Scope, goal_id: int) -> GoalRow | None:
    """Return a goal of this workspace, or None."""
    row = await scope.session.get(GoalRow, goal_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def open_goals(scope: Scope, owner_id: str, today: date) -> list[GoalRow]:
    """Return a person's open goals that have not ended by `today`, upcoming ones too, the soonest first."""
    return await open_goals_of(scope, [owner_id], today)


async def open_goals_of(scope: Scope, owner_ids: Collection[str], today: date) -> list[GoalRow]:
    """Return the open goals of these people that have not ended by `today`, the soonest first."""
    return await scope.find(OPEN_GOALS, owner_ids=list(owner_ids), today=today)


async def goals_of(scope: Scope, owner_id: str, limit: int) -> list[GoalRow]:
    """Return a person's goals, closed and ended ones included, the latest period first."""
    statement = select(GoalRow).where(
        GoalRow.workspace_id == scope.workspace_id, GoalRow.owner_id == owner_id
    )
    in_order = statement.order_by(col(GoalRow.ends_on).desc(), col(GoalRow.id).desc()).limit(limit)
    return list(await scope.session.exec(in_order))


async def for_others(scope: Scope, rows: Sequence[GoalRow]) -> list[GoalRow]:
    """Return those of these goals that others than their owners may see; who set one is asked only where it matters."""
    own = [row.id for row in rows if is_own_business(row, row.owner_id)]
    if not own:
        return list(rows)
    here = (GoalChangeRow.workspace_id == scope.workspace_id, col(GoalChangeRow.goal_id).in_(own))
    first = select(func.min(GoalChangeRow.id)).where(*here).group_by(col(GoalChangeRow.goal_id))
    statement = select(GoalChangeRow.goal_id, GoalChangeRow.changed_by).where(
        col(GoalChangeRow.id).in_(first)
    )
    set_by = dict(list(await scope.session.exec(statement)))
    return [row for row in rows if not is_own_business(row, set_by.get(row.id, ""))]


async def add_goal(scope: Scope, wanted: Goal, by: str, now: datetime) -> GoalRow:
    """Store a new goal and the first line of its history."""
    row = GoalRow.model_validate({"workspace_id": scope.workspace_id, **wanted.model_dump()})
    scope.session.add(row)
    await scope.session.flush()
    await _note(scope, row, by, now, wanted.reason)
    return row


async def change_goal(
    scope: Scope, row: GoalRow, wanted: Goal, by: str, now: datetime, because: str = ""
) -> GoalChangeRow | None:
    """Let a goal say what `wanted` says and note it with its date; None if it says the same already.

    Raises:
        ValidationError: if the goal would no longer be measurable.
        ValueError: for one that is another goal, of another metric or owner.
    """
    changes = {name for name in Goal.model_fields if getattr(row, name) != getattr(wanted, name)}
    if other := changes - CHANGEABLE:
        raise ValueError(f"a goal keeps its {', '.join(sorted(other))}")
    if not changes:
        return None
    await restate(scope, row, Goal, wanted)
    return await _note(scope, row, by, now, because)


async def close_goal(
    scope: Scope, row: GoalRow, by: str, now: datetime, because: str = ""
) -> GoalChangeRow | None:
    """Close a goal for good; None if it was closed already."""
    return await change_goal(scope, row, changed(Goal, row, state=GoalState.CLOSED), by, now, because)


async def goal_history(scope: Scope, goal_ids: Collection[int]) -> dict[int, list[GoalChangeRow]]:
    """Return what each of these goals said and since when, the oldest first."""
    found: dict[int, list[GoalChangeRow]] = {goal_id: [] for goal_id in goal_ids}
    for row in await scope.find(HISTORY, goal_ids=list(goal_ids)):
        found[row.goal_id].append(row)
    return found


async def latest_goal_change(scope: Scope, goal_id: int) -> GoalChangeRow:
    """Return what a goal was last noted to say."""
    changes: Sequence[GoalChangeRow] = (await goal_history(scope, [goal_id]))[goal_id]
    return changes[-1]


async def _note(scope: Scope, row: GoalRow, by: str, now: datetime, because: str) -> GoalChangeRow:
    said = GoalChange(
        goal_id=row.id,
        changed_at=now,
        changed_by=by,
        target=row.target,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=row.state,
        reason=because,
    )
    note = GoalChangeRow.model_validate({"workspace_id": scope.workspace_id, **said.model_dump()})
    scope.session.add(note)
    await scope.session.flush()
    return note
