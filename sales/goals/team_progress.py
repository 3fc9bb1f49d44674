"""Team progress: how a team, and each of its reps, stands towards the goals of a period."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sales.goals.goal import Goal, Metric, period_of
from sales.goals.progress import GoalProgress
from sales.goals.runway.outlook import Outlook
from sales.language.dates.period import Period
from sales.people.team import Team


class TeamProgress(NamedTuple):
    """The goals of a team for one thing and period together, and their outlook where won deals bring it."""

    standing: GoalProgress
    goals: int
    outlook: Outlook | None


class RepProgress(NamedTuple):
    """A rep and one of their goals."""

    rep: str
    standing: GoalProgress


class EndedGoals(NamedTuple):
    """The goals of a team for one thing whose period is over, together; amounts in the goal's unit.

    `expected` is what the team's record before was good for, `luck` how often chance alone gives a gap as large;
    None where too little was on record.
    """

    goal: Goal
    label: str
    goals: int
    attained: int
    expected: float | None
    luck: float | None


def aimed_at(row: Goal, team: Team) -> tuple[Metric, str, Period]:
    """Return what a team's goals must have in common to be added up; the currency of a count says nothing."""
    currency = row.currency if row.metric is Metric.REVENUE else team.currency
    return row.metric, currency, period_of(row, team)


def groups(counted: Sequence[tuple[Goal, int]], team: Team) -> list[list[tuple[Goal, int]]]:
    """Return the goals of a team that can be added up: of one thing, currency and period."""
    found: dict[tuple[object, ...], list[tuple[Goal, int]]] = defaultdict(list)
    for row, count in counted:
        found[row.activity_kind, *aimed_at(row, team)].append((row, count))
    return list(found.values())


def as_one(row: Goal, target: int) -> Goal:
    """Return a goal like this one for the whole team: nobody owns it, and nobody's reasons are told."""
    values = row.model_dump(include=set(Goal.model_fields))
    return Goal.model_validate({**values, "owner_id": "", "target": target, "objective": "", "reason": ""})
