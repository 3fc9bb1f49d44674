"""What this week asks of somebody, worked back from the gap of a goal as it stood when the week began (mechanism 8)."""

from datetime import date, timedelta
from typing import NamedTuple

from sales.goals.goal import Measure, Metric
from sales.goals.lead_measures import RATIO_DAYS, Funnel, Week, this_week, week_begins
from sales.goals.runway.additions import needed_spread
from sales.goals.runway.outlook import Outlook, has_runway
from sales.language.dates.instants import local_date
from storage.followups.activity import next_steps_between
from storage.goals import attainment
from storage.goals.forecast.inputs import conversations_held
from storage.goals.goal import GoalRow, goal_history, open_goals
from storage.goals.progress import ProgressAhead
from storage.goals.runway import outlooks
from storage.goals.starting_balance import asked_goals
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.pipeline.cycle import record_on
from storage.scope import Scope

A_DAY = timedelta(days=1)
LEAD_METRICS = frozenset({Metric.REVENUE, Metric.DEALS_WON, Metric.OPPORTUNITIES_CREATED})


class GoalWeek(NamedTuple):
    """What a week asks for towards one goal; None where opening deals is not what helps now."""

    week: Week | None


async def must_of(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> Week | None:
    """Return what this week asks of somebody: by the goal that asks for most, as goals share the work that is done.

    None where no goal asks for anything, or nothing tells how long deals take.
    """
    ahead = scope.known(ProgressAhead, (member.user_id, team.id, today))
    if ahead is not None and not any(one.goal.metric in LEAD_METRICS for one in ahead.standings):
        return None
    rows = [row for row in await open_goals(scope, member.user_id, today) if row.metric in LEAD_METRICS]
    asked = await asked_goals(scope, rows, team, today)  # how much is missing is not known yet
    found = [await week_of(scope, row, member, team, today) for row in rows if row.id not in asked]
    weeks = [week for week in found if week is not None]
    return max(weeks, key=lambda week: week.opportunities, default=None)


async def week_of(
    scope: Scope, row: GoalRow, member: MemberRow, team: TeamRow, today: date, ahead: Outlook | None = None
) -> Week | None:
    """Return what this week asks for towards a goal, and what of it is done; `ahead` is its outlook, where known."""

    async def worked_out() -> GoalWeek:
        return GoalWeek(await worked_back(scope, row, member, team, today, ahead))

    return (await scope.once(GoalWeek, (row.id, today), worked_out)).week


async def worked_back(
    scope: Scope, row: GoalRow, member: MemberRow, team: TeamRow, today: date, ahead: Outlook | None
) -> Week | None:
    """Work a goal's gap back to what is to be done this week; what is done in it makes it no smaller."""
    changes = (await goal_history(scope, [row.id])).get(row.id, [])
    begins = week_begins(today, local_date(changes[0].changed_at, member.zone) if changes else None)
    calendar = await calendar_of(scope, team, member)
    if has_runway(row, today):
        if ahead is None:
            (ahead,) = await outlooks(scope, [row], member, team, today)
        by, count = ahead.runway.last_create_on, await to_open(scope, ahead, today)
        if not count:
            return None
        (then,) = await outlooks(scope, [row], member, team, begins - A_DAY)
        at_first = await to_open(scope, then, begins - A_DAY)
        begins, count = (begins, at_first) if at_first else (today, count)
    elif (
        row.metric is Metric.OPPORTUNITIES_CREATED
        and await attainment.attained(scope, row, today) < row.target
    ):
        by = row.ends_on
        count = row.target - await attainment.attained(scope, row, begins - A_DAY)
    else:
        return None
    monday = week_begins(today)
    first, last = monday - timedelta(days=RATIO_DAYS), monday - A_DAY
    found = this_week(count, by, begins, calendar, await funnel_of(scope, row.owner_id, first, last))
    if found is None or today > by:
        return None
    return found._replace(done=await funnel_of(scope, row.owner_id, monday, today))


async def funnel_of(scope: Scope, owner_id: str, first: date, last: date) -> Funnel:
    """Return what some days brought a rep."""
    opened = Measure(owner_id, Metric.OPPORTUNITIES_CREATED, first, last)
    steps = await next_steps_between(scope, [owner_id], first, last)
    agreed, named = steps.get(owner_id, (0, 0))
    return Funnel(
        await conversations_held(scope, owner_id, first, last),
        await attainment.attained(scope, opened, last),
        agreed,
        named,
    )


async def to_open(scope: Scope, ahead: Outlook, today: date) -> float:
    """Return how many deals to open by the last create date, spread evenly; 0 where nothing tells, where nobody can,
    and while what is opened is mostly won before the period."""
    runway = ahead.runway
    if not ahead.is_open or not runway.from_history or runway.needed is None or not runway.has_begun:
        return 0
    need = runway.needed
    if today >= runway.period.start:
        cycle = (await record_on(scope, today)).cycle
        over = runway.days_to_open
        need = needed_spread(cycle, ahead.gap, runway.mean_won, runway.days_left, over) or need
    return need.deals or 0 if ahead.can_open(need.deals) else 0
