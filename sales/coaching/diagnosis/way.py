"""The right way: whether customers are spoken to, and whether much work brings its usual yield (lights.md §2)."""

from collections.abc import Iterable
from math import inf
from statistics import median

from sales.coaching.diagnosis.light import CannotTell, Light, LightMeasure, LightName, LightNumber, light
from sales.coaching.diagnosis.record import LATELY, WorkRecord
from sales.distributions import poisson_at_most
from sales.followups.activity import ActivityKind
from sales.followups.next_step import CONVERSATIONS

OUTREACH = CONVERSATIONS | {ActivityKind.EMAIL, ActivityKind.MESSAGE}
OUTSIDE_SERVICE = frozenset(ActivityKind) - {ActivityKind.SERVICE}
SPOKEN = 0.3  # of outreach; three in ten leave room for the mail after a call (lights.md §2)
LEAST_TOUCHES = 40
YIELD_DAYS = 56  # in which touches may have become deals
HALF = 0.5  # of the deals that were to be expected
BY_CHANCE = 0.15  # so few deals are chance at most so often; a wrong look costs an hour
LEAST_EXPECTED = 3  # deals; half of fewer is rounding


def way(record: WorkRecord) -> Light:
    """Return the second light."""
    return light(LightName.WAY, [spoken(record), brought(record)])


def spoken(record: WorkRecord) -> LightNumber | CannotTell:
    """How much of the outreach of four weeks was spoken: calls, meetings, demos, visits."""
    every = record.touches(LATELY, OUTREACH)
    if every < LEAST_TOUCHES:
        return CannotTell(LightMeasure.SPOKEN, every, LEAST_TOUCHES)
    said = record.touches(LATELY, CONVERSATIONS)
    share = said / every
    return LightNumber(LightMeasure.SPOKEN, share, SPOKEN, said, every, share < SPOKEN)


def brought(record: WorkRecord) -> LightNumber | CannotTell:
    """How many deals eight weeks of touches brought, beside what they would have at the colleagues' usual rate."""
    touches = record.touches(YIELD_DAYS, OUTSIDE_SERVICE)
    found = record.opened_in(YIELD_DAYS)
    if record.usual is None or touches < LEAST_TOUCHES:
        return CannotTell(LightMeasure.YIELD, touches, LEAST_TOUCHES)
    expected = touches / record.usual
    if expected < LEAST_EXPECTED:
        return CannotTell(LightMeasure.YIELD, int(expected), LEAST_EXPECTED)
    is_low = found < HALF * expected and poisson_at_most(found, expected) <= BY_CHANCE
    return LightNumber(
        LightMeasure.YIELD,
        touches / max(1, found),
        record.usual / HALF,
        found,
        touches,
        is_low,
        usual=record.usual,
    )


def usual_rate(colleagues: Iterable[tuple[int, int]]) -> float | None:
    """Return the median of the touches for each deal of colleagues, given as (touches, deals) of eight weeks.

    Who did little is left out, and who did much for no deal needs more than all others; None where nobody opened any.
    """
    rates = [touches / deals if deals else inf for touches, deals in colleagues if touches >= LEAST_TOUCHES]
    found = median(rates) if rates else inf
    return None if found == inf else found
