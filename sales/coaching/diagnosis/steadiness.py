"""All the time: whether the work is steady from week to week, and done on most days (mechanism 66)."""

from sales.coaching.consistency import HALF_OF_DAYS, LEAST_DAYS, LEAST_WEEKS, UNEVEN
from sales.coaching.diagnosis.light import CannotTell, Light, LightMeasure, LightName, LightNumber, light
from sales.coaching.diagnosis.record import WorkRecord


def steadiness(record: WorkRecord) -> Light:
    """Return the fourth light."""
    found = record.consistency
    measures: list[LightNumber | CannotTell] = []
    if found.variation is None:
        measures.append(CannotTell(LightMeasure.UNEVEN, len(found.weeks), LEAST_WEEKS))
    else:
        low, high = min(found.weeks), max(found.weeks)
        measures.append(LightNumber(LightMeasure.UNEVEN, found.variation, UNEVEN, low, high, found.is_uneven))
    if found.share is None:
        measures.append(CannotTell(LightMeasure.ACTIVE, found.days, LEAST_DAYS))
    else:
        measures.append(
            LightNumber(
                LightMeasure.ACTIVE, found.share, HALF_OF_DAYS, found.active, found.days, found.is_rare
            )
        )
    return light(LightName.ALWAYS, measures)
