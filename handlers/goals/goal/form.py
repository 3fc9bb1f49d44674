"""What a form says about a goal: every field read, a fault under its field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.goals.goal.owner import Owner
from messages.goals.goal.form import (
    CUSTOM,
    FIRST,
    LAST,
    LISTED,
    METRIC,
    OBJECTIVE,
    OWN,
    PERIOD,
    RAMP,
    REASON,
    SERVES,
    TARGET,
)
from sales.followups.activity import ActivityKind
from sales.goals.goal import Goal, Metric, checked_period, period_of, read_target
from sales.goals.ramp import ramps
from sales.language.dates.period import Period, PeriodKind, period_containing, span
from sales.language.typed_text import clean
from sales.people.calendar import WorkCalendar
from sales.refusal import Refusal

MAX_OBJECTIVE = 200
MAX_REASON = 500
MAX_BECAUSE = 200


def read_goal(
    values: Mapping[str, Any],
    owner: Owner,
    calendar: WorkCalendar,
    of: Goal | None = None,
    started: date | None = None,
) -> Goal:
    """Return the goal a form describes; `of` is the goal that the form changes.

    `started` is since when its owner is on record, None for nobody: from then a goal grows that is to ramp up.

    Raises:
        Refusal: for the first field at fault, which it names.
    """
    if of is None:
        name, _, kind = str(values[METRIC]).partition(":")
        metric, activity = Metric(name), ActivityKind(kind) if kind else None
        currency = owner.team.currency
    else:
        metric, activity, currency = of.metric, of.activity_kind, of.currency
    goal = described(
        owner,
        metric,
        activity,
        read_target(values[TARGET] or "", metric, currency, TARGET),
        read_period(values, owner, calendar),
        currency,
        read_objective(values, of),
        clean(values[REASON] or "", MAX_REASON, REASON),
    )
    if of is not None:
        return goal.model_copy(update={"ramps_from": of.ramps_from})
    if not values.get(RAMP):
        return goal
    return goal.model_copy(update={"ramps_from": ramps(started, period_of(goal, owner.team), owner.today)})


def read_objective(values: Mapping[str, Any], of: Goal | None) -> str:
    """Return what a goal serves: picked from the team's list, left as it stood, or typed where there is none."""
    if SERVES not in values:
        return clean(values.get(OBJECTIVE) or "", MAX_OBJECTIVE, OBJECTIVE)
    chosen = str(values[SERVES] or "")
    if chosen == OWN and of is not None:
        return of.objective
    listed = chosen.removeprefix(LISTED)
    return clean(listed, MAX_OBJECTIVE, SERVES) if listed != chosen else ""


def described(
    owner: Owner,
    metric: Metric,
    activity: ActivityKind | None,
    target: int,
    period: Period,
    currency: str,
    objective: str = "",
    reason: str = "",
) -> Goal:
    """Return the validated goal of an owner."""
    return Goal.model_validate(
        {
            "owner_id": owner.member.user_id,
            "metric": metric,
            "activity_kind": activity,
            "target": target,
            "currency": currency,
            "period_kind": period.kind,
            "starts_on": period.start,
            "ends_on": period.end,
            "objective": objective,
            "reason": reason,
        }
    )


def read_period(values: Mapping[str, Any], owner: Owner, calendar: WorkCalendar) -> Period:
    """Return the period a form names: one of those offered, or two dates.

    Raises:
        Refusal: for half a span, dates beside a named period, and whatever no goal can be set for.
    """
    chosen, first, last = str(values[PERIOD]), values[FIRST], values[LAST]
    year_start = owner.team.fiscal_year_start
    if chosen != CUSTOM:
        if first or last:
            raise Refusal(
                "There are dates below as well. Choose “Other dates” to use them, or clear them.",
                field=PERIOD,
            )
        kind, _, start = chosen.partition(":")
        period = period_containing(PeriodKind(kind), date.fromisoformat(start), year_start)
        return checked_period(period, owner.today, calendar, PERIOD)
    for missing, block_id, which in ((first, FIRST, "first"), (last, LAST, "last")):
        if not missing:
            raise Refusal(f"Choose the {which} day.", field=block_id)
    starts, ends = date.fromisoformat(first), date.fromisoformat(last)
    if ends < starts:
        raise Refusal("The period would end before it starts. Choose a later last day.", field=LAST)
    return checked_period(span(starts, ends, year_start), owner.today, calendar, LAST)
