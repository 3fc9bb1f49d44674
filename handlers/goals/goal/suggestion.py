"""Evidence for a target: what to begin with, P(hit) of what is typed, and a reason where it lies outside the band."""

from typing import Any

from handlers.goals.goal.form import described, read_goal
from handlers.goals.goal.owner import Owner, typed
from handlers.reading import FILL_IN
from messages.goals.goal.form import REASON, TARGET
from messages.goals.ramp import growing
from messages.goals.suggestion import outside, suggested, ways_on, weighed
from sales.goals.goal import Goal, Metric, period_of, read_target
from sales.goals.progress import TargetProgress
from sales.goals.ramp import ramps
from sales.goals.suggestion import rounded, unit_of
from sales.language.dates.period import Period
from sales.refusal import Refusal
from storage.goals.forecast.chance import even_odds
from storage.goals.forecast.inputs import seen_from
from storage.goals.suggestion import suggestion, unstored_progress_with_chance
from storage.people.calendar import calendar_of
from storage.scope import Scope

ANY = "1"  # as a target, to read the rest of a form by


async def begun(scope: Scope, goal: Goal, owner: Owner, *, is_new: bool = True) -> str:
    """Return the suggested target with its reason and its own P(hit), in words; empty where there is none.

    The goal `is_new` unless it is one that is changed.
    """
    found = await suggestion(scope, goal, owner.team, owner.today)
    if found is None:
        return ""
    aimed = goal.model_copy(update={"target": found.target})
    standing = await unstored_progress_with_chance(scope, aimed, owner.team, owner.today, is_new=is_new)
    return suggested(found, standing)


async def require_reason(
    scope: Scope,
    wanted: Goal,
    owner: Owner,
    because: str = "",
    *,
    said: str = "",
    example: str = "",
    is_new: bool = False,
) -> None:
    """Let a target pass that history calls possible, or that somebody gives a reason for (mechanism 2); also one that
    `is_new` and of which it is asked next what is won already, as until then nothing calls it anything.

    Raises:
        Refusal: for one outside the band without a word of why; where a line `said` it, with the ways on.
    """
    if wanted.reason or because:
        return
    standing = await unstored_progress_with_chance(scope, wanted, owner.team, owner.today, is_new=is_new)
    assert standing.chance is not None
    reach = standing.chance.forecast.reach
    if reach is not None and reach.wants_reason and not standing.asks_start:
        begin = await as_likely_as_not(scope, wanted, standing, owner)
        ways = ways_on(standing, begin, typed(owner), f"set {typed(owner)} {FILL_IN}{said}") if said else ()
        raise Refusal(outside(standing, begin), field=REASON, example=example or None, readings=ways)


async def as_likely_as_not(scope: Scope, wanted: Goal, standing: TargetProgress, owner: Owner) -> int | None:
    """Return the target that is as likely hit as not; None where none above what is done is, or too little tells."""
    period = standing.pace.period
    even = await even_odds(scope, wanted, standing.attained, period, owner.team, owner.today)
    return rounded(even, unit_of(wanted)) if even and even > standing.attained else None


async def work_out(
    scope: Scope, wanted: Goal, owner: Owner, *, begins: bool = False, is_new: bool = False
) -> None:
    """Work out what setting a goal asks the model, before the unit of work that sets it; `begins` where it is told
    the target to begin with.

    Raises:
        Refusal: where it is going to be refused.
    """
    await unstored_progress_with_chance(scope, wanted, owner.team, owner.today)
    await require_reason(scope, wanted, owner, is_new=is_new)
    if begins:
        await begun(scope, wanted, owner)


async def weigh_form(
    scope: Scope, values: dict[str, Any], owner: Owner, of: Goal | None = None
) -> tuple[str, str]:
    """Return what a form in the making says: the suggested target, and P(hit) of the typed one or what it lacks."""
    calendar = await calendar_of(scope, owner.team, owner.member)
    try:
        blank = read_goal({**values, TARGET: ANY}, owner, calendar, of)
    except Refusal:
        return "", ""  # a period that cannot stand is said when the form is sent
    begin = await begun(scope, blank, owner, is_new=of is None)
    try:
        wanted = read_goal(values, owner, calendar, of)
    except Refusal as refusal:
        return begin, refusal.text if values.get(TARGET) else ""
    standing = await unstored_progress_with_chance(scope, wanted, owner.team, owner.today, is_new=of is None)
    return begin, weighed(standing)


async def ramp_said(scope: Scope, values: dict[str, Any] | None, goal: Goal, owner: Owner) -> str:
    """Return how the target of a form grows where its owner is new, else nothing.

    Its months are told of a typed target, else of the one that history suggests.
    """
    period = period_of(goal, owner.team)
    started = ramps(await seen_from(scope, owner.member.user_id, owner.today), period, owner.today)
    if started is None:
        return ""
    entered = values.get(TARGET) if values is not None else None
    if entered:
        try:
            target = read_target(entered, goal.metric, goal.currency)
        except Refusal:
            return growing(goal, started, period, known=False)
    else:
        found = await suggestion(scope, goal, owner.team, owner.today)
        target = found.target if found is not None else 0
    return growing(goal.model_copy(update={"target": target or 1}), started, period, known=bool(target))


def blank_goal(owner: Owner, period: Period) -> Goal:
    """Return what a form measures before anybody typed: revenue in a period."""
    return described(owner, Metric.REVENUE, None, 1, period, owner.team.currency)
