"""Team progress: how a team, and each of its reps, stands towards the goals of a period."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from sales.goals.goal import Goal, Metric, Target, period_of
from sales.goals.progress import TargetProgress
from sales.goals.runway.outlook import Outlook
from sales.language.dates.period import Period
from sales.people.team import Team


class TeamProgress(NamedTuple):
    """The goals of a team for one thing and period together, and their outlook where won deals bring it.

    So many of the team's `reps` have one.
    """

    standing: TargetProgress
    goals: int
    outlook: Outlook | None
    reps: int


class RepProgress(NamedTuple):
    """A rep and one of their goals."""

    rep: str
    standing: TargetProgress


class EndedGoals(NamedTuple):
    """The goals of a team for one thing whose period is over, together; amounts in the goal's unit.

    `expected` is what the team's record before was good for, `luck` how often chance alone gives a gap as large;
    None where too little was on record. Of so many of the goals nobody said what was won before they were set:
    `unknown_starts`; then it came to what it came to at least.
    """

    goal: Target
    label: str
    goals: int
    attained: int
    expected: float | None
    luck: float | None
    unknown_starts: int = 0


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


def as_one(row: Goal, target: int) -> Target:
    """Return what a whole team aims for whose goals are like this one, with their targets added up."""
    return Target.model_validate({**row.model_dump(include=set(Target.model_fields)), "target": target})


def of_a_day(found: Sequence[TeamProgress]) -> list[TeamProgress]:
    """Return where a team stands today; what comes later, and the outlook, wait for the week's digest."""
    return [one._replace(outlook=None) for one in found if not one.standing.is_upcoming]


def outlooks_of(found: Iterable[TeamProgress]) -> list[Outlook]:
    """Return the outlook of whatever won deals bring, each with how the team stands towards it as its digest says."""
    return [replace(one.outlook, standing=one.standing) for one in found if one.outlook is not None]


def by_name(found: Iterable[RepProgress]) -> list[RepProgress]:
    """Return reps in order of their names, whatever their numbers: there is no ranking (mechanism 9)."""
    return sorted(found, key=lambda one: one.rep.casefold())
