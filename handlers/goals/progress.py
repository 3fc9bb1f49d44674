"""How goals stand on a day: counted, paced by the owner's own working days, seasonal where history allows."""

from collections.abc import Sequence
from datetime import date

from handlers.people.calendars import calendar_of
from sales.goals.goal import Goal, Measure, Metric
from sales.goals.pace import Season, pace, seasonal_share
from sales.goals.progress import GoalStanding
from sales.language.dates.period import Period, PeriodKind, is_recorded, previous_period, span
from sales.people.calendar import WorkCalendar
from storage.goals import attainment
from storage.goals import goal as goals
from storage.goals.goal import GoalRow
from storage.people import member as members
from storage.people.leave import leave_of
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope

PAST_PERIODS = 4  # a year of quarters: older ones were another team


async def standings(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> list[GoalStanding]:
    """Return a member's open goals as they stand on `today`, upcoming ones last."""
    return (await standings_of(scope, [member], team, today))[member.user_id]


async def standings_of(
    scope: Scope, people: Sequence[MemberRow], team: TeamRow, today: date
) -> dict[str, list[GoalStanding]]:
    """Return the open goals of a team's people as they stand on `today`, by user id, in few queries."""
    rows = await goals.open_goals_of(scope, [member.user_id for member in people], today)
    found: dict[str, list[GoalStanding]] = {member.user_id: [] for member in people}
    for standing in await stand(scope, rows, team, today):
        found[standing.goal.owner_id].append(standing)
    return found


async def stand(scope: Scope, rows: Sequence[GoalRow], team: TeamRow, today: date) -> list[GoalStanding]:
    """Return these goals of people of one team as they stand on `today`, in the order given."""
    done = await attainment.attained_of(scope, rows, today)
    calendar = await calendar_of(scope, team)
    own = {row.owner_id: calendar for row in rows}
    for owner_id in own:
        earliest = min(row.starts_on for row in rows if row.owner_id == owner_id)
        own[owner_id] = calendar.with_leave(await leave_of(scope, owner_id, earliest))
    seasons: dict[tuple[Metric, str, date, date], Season | None] = {}
    found = []
    for row, actual in zip(rows, done, strict=True):
        period = span(row.starts_on, row.ends_on, team.fiscal_year_start)
        shared = (row.metric, row.currency, row.starts_on, row.ends_on)
        if shared not in seasons:
            seasons[shared] = await season(scope, row, period, team, today, calendar)
        assert row.id is not None
        paced = pace(actual, row.target, period, today, own[row.owner_id], seasons[shared])
        found.append(GoalStanding(row.id, row, paced))
    return found


async def stand_of(scope: Scope, goal: Goal, team: TeamRow, today: date) -> GoalStanding:
    """Return how a goal would stand that need not be stored."""
    period = span(goal.starts_on, goal.ends_on, team.fiscal_year_start)
    calendar = await calendar_of(scope, team)
    calendar = calendar.with_leave(await leave_of(scope, goal.owner_id, goal.starts_on))
    done = await attainment.attained(scope, goal, today)
    past = await season(scope, goal, period, team, today, calendar)
    return GoalStanding(0, goal, pace(done, goal.target, period, today, calendar, past))


async def season(
    scope: Scope, row: Goal, period: Period, team: TeamRow, today: date, calendar: WorkCalendar
) -> Season | None:
    """Return how the team's past periods of this kind came in; None where nothing tells.

    Activities are the rep's own to spread, so their pace is even. A period that began before the record did
    is left out, as its beginning would look empty.
    """
    if row.metric is Metric.ACTIVITIES or period.kind is PeriodKind.CUSTOM or not period.holds(today):
        return None
    assert team.id is not None
    people = [member.user_id for member in await members.in_team(scope, team.id)]
    first = await attainment.first_gain(scope, people, row.metric, today)
    past = recorded(period, first, team.fiscal_year_start)
    if not past:
        return None
    measure = Measure(row.owner_id, row.metric, past[-1].start, past[0].end, currency=row.currency)
    gained = await attainment.gained_by_day(scope, people, measure, today)
    return seasonal_share([(each, gained) for each in past], calendar)


def recorded(period: Period, first: date | None, fiscal_year_start: int) -> list[Period]:
    """Return the past periods that are on record from their beginning, the latest first."""
    found: list[Period] = []
    while first is not None and len(found) < PAST_PERIODS:
        period = previous_period(period, fiscal_year_start)
        if not is_recorded(period, first):
            break
        found.append(period)
    return found
