"""Starting balances: what somebody had won before they came here, said once, so that no record has to be typed again.

A balance stands for days: from the first of its period to the one before it was said. On those days nothing else counts
while it stands, so that nothing is counted twice; what is won from the day on which it was said counts by itself. Deals
from its days that are brought in later change nobody's figure until somebody says which of both is right: what a person
said stands until they take it back, and half a file would be worse than their own word.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Self, TypeVar

from pydantic import model_validator
from sqlmodel import Field, SQLModel

from sales.goals.goal import MAX_TARGET, Measured, Metric
from sales.goals.late_start import was_set_late
from sales.language.dates.instants import Instant
from sales.language.dates.period import DaySpan

WON = frozenset({Metric.REVENUE, Metric.DEALS_WON})
ASKED_FOR = timedelta(days=14)  # of silence are an answer: nothing was won before, or nothing worth a word


class BalanceState(StrEnum):
    COUNTS = "counts"
    KEPT = "kept"  # it counts, also beside deals of the same days, as somebody said
    REPLACED = "replaced"  # by deals of the same days; it counts no more
    WAIVED = "waived"  # nothing was won before, or the question was waved away


class StartingBalance(SQLModel):
    """What an owner had won from `since` to the day before `as_of`: minor units of `currency`, or deals."""

    owner_id: str = Field(max_length=40)
    metric: Metric
    currency: str = Field(default="USD", regex="^[A-Z]{3}$")
    since: date
    as_of: date
    amount: int = Field(ge=0, le=MAX_TARGET)
    state: BalanceState = BalanceState.COUNTS
    answered_by: str = Field(max_length=40)
    answered_at: Instant

    @model_validator(mode="after")
    def stands_for_days(self) -> Self:
        if self.as_of <= self.since:
            raise ValueError("A starting balance stands for one day at least.")
        if self.metric not in WON:
            raise ValueError("Only what is won has a starting balance.")
        return self

    @property
    def counts(self) -> bool:
        return self.state in {BalanceState.COUNTS, BalanceState.KEPT}

    @property
    def days(self) -> DaySpan:
        """Return the days on which nothing else counts while it stands."""
        return DaySpan(self.since, self.as_of - timedelta(days=1))


AnyBalance = TypeVar("AnyBalance", bound=StartingBalance)


def is_of(balance: StartingBalance, goal: Measured) -> bool:
    """Say whether a balance is of what a goal counts, whichever days it is of."""
    same = (balance.owner_id, balance.metric) == (goal.owner_id, goal.metric)
    return same and (goal.metric is not Metric.REVENUE or balance.currency == goal.currency)


def counting(balances: Iterable[AnyBalance], goal: Measured) -> list[AnyBalance]:
    """Return the balances that count towards a goal: all of their days lie in its period, and no two share one.

    Of several from the same days the one that reaches further counts.
    """
    inside = [
        one
        for one in balances
        if one.counts and is_of(one, goal) and goal.starts_on <= one.since and one.days.last <= goal.ends_on
    ]
    found: list[AnyBalance] = []
    for one in sorted(inside, key=lambda one: (one.since, -one.as_of.toordinal())):
        if not found or one.since > found[-1].days.last:
            found.append(one)
    return found


def answer_to(balances: Iterable[AnyBalance], goal: Measured) -> AnyBalance | None:
    """Return what was answered for a goal's period, a wave of the hand too; None while nothing was."""
    return next((one for one in balances if is_of(one, goal) and one.since == goal.starts_on), None)


def may_be_asked(goal: Measured, set_on: date, today: date) -> bool:
    """Say whether a goal set on a day is one whose start may be unknown: well into its period, and not long ago."""
    late = was_set_late(goal, set_on) and today <= goal.ends_on
    return goal.metric in WON and late and today - set_on < ASKED_FOR


def is_recorded_before(recorded_from: date | None, day: date) -> bool:
    """Say whether a record of wins that begins on a day knows what was won before another."""
    return recorded_from is not None and recorded_from < day
