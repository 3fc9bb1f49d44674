"""How goals stand on a day: counted, paced by the owner's own working days, seasonal where history allows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sales.goals.burn_up import BurnUpPoint, burn_up, points_on
from sales.goals.goal import Goal, Measure, Metric
from sales.goals.pace import pace
from sales.goals.pace_warning import full_weeks
from sales.goals.progress import GoalProgress, ProgressInputs, TargetProgress
from sales.goals.ramp import ramp_season
from sales.goals.season import Season, recorded, seasonal_share
from sales.language.dates.instants import local_date
from sales.language.dates.period import Period, PeriodKind, span
from sales.people.calendar import WorkCalendar
from sales.people.country import country_name
from storage.goals import attainment
from storage.goals.forecast.inputs import counted_towards, deals_changed_on
from storage.goals.goal import GoalRow, goal_history, open_goals_of
from storage.goals.late_start import late_starts
from storage.goals.starting_balance import asked_goals, counting_towards
from storage.people.calendar import calendar_of, calendars_of
from storage.people.leave import leave_of
from storage.people.member import MemberRow, find_member, members_in, note_members
from storage.people.team import TeamRow
from storage.pipeline.deal_stamp import at_one_stamp
from storage.scope import Scope


class ProgressAhead(NamedTuple):
    """A member's open goals as they stand on a day, read ahead with those of others."""

    standings: Sequence[GoalProgress]


async def member_progress(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> list[GoalProgress]:
    """Return a member's open goals as they stand on `today`, upcoming ones last."""
    ahead = scope.known(ProgressAhead, (member.user_id, team.id, today))
    if ahead is not None:
        return list(ahead.standings)
    return (await people_progress(scope, [member], team, today))[member.user_id]


async def progress_ahead(scope: Scope, people: Sequence[MemberRow], team: TeamRow, today: date) -> None:
    """Read ahead how the goals of a team's people stand; for a read, as nothing says that anything changed."""
    for user_id, standings in (await people_progress(scope, people, team, today)).items():
        scope.keep(ProgressAhead, (user_id, team.id, today), ProgressAhead(standings))


async def people_progress(
    scope: Scope, people: Sequence[MemberRow], team: TeamRow, today: date
) -> dict[str, list[GoalProgress]]:
    """Return the open goals of a team's people as they stand on `today`, by user id, in few queries."""
    note_members(scope, people)
    rows = await open_goals_of(scope, [member.user_id for member in people], today)
    found: dict[str, list[GoalProgress]] = {member.user_id: [] for member in people}
    for standing in await goal_progress(scope, rows, team, today):
        found[standing.goal.owner_id].append(standing)
    return found


async def goal_progress(
    scope: Scope, rows: Sequence[GoalRow], team: TeamRow, today: date
) -> list[GoalProgress]:
    """Return these goals of people of one team as they stand on `today`, in the order given."""
    scope = await at_one_stamp(scope)
    done = await attainment.attained_of(scope, rows, today)
    asked = await asked_goals(scope, rows, team, today)
    late = await late_starts(scope, rows, team, today)
    calendar = await calendar_of(scope, team)
    own = await calendars_of(scope, team, {row.owner_id for row in rows})
    seasons: dict[tuple[Metric, str, date, date, date | None], Season | None] = {}
    found = []
    for row, actual in zip(rows, done, strict=True):
        period = span(row.starts_on, row.ends_on, team.fiscal_year_start)
        shared = (row.metric, row.currency, row.starts_on, row.ends_on, row.ramps_from)
        if shared not in seasons:
            seasons[shared] = await season(scope, row, period, team, today, calendar)
        start = late.get(row.id)
        begins = start.set_on if start is not None and start.begins else None
        paced = pace(actual, row.target, period, today, own[row.owner_id], seasons[shared], begins)
        set_late = start.set_on if start is not None else None
        found.append(GoalProgress(row, paced, goal_id=row.id, asks_start=row.id in asked, set_late=set_late))
    return found


async def unstored_progress(scope: Scope, goal: Goal, team: TeamRow, today: date) -> TargetProgress:
    """Return how a goal would stand that need not be stored."""
    period = span(goal.starts_on, goal.ends_on, team.fiscal_year_start)
    calendar = await calendar_of(scope, team)
    own = await calendar_of(scope, team, await find_member(scope, goal.owner_id))
    done = await attainment.attained(scope, goal, today)
    past = await season(scope, goal, period, team, today, calendar)
    return TargetProgress(goal, pace(done, goal.target, period, today, own, past))


async def burn_up_of(
    scope: Scope, standing: GoalProgress, team: TeamRow, today: date
) -> tuple[BurnUpPoint, ...]:
    """Return what a goal came to by each day so far, beside its plan by its owner's own working days."""
    goal, period = standing.goal, standing.pace.period
    gained, own, past = await plan_of(scope, standing, team, today)
    return burn_up(gained, goal.target, period, today, own, past, standing.pace.begins)


async def week_ends(
    scope: Scope, standing: GoalProgress, team: TeamRow, today: date
) -> tuple[BurnUpPoint, ...]:
    """Return how a goal stood at the end of each full week of its time that is over, the oldest first."""
    goal, period, begins = standing.goal, standing.pace.period, standing.pace.begins
    days = full_weeks(begins or period.start, period.end, today)
    if not days:
        return ()
    gained, own, past = await plan_of(scope, standing, team, today)
    return points_on(days, gained, goal.target, period, own, past, begins)


async def plan_of(
    scope: Scope, standing: GoalProgress, team: TeamRow, today: date
) -> tuple[Mapping[date, int], WorkCalendar, Season | None]:
    """Return what each day brought a goal, its owner's working days, and how past periods came in."""
    calendar = await calendar_of(scope, team)
    own = await calendar_of(scope, team, await find_member(scope, standing.goal.owner_id))
    gained = await attainment.gained_with_balance(scope, standing.goal, today)
    return gained, own, await season(scope, standing.goal, standing.pace.period, team, today, calendar)


async def season(
    scope: Scope, row: Goal, period: Period, team: TeamRow, today: date, calendar: WorkCalendar
) -> Season | None:
    """Return how the team's past periods of this kind came in; None where nothing tells.

    Activities are the rep's own to spread, so their pace is even. A period that began before the record did
    is left out, as its beginning would look empty. A goal that ramps up comes in as its ramp says.
    """
    if row.ramps_from is not None:
        return ramp_season(row.ramps_from, period, calendar)
    if row.metric is Metric.ACTIVITIES or period.kind is PeriodKind.CUSTOM or not period.holds(today):
        return None
    people = [member.user_id for member in await members_in(scope, team.id)]
    first = await attainment.first_gain(scope, people, row.metric, today)
    past = recorded(period, first, team.fiscal_year_start)
    if not past:
        return None
    measure = Measure(row.owner_id, row.metric, past[-1].start, past[0].end, currency=row.currency)
    gained = await attainment.gained_by_day(scope, people, measure, today)
    return seasonal_share([(each, gained) for each in past], calendar)


async def inputs(
    scope: Scope, standing: GoalProgress, team: TeamRow, zone: str, today: date
) -> ProgressInputs:
    """Return where each input of a goal's figures comes from, and as of when; `zone` is the reader's.

    So the day a goal was set is the one its history shows to the same reader.
    """
    goal = standing.goal
    changes = (await goal_history(scope, [standing.goal_id]))[standing.goal_id]
    last = changes[-1]
    setter = await find_member(scope, last.changed_by)
    before = await counting_towards(scope, goal)
    counted = await counted_towards(scope, goal, today, [one.days for one in before])
    deals = goal.metric is not Metric.ACTIVITIES
    calendar = await calendar_of(scope, team, await find_member(scope, goal.owner_id))
    return ProgressInputs(
        set_by="" if setter is None else setter.name,
        set_on=local_date(last.changed_at, zone),
        counted=counted.rows,
        first=goal.starts_on,
        last_gain=counted.newest,
        last_what=counted.name,
        changed_on=await deals_changed_on(scope, team.zone) if deals else None,
        holidays=country_name(calendar.country),
        leave=sum(
            (min(one.last, goal.ends_on) - max(one.first, goal.starts_on)).days + 1
            for one in await leave_of(scope, goal.owner_id, goal.starts_on)
            if one.first <= goal.ends_on
        ),
        today=today,
        before=tuple(before),
    )
