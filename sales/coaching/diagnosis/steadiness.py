"""All the time: whether the work is steady from week to week, and done on most days (mechanism 66)."""

from sales.coaching.consistency import HALF_OF_DAYS, LEAST_DAYS, LEAST_WEEKS, UNEVEN
from sales.coaching.diagnosis.light import CannotTell, Light, LightName, Measure, Measured, light
from sales.coaching.diagnosis.record import WorkRecord


def steadiness(record: WorkRecord) -> Light:
    """Return the fourth light."""
    found = record.consistency
    measures: list[Measured | CannotTell] = []
    if found.variation is None:
        measures.append(CannotTell(Measure.UNEVEN, len(found.weeks), LEAST_WEEKS))
    else:
        low, high = min(found.weeks), max(found.weeks)
        measures.append(Measured(Measure.UNEVEN, found.variation, UNEVEN, low, high, found.is_uneven))
    if found.share is None:
        measures.append(CannotTell(Measure.ACTIVE, found.days, LEAST_DAYS))
    else:
        measures.append(
            Measured(Measure.ACTIVE, found.share, HALF_OF_DAYS, found.active, found.days, found.is_rare)
        )
    return light(LightName.ALWAYS, measures)
