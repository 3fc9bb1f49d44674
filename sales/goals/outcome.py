"""Outcomes: what the goals of a period that is over came to, one rep's and a team's."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlmodel import BigInteger, Field, SQLModel

from sales.followups.activity import ActivityKind
from sales.goals.goal import Goal, Metric, Target, target_in
from sales.language.dates.period import Period, PeriodKind, previous_period, span
from sales.people.team import Team

ATTAINMENT_REVIEW = "attainment_review"


class GoalOutcome(SQLModel):
    """What a goal came to. `expected` is what the rate before the period was good for, in the goal's unit, and
    `luck` how often chance alone gives a gap as large, in 0..1; both None where too little was on record then.
    `told` says that its owner got the review.
    """

    team_id: int
    owner_id: str
    target: int
    starts_on: date
    ends_on: date
    attained: int = Field(sa_type=BigInteger)
    expected: float | None = None
    luck: float | None = None
    settled_on: date
    told: bool = False


class TeamOutcome(SQLModel):
    """What the goals of a team for one thing, currency and period came to together; see `GoalOutcome`."""

    metric: Metric
    activity: str = Field(default="", max_length=40)
    currency: str = Field(default="", max_length=3)
    starts_on: date
    ends_on: date
    goals: int
    target: int
    attained: int = Field(sa_type=BigInteger)
    expected: float | None = None
    luck: float | None = None
    settled_on: date


class Review(NamedTuple):
    """What a goal came to, in its unit. `expected` is what the rate before was good for, `luck` how often chance
    alone gives a gap as large; both None where too little was on record then. Where it `asks_start`, nobody said what
    was won before it was set, and what it came to is the least it can be. `streak` counts the periods in a row that
    were reached, this one included, against the owner's own record alone (mechanism 76)."""

    goal: Goal
    label: str
    target: int
    attained: int
    expected: float | None
    luck: float | None
    asks_start: bool = False
    streak: int = 1
    kind: PeriodKind = PeriodKind.CUSTOM

    @property
    def is_open_below(self) -> bool:
        """Return whether it may have come to more than is known, and to the target."""
        return self.asks_start and not self.is_reached

    @property
    def is_reached(self) -> bool:
        return self.attained >= self.target

    @property
    def share(self) -> float:
        return self.attained / self.target


def of_goal(
    row: Goal, outcome: GoalOutcome, team: Team, *, asks_start: bool = False, streak: int = 1
) -> Review:
    period = span(outcome.starts_on, outcome.ends_on, team.fiscal_year_start)
    return Review(
        row,
        period.label,
        outcome.target,
        outcome.attained,
        outcome.expected,
        outcome.luck,
        asks_start,
        streak,
        period.kind,
    )


def in_a_row(outcome: GoalOutcome, earlier: Iterable[GoalOutcome], fiscal_year_start: int) -> int:
    """Return how many months, quarters or years in a row somebody reached their goal, up to this one; 0 if not this.

    `earlier` are their outcomes for the same thing. Days chosen at will make no row; a period without a goal ends one.
    """
    period = span(outcome.starts_on, outcome.ends_on, fiscal_year_start)
    reached = {(one.starts_on, one.ends_on) for one in earlier if one.attained >= one.target}
    missed = {(one.starts_on, one.ends_on) for one in earlier if one.attained < one.target}
    count = int(outcome.attained >= outcome.target)
    while count and period.kind is not PeriodKind.CUSTOM:
        period = previous_period(period, fiscal_year_start)
        days = period.start, period.end
        if days not in reached or days in missed:
            break
        count += 1
    return count


def is_news(before: GoalOutcome | None, row: Goal, count: int) -> bool:
    """Say whether a goal came to something else than is kept of it."""
    return before is None or (before.attained, before.target) != (count, row.target)


def target_of(one: TeamOutcome, period: Period) -> Target:
    """Return what the goals of a team that ended with a period aimed for together."""
    kind = ActivityKind(one.activity) if one.activity else None
    return target_in(period, one.metric, one.target, one.currency, kind)
