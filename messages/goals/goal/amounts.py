"""Amounts of a goal in words: dollars, deals, opportunities or calls, whichever its metric counts."""

from math import ceil

from sales.followups.activity_words import NOUNS
from sales.goals.goal import Metric, Target
from sales.goals.progress import TargetProgress
from sales.goals.suggestion import unit_of
from sales.language.dates.period import PeriodKind
from sales.language.figures import money, number, plural

COUNTED = {Metric.DEALS_WON: "deal", Metric.OPPORTUNITIES_CREATED: "opportunity"}
DONE: dict[Metric, str] = {Metric.DEALS_WON: " won", Metric.OPPORTUNITIES_CREATED: " created"}


def noun(goal: Target) -> str:
    """Return what a goal counts, one of it; not for revenue, which is money."""
    return NOUNS[goal.activity_kind] if goal.activity_kind is not None else COUNTED[goal.metric]


def amount(goal: Target, value: int) -> str:
    """Return an amount in the goal's unit: "$50,400", "5 calls", "1 deal"."""
    return money(value, goal.currency) if goal.metric is Metric.REVENUE else plural(value, noun(goal))


def bare(goal: Target, value: int) -> str:
    """Return an amount whose unit is clear from beside it: "$50,400", "5"."""
    return money(value, goal.currency) if goal.metric is Metric.REVENUE else number(value)


def title(goal: Target, target: int | None = None) -> str:
    """Return what a goal aims for: "$120,000 revenue", "12 deals won", "40 calls"."""
    said = amount(goal, goal.target if target is None else target)
    return said + (" revenue" if goal.metric is Metric.REVENUE else DONE.get(goal.metric, ""))


def aim(goal: Target, label: str, target: int | None = None) -> str:
    """Return the whole goal: "$120,000 revenue in Q4 2017", "40 calls, 1 – 15 Oct 2017"."""
    joint = ", " if goal.period_kind is PeriodKind.CUSTOM else " in "
    return f"{title(goal, target)}{joint}{label}"


def daily(standing: TargetProgress) -> str:
    """Return what each remaining working day takes, rounded up: "$2,876 a working day".

    Less than one a day reads the other way round: "one deal every 12 working days".
    """
    goal, per_day = standing.goal, standing.pace.needed_per_day
    if goal.metric is Metric.REVENUE:
        whole = unit_of(goal)
        return f"{money(ceil(per_day / whole) * whole, goal.currency)} a working day"
    if 0 < per_day < 1 and (every := int(1 / per_day)) > 1:
        return f"one {noun(goal)} every {plural(every, 'working day')}"
    return f"{amount(goal, ceil(per_day))} a working day"


def typed_target(goal: Target) -> str:
    """Return the target as its owner would type it into a field: "120000", "40"."""
    if goal.metric is not Metric.REVENUE:
        return str(goal.target)
    return money(goal.target, goal.currency)
