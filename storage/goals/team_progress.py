"""A team's goals added up as they stand, and what those that ended came to."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sales.goals.outcome import TeamOutcome, target_of
from sales.goals.pace import pace
from sales.goals.progress import GoalProgress, TargetProgress
from sales.goals.runway.outlook import has_runway
from sales.goals.season import joint
from sales.goals.team_progress import EndedGoals, TeamProgress, aimed_at, as_one
from sales.language.dates.period import DaySpan, Period, span
from storage.goals.forecast.chance import team_chance
from storage.goals.goal import GoalRow, ended_goals
from storage.goals.outcome import team_outcomes
from storage.goals.progress import season
from storage.goals.runway import team_outlooks
from storage.goals.starting_balance import asked_goals
from storage.people.calendar import calendar_of
from storage.people.team import TeamRow, reps_of
from storage.scope import Scope


async def ended(scope: Scope, team: TeamRow, over: DaySpan) -> list[EndedGoals]:
    """Return what the team's goals came to whose period was settled in these days."""
    found = []
    for one in await team_outcomes(scope, team.id, over.first, over.last):
        period = span(one.starts_on, one.ends_on, team.fiscal_year_start)
        goal, asked = target_of(one, period), await unknown_starts(scope, one, period, team)
        came = one.goals, one.attained, one.expected, one.luck
        found.append(EndedGoals(goal, period.label, *came, asked))
    return found


async def unknown_starts(scope: Scope, one: TeamOutcome, period: Period, team: TeamRow) -> int:
    """Return of how many of the goals that ended together nobody said what was won before they were set."""
    rows = await ended_goals(scope, await reps_of(scope, team), one.ends_on, one.ends_on)
    same = [row for row in rows if aimed_at(row, team) == (one.metric, one.currency, period)]
    return len(await asked_goals(scope, same, team, one.ends_on))


async def together(
    scope: Scope,
    rows: Sequence[GoalRow],
    standings: Sequence[GoalProgress],
    reps: int,
    team: TeamRow,
    today: date,
) -> list[TeamProgress]:
    """Return the reps' goals added up: one standing for each thing counted, currency and period.

    `reps` is how many there are, with a goal or without.
    """
    calendar = await calendar_of(scope, team)
    outlooks = await team_outlooks(scope, [row for row in rows if has_runway(row, today)], team, today)
    ahead = {(one.aim.goal.metric, one.aim.currency, one.aim.period): one for one in outlooks}
    groups: dict[tuple[object, ...], list[tuple[GoalRow, GoalProgress]]] = defaultdict(list)
    for row, one in zip(rows, standings, strict=True):
        groups[row.activity_kind, *aimed_at(row, team)].append((row, one))
    found = []
    for group in groups.values():
        row, period = group[0][0], group[0][1].pace.period
        target, actual = sum(one.target for one, _ in group), sum(one.attained for _, one in group)
        everybody = row.model_copy(update={"ramps_from": None})
        past = await season(scope, everybody, period, team, today, calendar)
        plan, begins = joint([(one.target, each.pace.begins) for one, each in group], period, calendar, past)
        added = TargetProgress(
            as_one(row, target),
            pace(actual, target, period, today, calendar, plan, begins),
            asks_start=any(one.asks_start for _, one in group),
        )
        owners = [each.owner_id for each, _ in group]
        chance = await team_chance(scope, added, owners, team, today)
        found.append(TeamProgress(chance, len(group), ahead.get(aimed_at(row, team)), reps))
    return found
