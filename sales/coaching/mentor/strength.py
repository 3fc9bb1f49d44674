"""Strengths: between which limits somebody's true figure of a light lies, and who is clearly better than another.

Two people differ for real where these intervals of 95% do not meet; one lucky month is no strength (mechanism 72).
"""

from collections.abc import Callable, Mapping
from math import sqrt
from typing import NamedTuple

from sales.coaching.diagnosis import diagnosed
from sales.coaching.diagnosis.light import Light, LightMeasure, LightNumber
from sales.coaching.diagnosis.record import LATELY, WorkRecord
from sales.coaching.diagnosis.thing import LEAST_AT_WORK, LEAST_TOLD, LEAST_TOUCHES
from sales.coaching.diagnosis.timing import late
from sales.coaching.diagnosis.way import OUTREACH, OUTSIDE_SERVICE, YIELD_DAYS
from sales.distributions import NORMAL_95, share_interval
from sales.followups.activity import ActivityKind
from sales.followups.next_step import CONVERSATIONS

ANSCOMBE = 3 / 8  # added to a count, its root has a deviation of a half whatever the count is


class StrengthRange(NamedTuple):
    """Between which limits somebody's true figure lies; more is better."""

    low: float
    high: float


def rate_range(count: int, exposure: float) -> StrengthRange:
    """Return the range of a rate of which `count` were seen in so much exposure, by the root of a Poisson count."""
    root, half = sqrt(count + ANSCOMBE), NORMAL_95 / 2
    return StrengthRange(max(0.0, root - half) ** 2 / exposure, (root + half) ** 2 / exposure)


def share_range(good: int, of: int) -> StrengthRange:
    return StrengthRange(*share_interval(good, of))


def opened(record: WorkRecord) -> StrengthRange | None:
    """Deals opened for each working day of eight weeks."""
    first = record.first_of(YIELD_DAYS)
    days = record.calendar.working_days(max(first, record.since or record.today), record.today)
    return rate_range(record.opened_in(YIELD_DAYS), days) if days >= LEAST_AT_WORK else None


def brought(record: WorkRecord) -> StrengthRange | None:
    """Deals opened for each touch of eight weeks."""
    touches = record.touches(YIELD_DAYS, OUTSIDE_SERVICE)
    return rate_range(record.opened_in(YIELD_DAYS), touches) if touches >= LEAST_TOUCHES else None


def ours(record: WorkRecord) -> StrengthRange | None:
    """Of the losses with an answer, those that were worth being there for."""
    return share_range(record.told - record.not_ours, record.told) if record.told >= LEAST_TOLD else None


def selling(record: WorkRecord) -> StrengthRange | None:
    """Of the touches of four weeks, those that were no service."""
    every = record.touches(LATELY)
    served = record.touches(LATELY, {ActivityKind.SERVICE})
    return share_range(every - served, every) if every >= LEAST_TOUCHES else None


def spoken(record: WorkRecord) -> StrengthRange | None:
    """Of the outreach of four weeks, what was spoken."""
    every = record.touches(LATELY, OUTREACH)
    return share_range(record.touches(LATELY, CONVERSATIONS), every) if every >= LEAST_TOUCHES else None


def in_time(record: WorkRecord) -> StrengthRange | None:
    """Of the deals of two periods, those that were opened in time."""
    found = late(record)
    return share_range(found.total - found.count, found.total) if isinstance(found, LightNumber) else None


def even(record: WorkRecord) -> StrengthRange | None:
    """How little the weeks vary, below nothing so that more is better."""
    found = record.consistency
    if found.variation is None:
        return None
    half = NORMAL_95 * found.variation * sqrt((0.5 + found.variation**2) / len(found.weeks))
    return StrengthRange(-found.variation - half, -max(0.0, found.variation - half))


def active(record: WorkRecord) -> StrengthRange | None:
    """Of the working days of eight weeks, those with anything done."""
    found = record.consistency
    return share_range(found.active, found.days) if found.share is not None else None


STRENGTHS: Mapping[LightMeasure, Callable[[WorkRecord], StrengthRange | None]] = {
    LightMeasure.NOT_OURS: ours,
    LightMeasure.SERVICE: selling,
    LightMeasure.OPENED: opened,
    LightMeasure.SPOKEN: spoken,
    LightMeasure.YIELD: brought,
    LightMeasure.LATE: in_time,
    LightMeasure.UNEVEN: even,
    LightMeasure.ACTIVE: active,
}


def strongest(light: Light, record: WorkRecord, colleagues: Mapping[str, WorkRecord]) -> str | None:
    """Return which colleague is clearly better than somebody on what a red light measures; None where nobody is.

    Of several it is whose figure is the surest: the one with the highest lower limit.
    """
    if not isinstance(light.found, LightNumber):
        return None
    judge = STRENGTHS[light.found.measure]
    mine = judge(record)
    if mine is None:
        return None
    better = {}
    for user_id, theirs in colleagues.items():
        found = judge(theirs)
        is_red = any(one.is_red for one in diagnosed(theirs) if one.name is light.name)
        if found is not None and found.low > mine.high and not is_red:
            better[user_id] = found.low
    return max(better, key=lambda one: (better[one], one), default=None)
