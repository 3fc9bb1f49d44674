"""Burn-up: what a goal came to by each day so far, beside what its plan had by then."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sales.goals.season import Season, begun, rest_of
from sales.language.dates.period import Period
from sales.people.calendar import WorkCalendar

MOST_POINTS = 20  # that a chart takes


class BurnUpPoint(NamedTuple):
    """What was done by the end of a day, and what was planned by then; in the goal's unit."""

    day: date
    done: float
    planned: float


def burn_up(
    gained: Mapping[date, float],
    target: float,
    period: Period,
    today: date,
    calendar: WorkCalendar,
    season: Season | None = None,
    begins: date | None = None,
) -> tuple[BurnUpPoint, ...]:
    """Return at most twenty days from a period's first to today, evenly apart; empty before it begins.

    `gained` is what each day brought. The plan is even over the working days, or `season`'s, and 0 before it `begins`.
    """
    last = min(today, period.end)
    days = [period.start + timedelta(days=at) for at in range((last - period.start).days + 1)]
    shown = (
        sorted({days[(len(days) - 1) * at // (MOST_POINTS - 1)] for at in range(MOST_POINTS)}) if days else []
    )
    return points_on(shown, gained, target, period, calendar, season, begins)


def points_on(
    days: Sequence[date],
    gained: Mapping[date, float],
    target: float,
    period: Period,
    calendar: WorkCalendar,
    season: Season | None = None,
    begins: date | None = None,
) -> tuple[BurnUpPoint, ...]:
    """Return what was done by the end of each of some days of a period, beside its plan, as `burn_up` has it."""
    begins, first = begun(begins, period, calendar)
    if begins is not None and season is not None:
        season = rest_of(season, begins, period, calendar)
    total = calendar.working_days(first, period.end)
    found = []
    for day in days:
        share = calendar.working_days(first, day) / total if total and day >= first else 0.0
        planned = target * (season.share(share) if season is not None else share)
        found.append(BurnUpPoint(day, sum(value for on, value in gained.items() if on <= day), planned))
    return tuple(found)
