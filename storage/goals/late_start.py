"""Late starts: when goals were set whose period was under way by then, and what counted towards them before."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, or_
from sqlmodel import col, func, select

from sales.goals.goal import Metric
from sales.goals.late_start import LateStart, late_start, was_set_late
from sales.language.dates.instants import local_date
from sales.pipeline.opportunity import Stage
from storage.engines.statement import Statement, among, given
from storage.followups.activity import ActivityRow
from storage.goals.goal import GoalChangeRow, GoalRow
from storage.goals.starting_balance import counting_towards
from storage.people.team import TeamRow
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

DEAL, DONE = OpportunityRow, ActivityRow


def first(table: Any, on: Any, *counts: Any) -> Any:
    """Return the question for the first day in a goal's period, until today, with something of its owner's."""
    own = (table.workspace_id == GoalRow.workspace_id, table.owner_id == GoalRow.owner_id)
    in_days = on.between(col(GoalRow.starts_on), bindparam("today"))
    return select(func.min(on)).where(*own, in_days, *counts).correlate(GoalRow).scalar_subquery()


SET_AT = (
    select(func.min(col(GoalChangeRow.changed_at)))
    .where(col(GoalChangeRow.goal_id) == col(GoalRow.id))
    .correlate(GoalRow)
    .scalar_subquery()
)
OF_ITS_CURRENCY = or_(col(GoalRow.metric) != Metric.REVENUE, col(DEAL.currency) == col(GoalRow.currency))
ASKED: list[Any] = [
    col(GoalRow.id),
    SET_AT,
    first(DEAL, col(DEAL.closed_on), col(DEAL.stage) == Stage.WON, OF_ITS_CURRENCY),
    first(DEAL, col(DEAL.opened_on), col(DEAL.stage) != Stage.SUSPECT),
    first(DONE, col(DONE.on), col(DONE.kind) == col(GoalRow.activity_kind)),
]
SET_AND_FIRST = Statement(
    lambda engine: select(*ASKED).where(
        given(GoalRow.workspace_id), among(engine, col(GoalRow.id), "goal_ids")
    )
)


async def late_starts(
    scope: Scope, goals: Sequence[GoalRow], team: TeamRow, today: date
) -> dict[int, LateStart]:
    """Return how late those of a team's running goals start that do, by their ids; in one question."""
    under_way = {goal.id: goal for goal in goals if today <= goal.ends_on and was_set_late(goal, today)}
    if not under_way:
        return {}
    found = {}
    for goal_id, changed_at, won, opened, done in await scope.ask(
        SET_AND_FIRST, goal_ids=list(under_way), today=today
    ):
        goal = under_way[goal_id]
        gained = {Metric.OPPORTUNITIES_CREATED: opened, Metric.ACTIVITIES: done}.get(goal.metric, won)
        balance = bool(await counting_towards(scope, goal))
        late = late_start(goal, local_date(changed_at, team.zone), gained, has_balance=balance)
        if late is not None:
            found[goal_id] = late
    return found
