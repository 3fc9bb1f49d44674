"""What a target is suggested from, and how a goal that need not be stored would stand."""

from dataclasses import replace
from datetime import date

from sales.goals.goal import Goal, Measure
from sales.goals.goal_chance import GoalChance
from sales.goals.progress import TargetProgress
from sales.goals.suggestion import Suggestion, suggested, unit_of
from sales.language.dates.period import Period, previous_period, span
from storage.goals import attainment
from storage.goals.forecast.chance import chance_of
from storage.goals.forecast.inputs import seen_from
from storage.goals.progress import unstored_progress
from storage.goals.starting_balance import would_ask
from storage.people.member import reps_in
from storage.people.team import TeamRow
from storage.scope import Scope


async def unstored_progress_with_chance(
    scope: Scope, goal: Goal, team: TeamRow, today: date, *, is_new: bool = False
) -> TargetProgress:
    """Return a goal that need not be stored as it would stand today, with P(hit).

    One that `is_new` asks its owner what was won before, where nothing tells.
    """
    standing = await unstored_progress(scope, goal, team, today)
    found = await chance_of(scope, goal, standing.attained, standing.pace.period, team, today)
    asks = is_new and await would_ask(scope, goal, today)
    return replace(standing, chance=GoalChance(found), asks_start=asks)


async def suggestion(scope: Scope, goal: Goal, team: TeamRow, today: date) -> Suggestion | None:
    """Return the target to begin with for what a goal measures, in its period; None where nothing tells one."""
    year_start = team.fiscal_year_start
    period = span(goal.starts_on, goal.ends_on, year_start)
    before = previous_period(period, year_start)
    while before.end >= today:  # what is not over yet has not brought what it will
        before = previous_period(before, year_start)
    people = [one.user_id for one in await reps_in(scope, team.id)]
    everybody = sorted({goal.owner_id, *people})
    measures = [measure_of(goal, user_id, before) for user_id in everybody]
    gained = dict(zip(everybody, await attainment.attained_of(scope, measures, today), strict=True))
    own = gained.pop(goal.owner_id)
    return suggested(
        own,
        await seen_from(scope, goal.owner_id, today),
        list(gained.values()),
        await attainment.first_gain(scope, everybody, goal.metric, today),
        before,
        period,
        today,
        unit=unit_of(goal),
    )


def measure_of(goal: Goal, user_id: str, period: Period) -> Measure:
    return Measure(user_id, goal.metric, period.start, period.end, goal.activity_kind, goal.currency)
