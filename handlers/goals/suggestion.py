"""Evidence for a target: what to begin with, P(hit) of what is typed, and a reason where it lies outside the band."""

from dataclasses import replace
from typing import Any

from handlers.goals import forecast
from handlers.goals.goal.form import described, read_goal
from handlers.goals.goal.owner import Owner
from handlers.goals.progress import stand_of
from handlers.people.calendars import calendar_of
from messages.goals import suggestion as suggestion_rules
from messages.goals.goal.form import REASON, TARGET
from messages.goals.suggestion import outside
from sales.goals.goal import Goal, Measure, Metric
from sales.goals.goal_chance import GoalChance
from sales.goals.progress import GoalStanding
from sales.goals.suggestion import Suggestion, rounded, suggested, unit_of
from sales.language.dates.period import Period, previous_period, span
from sales.refusal import Refusal
from storage.goals import attainment
from storage.goals.forecast import inputs as grounds
from storage.people import member as members
from storage.scope import Scope

ANY = "1"  # as a target, to read the rest of a form by


async def standing_of(scope: Scope, goal: Goal, owner: Owner) -> GoalStanding:
    """Return a goal that need not be stored as it would stand today, with P(hit)."""
    standing = await stand_of(scope, goal, owner.team, owner.today)
    found = await forecast.chance_of(
        scope, goal, standing.attained, standing.pace.period, owner.team, owner.today
    )
    return replace(standing, chance=GoalChance(found))


async def suggestion(scope: Scope, goal: Goal, owner: Owner) -> Suggestion | None:
    """Return the target to begin with for what a goal measures, in its period; None where nothing tells one."""
    year_start = owner.team.fiscal_year_start
    period = span(goal.starts_on, goal.ends_on, year_start)
    before = previous_period(period, year_start)
    while before.end >= owner.today:  # what is not over yet has not brought what it will
        before = previous_period(before, year_start)
    assert owner.team.id is not None
    people = [one.user_id for one in await members.reps(scope, owner.team.id)]
    everybody = sorted({owner.member.user_id, *people})
    measures = [measure_of(goal, user_id, before) for user_id in everybody]
    gained = dict(zip(everybody, await attainment.attained_of(scope, measures, owner.today), strict=True))
    own = gained.pop(owner.member.user_id)
    return suggested(
        own,
        await grounds.seen_from(scope, owner.member.user_id, owner.today),
        list(gained.values()),
        await attainment.first_gain(scope, everybody, goal.metric, owner.today),
        before,
        period,
        owner.today,
        unit=unit_of(goal),
    )


def measure_of(goal: Goal, user_id: str, period: Period) -> Measure:
    return Measure(user_id, goal.metric, period.start, period.end, goal.activity_kind, goal.currency)


async def begun(scope: Scope, goal: Goal, owner: Owner) -> str:
    """Return the suggested target with its reason and its own P(hit), in words; empty where there is none."""
    found = await suggestion(scope, goal, owner)
    if found is None:
        return ""
    aimed = goal.model_copy(update={"target": found.target})
    return suggestion_rules.suggested(found, await standing_of(scope, aimed, owner))


async def require_reason(
    scope: Scope, wanted: Goal, owner: Owner, because: str = "", example: str = ""
) -> None:
    """Let a target pass that history calls possible, or that somebody gives a reason for (mechanism 2).

    Raises:
        Refusal: for one outside the band without a word of why.
    """
    if wanted.reason or because:
        return
    standing = await standing_of(scope, wanted, owner)
    assert standing.chance is not None
    reach = standing.chance.forecast.reach
    if reach is not None and reach.wants_reason:
        period, today = standing.pace.period, owner.today
        even = await forecast.even_odds(scope, wanted, standing.attained, period, owner.team, today)
        begin = rounded(even, unit_of(wanted)) if even and even > standing.attained else None
        raise Refusal(outside(standing, begin), field=REASON, example=example or None)


async def weighed(
    scope: Scope, values: dict[str, Any], owner: Owner, of: Goal | None = None
) -> tuple[str, str]:
    """Return what a form in the making says: the suggested target, and P(hit) of the typed one or what it lacks."""
    calendar = await calendar_of(scope, owner.team, owner.member)
    try:
        blank = read_goal({**values, TARGET: ANY}, owner, calendar, of)
    except Refusal:
        return "", ""  # a period that cannot stand is said when the form is sent
    begin = await begun(scope, blank, owner)
    try:
        wanted = read_goal(values, owner, calendar, of)
    except Refusal as refusal:
        return begin, refusal.text if values.get(TARGET) else ""
    return begin, suggestion_rules.weighed(await standing_of(scope, wanted, owner))


def blank_goal(owner: Owner, period: Period, metric: Metric = Metric.REVENUE) -> Goal:
    """Return what a form measures before anybody typed: revenue in a period."""
    return described(owner, metric, None, 1, period, owner.team.currency)
