"""Targets: one metric, one number, one period; and goals, which are targets with an owner (SMART, mechanism 1)."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol, Self, TypeVar

from pydantic import model_validator
from sqlmodel import Field, SQLModel

from sales.followups.activity import ActivityKind
from sales.language.dates.instants import Instant
from sales.language.dates.period import Period, PeriodKind, next_period, period_containing, span
from sales.language.figures import long_day
from sales.language.money import parse_money
from sales.language.typed_text import clean, shorten
from sales.people.calendar import WorkCalendar
from sales.people.team import Team
from sales.refusal import Refusal

MAX_TARGET = 10**15
MAX_COUNTED = 1_000_000  # deals, opportunities or activities in one goal; more is a slip of the finger
MAX_DIGITS = 12  # longer numbers are refused before they are read
MAX_AHEAD = timedelta(days=3 * 366)  # a goal that starts later is a year typed wrong
TOO_LATE = timedelta(days=14)  # with less than two weeks left a new goal is for the next period
SHORT = (1, 7)  # days: what is aimed for today, and this week
MAX_LENGTH = timedelta(days=2 * 366)  # nobody paces themselves over more


class Metric(StrEnum):
    REVENUE = "revenue"
    DEALS_WON = "deals_won"
    OPPORTUNITIES_CREATED = "opportunities_created"
    ACTIVITIES = "activities"


class GoalState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Target(SQLModel):
    """A number to reach in a period, one person's or a team's together.

    `target` is minor units of `currency` for revenue, otherwise a count.
    """

    metric: Metric
    activity_kind: ActivityKind | None = None
    target: int = Field(gt=0)
    currency: str = Field(default="USD", regex="^[A-Z]{3}$")
    period_kind: PeriodKind
    starts_on: date
    ends_on: date

    @model_validator(mode="after")
    def is_measurable(self) -> Self:
        if (self.metric is Metric.ACTIVITIES) != (self.activity_kind is not None):
            raise ValueError("A goal for activities names their kind, and no other goal does.")
        if self.ends_on < self.starts_on:
            raise ValueError("The goal ends before it starts.")
        return self


class Goal(Target):
    """A target of one owner.

    `objective` says which of the company's aims it serves, `reason` why this target; both may be empty. One of somebody
    new may grow over their first months, from the day that `ramps_from` names.
    """

    owner_id: str
    target: int = Field(gt=0, le=MAX_TARGET)
    objective: str = Field(default="", max_length=200)
    reason: str = Field(default="", max_length=500)
    state: GoalState = GoalState.OPEN
    ramps_from: date | None = None


class GoalChange(SQLModel):
    """What a goal said from one instant on; the dated history of a target moved in mid-period."""

    goal_id: int
    changed_at: Instant
    changed_by: str
    target: int
    starts_on: date
    ends_on: date
    state: GoalState
    reason: str = ""


class Measured(Protocol):
    """What has to be known to count how far somebody got: whose work, which metric, between which days."""

    @property
    def owner_id(self) -> str: ...
    @property
    def metric(self) -> Metric: ...
    @property
    def activity_kind(self) -> ActivityKind | None: ...
    @property
    def currency(self) -> str: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


class Measure(NamedTuple):
    """A span of somebody's work to count where no goal was set, such as the quarter before."""

    owner_id: str
    metric: Metric
    starts_on: date
    ends_on: date
    activity_kind: ActivityKind | None = None
    currency: str = "USD"


AnyGoal = TypeVar("AnyGoal", bound=Goal)


def is_own_business(goal: Goal, set_by: str) -> bool:
    """Say whether a goal is for its owner's eyes alone: so many calls that they set themselves, and nobody for them.

    What a rep does to reach their number is their own way there; the number itself is the team's business too.
    """
    return goal.metric is Metric.ACTIVITIES and set_by == goal.owner_id


def target_in(
    period: Period,
    metric: Metric,
    target: int,
    currency: str = "USD",
    activity_kind: ActivityKind | None = None,
) -> Target:
    """Return the target of a period."""
    return Target(
        metric=metric,
        activity_kind=activity_kind,
        target=target,
        currency=currency,
        period_kind=period.kind,
        starts_on=period.start,
        ends_on=period.end,
    )


def read_target(text: str, metric: Metric, currency: str, field: str | None = None) -> int:
    """Return a typed target: minor units of `currency` for revenue, a whole count otherwise.

    Raises:
        Refusal: for no number, one that is not above zero, not whole, or absurdly large.
    """
    if metric is Metric.REVENUE:
        return parse_money(text, currency, field)
    typed = clean(text, field=field)
    bare = typed.replace(",", "").replace(" ", "").replace("’", "")
    if not bare.removeprefix("-").removeprefix("−").isascii() or not bare.lstrip("-−").isdigit():
        raise Refusal(
            f"“{shorten(typed)}” is not a whole number. How many?", field=field, example="40", of_value=True
        )
    if bare[0] in "-−" or not int(bare[:MAX_DIGITS]):
        raise Refusal("The target has to be above zero.", field=field, example="40", of_value=True)
    if len(bare) >= MAX_DIGITS or int(bare) > MAX_COUNTED:
        raise Refusal(
            f"{shorten(typed)} is more than one goal holds. Is there a digit too many?",
            field=field,
            example="40",
            of_value=True,
        )
    return int(bare)


def offered_periods(today: date, fiscal_year_start: int = 1) -> tuple[Period, ...]:
    """Return the periods people set goals for: this and the next quarter, month and fiscal year."""
    current = [
        period_containing(kind, today, fiscal_year_start)
        for kind in (PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.FISCAL_YEAR)
    ]
    return tuple(each for period in current for each in (period, next_period(period, fiscal_year_start)))


def suggested_period(today: date, fiscal_year_start: int = 1) -> Period:
    """Return this quarter, or the next one where less than two weeks of it are left."""
    current = period_containing(PeriodKind.QUARTER, today, fiscal_year_start)
    return current if current.end - today >= TOO_LATE else next_period(current, fiscal_year_start)


def checked_period(period: Period, today: date, calendar: WorkCalendar, field: str | None = None) -> Period:
    """Return the period if a goal can be set for it on `today`; `calendar` is the owner's.

    Raises:
        Refusal: if it is over, starts or lasts implausibly long, or has no working day.
    """
    if period.end < today:
        raise Refusal(
            f"{period.label} ended on {long_day(period.end)}. A goal looks ahead: "
            "choose a period that has not ended.",
            field=field,
            example="120k this quarter",
        )
    if period.start - today > MAX_AHEAD:
        raise Refusal(f"{period.label} is more than three years ahead. Is the year right?", field=field)
    if period.end - period.start > MAX_LENGTH:
        raise Refusal(
            f"{period.label} is longer than two years. Choose a year, a quarter or a month.", field=field
        )
    if not calendar.working_days(period.start, period.end):
        raise Refusal(
            f"{period.label} has no working day: weekends, holidays and leave cover it. Choose other dates.",
            field=field,
        )
    return period


def duplicate_of(wanted: Goal, goals: Iterable[AnyGoal]) -> AnyGoal | None:
    """Return the open goal that already says the same thing: one owner and metric, the same kind of period.

    A month inside a quarter is no duplicate: people break a quarter down. Two spans of one kind that overlap,
    or the same days under another name, are; but a day inside a week, or a week inside a longer span, breaks that
    down like a month does a quarter. Revenue in another currency is another thing; to counts it is nothing.
    """
    for goal in goals:
        same_thing = (goal.owner_id, goal.metric, goal.activity_kind) == (
            wanted.owner_id,
            wanted.metric,
            wanted.activity_kind,
        )
        same_money = wanted.metric is not Metric.REVENUE or goal.currency == wanted.currency
        same_days = (goal.starts_on, goal.ends_on) == (wanted.starts_on, wanted.ends_on)
        overlap = goal.starts_on <= wanted.ends_on and wanted.starts_on <= goal.ends_on
        same_kind = goal.period_kind is wanted.period_kind and overlap and not breaks_down(goal, wanted)
        if goal.state is GoalState.OPEN and same_thing and same_money and (same_days or same_kind):
            return goal
    return None


def breaks_down(one: Target, other: Target) -> bool:
    """Say whether of two spans one is a day or a week inside the other, which is longer than that."""
    short, long = sorted((one, other), key=lambda each: each.ends_on - each.starts_on)
    inside = long.starts_on <= short.starts_on and short.ends_on <= long.ends_on
    lengths = [(each.ends_on - each.starts_on).days + 1 for each in (short, long)]
    return inside and any(lengths[0] <= most < lengths[1] for most in SHORT)


def period_of(row: Goal, team: Team) -> Period:
    return span(row.starts_on, row.ends_on, team.fiscal_year_start)
