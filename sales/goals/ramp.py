"""Ramps: a target of somebody new that grows, a quarter of a full month more each month; its months add up to it."""

from datetime import date, timedelta
from typing import NamedTuple

from sales.goals.season import Season
from sales.goals.split import split_among
from sales.goals.suggestion import SETTLED, ramp, share_of_tenure
from sales.language.dates.period import Period, PeriodKind, period_containing
from sales.people.calendar import WorkCalendar


class RampMonth(NamedTuple):
    """A month of a ramped target and what it asks for, in the goal's unit."""

    first: date
    target: int


def ramps(started: date | None, period: Period, today: date) -> date | None:
    """Return the day a ramp begins for somebody on record since a day, None for nobody's; None where it is over."""
    first = started or today
    return first if today - first < SETTLED and 0 < ramp(first, period) < 1 else None


def months_of(target: int, started: date, period: Period, unit: int = 1) -> list[RampMonth]:
    """Return what each month of a period asks for; together they are the target exactly."""
    weights: dict[date, float] = {}
    for at in range(period.days):
        day = period.start + timedelta(days=at)
        month = max(period.start, period_containing(PeriodKind.MONTH, day).start)
        weights[month] = weights.get(month, 0.0) + share_of_tenure((day - started).days)
    if not any(weights.values()):
        return [RampMonth(period.start, target)]
    parts = split_among(target, list(weights.values()), unit)
    return [RampMonth(first, part) for first, part in zip(weights, parts, strict=True) if part]


def ramp_season(started: date, period: Period, calendar: WorkCalendar) -> Season | None:
    """Return how a ramped target comes in over the working days of its period; None where it has no ramp in it."""
    running, curve = 0.0, [0.0]
    for at in range(period.days):
        day = period.start + timedelta(days=at)
        if calendar.is_working(day):
            running += share_of_tenure((day - started).days)
            curve.append(running)
    return Season((tuple(each / running for each in curve),), is_ramp=True) if running else None
