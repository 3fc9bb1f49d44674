"""What a forecast was about, and when that can be known."""

from datetime import date, timedelta
from typing import NamedTuple

from sales.followups.activity import ActivityKind
from sales.goals.goal import Metric
from sales.people.calendar import WorkCalendar

WAITS = 1  # whole working days after a period, in which what was won on its last day is written down
LATE_FOR = 14  # days after the end in which what is entered late still counts
SCORED_DAYS = 366  # a year of periods: older forecasts were of another team, and of other times


class Claim(NamedTuple):
    """One target in one period that was forecast: it can be counted (`Measured`), whatever the goal says now."""

    goal_id: int
    owner_id: str
    metric: Metric
    activity_kind: ActivityKind | None
    currency: str
    target: int
    starts_on: date
    ends_on: date
    is_resolved: bool = False
    attained: int | None = None


class SaidForecast(NamedTuple):
    """One resolved forecast: the model's chance, what people read, what others would have said, what came.

    `floor` and `survival` are the halves of the chance; the latter is None where there was only the floor.
    """

    goal_id: int
    rep: str
    ends_on: date
    target: int
    chance: float
    shown: float
    run_rate: float
    soft: float
    stages: float | None
    hit: bool
    floor: float | None = None
    survival: float | None = None


def can_settle(ends_on: date, day: date, calendar: WorkCalendar) -> bool:
    """Say whether a period is settled by the end of `day`: one whole working day of the team came after it."""
    return calendar.working_days(ends_on + timedelta(days=1), day) >= WAITS
