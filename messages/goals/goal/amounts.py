"""Amounts of a goal in words: dollars, deals, opportunities or calls, whichever its metric counts."""

from datetime import date
from math import ceil

from sales.followups.activity_words import NOUNS
from sales.goals.goal import Metric, Target
from sales.goals.progress import TargetProgress
from sales.goals.suggestion import unit_of
from sales.language.dates.period import PeriodKind
from sales.language.figures import many, money, number, plural, short_money

COUNTED = {Metric.DEALS_WON: "deal", Metric.OPPORTUNITIES_CREATED: "opportunity"}
DONE: dict[Metric, str] = {Metric.DEALS_WON: " won", Metric.OPPORTUNITIES_CREATED: " created"}
WHAT = {
    Metric.REVENUE: "revenue",
    Metric.DEALS_WON: "deals won",
    Metric.OPPORTUNITIES_CREATED: "opportunities created",
}


def what(goal: Target) -> str:
    """Return what a goal is about: "revenue", "deals won", "calls"."""
    return WHAT.get(goal.metric) or many(noun(goal))


def near_label(standing: TargetProgress) -> str:
    """Return how people call a goal's period on the day it is shown."""
    return near(standing.label, standing.pace.today)


def near(label: str, today: date) -> str:
    """Return how people call a period, its year where it is another: "Q3", "Q1 2027"; a fiscal one always."""
    return label.removesuffix(f" {today.year}")


def so_far(standing: TargetProgress) -> tuple[str, str]:
    """Return what is there and what it is of, short: "$84.8k", "$122k"; in full where both would read the same."""
    goal = standing.goal
    amounts = standing.attained, goal.target
    if goal.metric is Metric.REVENUE:
        done, target = (short_money(each, goal.currency) for each in amounts)
        if (done != target) is (amounts[0] != amounts[1]):
            return done, target
    return bare(goal, amounts[0]), bare(goal, amounts[1])


def short_amount(goal: Target, value: int) -> str:
    """Return an amount for a glance, whose unit is clear from beside it: "$84.8k", "5"."""
    return short_money(value, goal.currency) if goal.metric is Metric.REVENUE else number(value)


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
