"""What a goal came to beside what the rate before its period was good for (mechanism 10)."""

from datetime import timedelta

from sales.goals.forecast.chance import LEAST_DAYS, LEAST_EVENTS
from sales.goals.forecast.luck import Luck, luck_of_amount
from sales.goals.forecast.phase import phases_of
from sales.goals.forecast.record import Past
from sales.goals.forecast.snapshot import DealSnapshot, mix, own_count, rates_of
from sales.language.dates.period import Period


def luck_in_deals(
    known: DealSnapshot,
    rep: str,
    attained: int,
    period: Period,
    fiscal_year_start: int,
    *,
    in_deals: bool = False,
) -> Luck | None:
    """Return how a result in won deals compares; `known` is the record on the day before the period.

    None where that was too short for a figure.
    """
    if not is_enough(known.wins):
        return None
    assert known.wins is not None
    ahead = known.ahead(period, fiscal_year_start)
    coming = ahead.wins_to_come(rep)
    if coming is None or coming.mean <= 0:
        return None
    return luck_of_amount(attained, coming, mix(known.wins, rep, in_deals=in_deals))


def luck_in_counts(
    past: Past | None, rep: str, attained: int, period: Period, fiscal_year_start: int
) -> Luck | None:
    """Return the same for a goal that counts what a rep does; `past` is the record on the day before."""
    if past is None or not is_enough(past):
        return None
    phases = phases_of(period.kind, past.days, past.since, past.as_of, fiscal_year_start)
    rates = rates_of(past, phases)
    if rates is None:
        return None
    coming = rates.ahead(
        own_count(past, rep, phases), phases.exposure(past.as_of + timedelta(days=1), period.end)
    )
    if coming.mean <= 0 or past.as_of + timedelta(days=1) != period.start:
        return None
    return luck_of_amount(attained, coming, mix(past, rep))


def is_enough(past: Past | None) -> bool:
    """Say whether a record is long enough to expect anything by it: as long as a forecast takes."""
    return past is not None and past.total >= LEAST_EVENTS and past.length >= LEAST_DAYS
