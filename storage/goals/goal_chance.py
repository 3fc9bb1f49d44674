"""Goals with their chances: a figure for each of several; for one also what moved it, what would, and this week."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sales.goals.goal import Measure, Metric
from sales.goals.lead_measures import RATIO_DAYS, Week, this_week
from sales.goals.progress import GoalProgress
from sales.goals.runway.additions import needed_spread
from sales.goals.runway.outlook import Outlook, has_runway
from sales.people.calendar import WorkCalendar
from storage.goals import attainment
from storage.goals.forecast import chance
from storage.goals.forecast.inputs import conversations_held
from storage.goals.goal import find_goal
from storage.goals.runway import outlooks
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.pipeline.cycle import record_on
from storage.scope import Scope

EXPLAINED = 2  # goals; each asks the model a dozen times


async def member_chances(
    scope: Scope, standings: Sequence[GoalProgress], member: MemberRow, team: TeamRow, today: date
) -> list[GoalProgress]:
    """Return one member's goals with P(hit) of each; the first two are explained: this period's and the next."""
    first = [await explained_with_week(scope, one, member, team, today) for one in standings[:EXPLAINED]]
    return [*first, *await chance.with_chances(scope, standings[EXPLAINED:], team, today)]


async def explained_with_week(
    scope: Scope, standing: GoalProgress, member: MemberRow, team: TeamRow, today: date
) -> GoalProgress:
    """Return a member's goal with P(hit), what moved it, what would move it most, and what this week asks for."""
    calendar = await calendar_of(scope, team, member)
    row = await find_goal(scope, standing.goal_id)
    ahead: Outlook | None = None
    if row is not None and has_runway(row, today):
        (ahead,) = await outlooks(scope, [row], member, team, today)
    by = ahead.runway.last_create_on if ahead is not None else None
    found = await chance.explained_chance(scope, standing, team, today, member.zone, by)
    if found.chance is None or found.chance.is_settled:
        return found
    week = await lead_measures(scope, found, ahead, calendar, today)
    beyond = ahead is not None and ahead.is_beyond
    return replace(found, chance=replace(found.chance, week=week, is_beyond=beyond))


async def lead_measures(
    scope: Scope, standing: GoalProgress, ahead: Outlook | None, calendar: WorkCalendar, today: date
) -> Week | None:
    """Return what this week asks for towards a goal; None where opening deals is not what helps now."""
    if ahead is not None:
        by, count = ahead.runway.last_create_on, await to_open(scope, ahead, today)
    elif standing.goal.metric is Metric.OPPORTUNITIES_CREATED:
        by, count = standing.goal.ends_on, standing.gap
    else:
        return None
    last = today - timedelta(
        days=today.weekday() + 1
    )  # logging this week's work does not make the week longer
    owner, first = standing.goal.owner_id, last - timedelta(days=RATIO_DAYS - 1)
    opened = Measure(owner, Metric.OPPORTUNITIES_CREATED, first, last)
    return this_week(
        count,
        by,
        today,
        calendar,
        await conversations_held(scope, owner, first, last),
        await attainment.attained(scope, opened, today),
    )


async def to_open(scope: Scope, ahead: Outlook, today: date) -> float:
    """Return how many deals to open by the last create date, spread evenly; 0 where nothing tells, or nobody can."""
    runway = ahead.runway
    if not ahead.is_open or not runway.from_history or runway.needed is None:
        return 0
    over = (runway.last_create_on - today).days + 1
    need = runway.needed
    if today >= runway.period.start:
        cycle = (await record_on(scope, today)).cycle
        need = needed_spread(cycle, ahead.gap, runway.mean_won, runway.days_left, over) or need
    return need.deals or 0 if ahead.can_open(need, over) else 0
