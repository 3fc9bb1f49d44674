"""The retrospective: what leaders change, and what the system did in a quarter of a team (11)."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from sqlmodel import Field, UniqueConstraint, col, not_, or_, select

from sales.coaching.retrospective import (
    UNTOUCHED_AFTER,
    LeaderChange,
    SystemPart,
    is_late,
    is_left,
    targets_moved,
)
from sales.language.dates.instants import local_instant
from sales.language.dates.period import Period
from storage.goals.goal import GoalRow, ended_goals, for_others, goal_history, own_business
from storage.people.team import TeamRow
from storage.pipeline.price_cut import wishes_since
from storage.prospects.lead import LeadRow
from storage.row_image import Touched, image
from storage.scope import Scope

DAY = timedelta(days=1)


class LeaderChangeRow(LeaderChange, table=True):
    __tablename__ = "leader_change"
    __table_args__ = (
        UniqueConstraint("workspace_id", "team_id", "manager_id", "period_start"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


async def change_of(
    scope: Scope, team_id: int, manager_id: str, period_start: date
) -> LeaderChangeRow | None:
    """Return what somebody said that they change after a quarter, or None."""
    statement = select(LeaderChangeRow).where(
        LeaderChangeRow.workspace_id == scope.workspace_id,
        LeaderChangeRow.team_id == team_id,
        LeaderChangeRow.manager_id == manager_id,
        LeaderChangeRow.period_start == period_start,
    )
    return (await scope.session.exec(statement)).one_or_none()


async def keep_change(scope: Scope, said: LeaderChange) -> Touched:
    """Store what somebody changes, in place of what they said of the same quarter; return what undoing it needs."""
    row = await change_of(scope, said.team_id, said.manager_id, said.period_start)
    before = image(row) if row is not None else None
    if row is None:
        row = LeaderChangeRow.model_validate({**said.model_dump(), "workspace_id": scope.workspace_id})
    row.text, row.on = said.text, said.on
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row, before)


async def had_goals(scope: Scope, reps: Collection[str], period: Period) -> bool:
    """Say whether goals of some people that others may see were open when they ended, in a quarter."""
    return bool(await for_others(scope, await ended_goals(scope, reps, period.start, period.end)))


async def ran_in(scope: Scope, reps: Collection[str], period: Period) -> list[int]:
    """Return the ids of the goals of some people that ran in a quarter or in a part of it, a year's among them.

    Those that are their owners' alone are nobody else's to count.
    """
    statement = select(GoalRow.id).where(
        GoalRow.workspace_id == scope.workspace_id,
        col(GoalRow.owner_id).in_(reps),
        col(GoalRow.starts_on) <= period.end,
        col(GoalRow.ends_on) >= period.start,
        not_(own_business()),
    )
    return list(await scope.session.exec(statement.order_by(col(GoalRow.id))))


async def system_part(
    scope: Scope, team: TeamRow, reps: Collection[str], period: Period, now: datetime
) -> SystemPart:
    """Return what the system did in a quarter of a team, up to its end."""
    first = local_instant(team.zone, time.min, period.start)
    end = min(local_instant(team.zone, time.min, period.end + DAY), now)
    histories = await goal_history(scope, await ran_in(scope, reps, period))
    late = [
        request
        for request, deal in await wishes_since(scope, period.start)
        if deal.owner_id in reps and request.asked_on >= period.start and is_late(request, period.end)
    ]
    return SystemPart(
        targets_moved(histories.values(), first, end),
        len(late),
        await leads_left(scope, team.id, reps, first, end),
    )


async def leads_left(
    scope: Scope, team_id: int, reps: Collection[str], first: datetime, end: datetime
) -> int:
    """Return how many leads that came to a team in a quarter nobody called for a fortnight of it."""
    statement = select(LeadRow.came_at, LeadRow.first_call_at).where(
        LeadRow.workspace_id == scope.workspace_id,
        or_(col(LeadRow.owner_id).in_(reps), col(LeadRow.team_id) == team_id),
        col(LeadRow.came_at).between(first, end - UNTOUCHED_AFTER),
        or_(
            col(LeadRow.first_call_at).is_not(None),
            col(LeadRow.decided_at).is_(None),  # one that was decided without a call was looked at
        ),
    )
    found = await scope.session.exec(statement)
    return sum(is_left(came_at, called_at, end) for came_at, called_at in found)
