"""The retrospective: at a quarter's close a leader reads what the system did, and says what they change (mechanism 11).

It is of the team and of whoever leads it. No rep is named: what one of them missed is told to them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from sqlmodel import Field, SQLModel

from sales.coaching.diagnosis.light import Light
from sales.goals.goal import GoalChange
from sales.goals.team_progress import EndedGoals
from sales.language.dates.period import Period, PeriodKind, period_containing
from sales.language.typed_text import something
from sales.pipeline.price_cut import DiscountRequest, DiscountState

MAX_CHANGE = 500  # characters of what somebody changes
LATE_AFTER = timedelta(days=3)  # an answer about a price that a customer waits for
UNTOUCHED_AFTER = timedelta(days=14)  # a lead that nobody touched for so long asked somebody else by then


class LeaderChange(SQLModel):
    """What somebody who leads a team changes after a quarter, in their own words; asked about after the next."""

    team_id: int
    manager_id: str = Field(max_length=40)
    period_start: date
    text: str = Field(max_length=MAX_CHANGE)
    on: date


@dataclass(frozen=True)
class SystemPart:
    """What the system did in a quarter: targets moved while it ran, answers that came late, leads left untouched."""

    targets_moved: int = 0
    approvals_late: int = 0
    leads_untouched: int = 0

    def __bool__(self) -> bool:
        return bool(self.targets_moved or self.approvals_late or self.leads_untouched)


@dataclass(frozen=True)
class Retrospective:
    """A quarter of a team looked back on: what it came to, its four lights, what the system did, what one changes.

    `change` is the reader's own word after it, `before` what they said after the quarter before.
    """

    team: str
    team_id: int
    period: Period
    outcomes: Sequence[EndedGoals]
    had_goals: bool
    lights: Sequence[Light]
    system: SystemPart
    change: str = ""
    before: str = ""


def quarter_before(day: date, fiscal_year_start: int) -> Period:
    """Return the quarter of a team's fiscal year that ended last before a day."""
    running = quarter_of(day, fiscal_year_start)
    return quarter_of(running.start - timedelta(days=1), fiscal_year_start)


def quarter_of(day: date, fiscal_year_start: int) -> Period:
    """Return the quarter of a team's fiscal year that holds a day."""
    return period_containing(PeriodKind.QUARTER, day, fiscal_year_start)


def targets_moved(histories: Iterable[Sequence[GoalChange]], first: datetime, end: datetime) -> int:
    """Return how often the target of a goal was another one while a quarter ran, from `first` on and before `end`."""
    return sum(
        first <= after.changed_at < end and after.target != before.target
        for said in histories
        for before, after in pairwise(said)
    )


def is_late(request: DiscountRequest, last: date) -> bool:
    """Say whether the answer about a price came late: after three days, or not before the quarter ended."""
    if request.state is DiscountState.WITHDRAWN or request.asked_on > last:
        return False
    answered = request.answered_on
    return answered is None or answered > last or answered - request.asked_on > LATE_AFTER


def is_left(came_at: datetime, touched_at: datetime | None, until: datetime) -> bool:
    """Say whether a lead waited a fortnight without a call, up to a moment."""
    return min(touched_at or until, until) - came_at >= UNTOUCHED_AFTER


def read_change(typed: str, field: str) -> str:
    """Return what somebody changes, as it is kept.

    Raises:
        Refusal: under the field, if it says nothing or too much.
    """
    return something(typed, MAX_CHANGE, "One thing that you will do differently.", field)
