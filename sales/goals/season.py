"""Seasons: how a target comes in over the working days of its period, by past periods, a ramp, or when goals began."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from sales.language.dates.period import Period, is_recorded, previous_period
from sales.people.calendar import WorkCalendar

PAST_PERIODS = 4  # a year of quarters: older ones were another team

EXACT = 1e-9  # below which two shares are the same
LEAST_SHARE = 0.01  # where past periods had less by then, dividing by it says nothing; the even share holds
SEASONS_KEPT = 64  # teams and periods whose shares by day are kept: everybody of a team asks for the same
MIN_PAST = 2  # past periods; a season seen once may be chance (forecasts.md §1)


@dataclass(frozen=True)
class Season:
    """How past periods came in: the cumulative share by working-day fraction, one curve for each period.

    One that `is_ramp` says how a target of somebody new is to come in instead, one that `is_joint` how several targets
    do that began on different days.
    """

    curves: tuple[tuple[float, ...], ...]
    is_ramp: bool = False
    is_joint: bool = False

    def share(self, fraction: float) -> float:
        """Return c(u), the mean share past periods had at a fraction of their working days; both in 0..1."""
        return sum(_on_curve(curve, fraction) for curve in self.curves) / len(self.curves)

    def reached(self, share: float, near: float, days: int) -> float:
        """Return the fraction of the working days, of so many, at which past periods had a share of their total.

        Where they stood still at it, the fraction nearest to `near`. All in 0..1.
        """
        at = shares_by_day(self, days)
        low = next((day for day, had in enumerate(at) if had >= share - EXACT), days)
        high = max((day for day, had in enumerate(at) if had <= share + EXACT), default=0)
        if low <= high:
            return min(high, max(low, near * days)) / days
        return (high + (share - at[high]) / (at[low] - at[high])) / days

    def after(self, fraction: float, days: int) -> "Season | None":
        """Return how what is left comes in over the last so many working days, from a fraction of all of them on.

        None where past periods had everything by then, which tells nothing of the rest.
        """
        before = self.share(fraction)
        if 1 - before < LEAST_SHARE or not days:
            return None
        at = [self.share(fraction + (1 - fraction) * day / days) for day in range(days + 1)]
        return replace(self, curves=(tuple((each - before) / (1 - before) for each in at),))


@lru_cache(maxsize=SEASONS_KEPT)
def shares_by_day(season: Season, days: int) -> tuple[float, ...]:
    """Return the share past periods had at the end of each of so many working days, from none on."""
    return tuple(season.share(day / days) for day in range(days + 1))


def seasonal_share(
    past: Sequence[tuple[Period, Mapping[date, float]]], calendar: WorkCalendar
) -> Season | None:
    """Return how past periods came in, from what each gained by day; None with fewer than two that gained.

    `calendar` is the team's. What came on a day off counts with the working day before it, or at the start.
    """
    curves = tuple(
        curve for period, gained in past if (curve := _curve(period, gained, calendar)) is not None
    )
    return Season(curves) if len(curves) >= MIN_PAST else None


def _curve(period: Period, gained: Mapping[date, float], calendar: WorkCalendar) -> tuple[float, ...] | None:
    days = calendar.working_days(period.start, period.end)
    steps = [0.0] * (days + 1)
    for day, amount in gained.items():
        if period.holds(day):
            steps[calendar.working_days(period.start, day)] += amount
    total = sum(steps)
    if days == 0 or total <= 0:
        return None
    running, curve = 0.0, []
    for step in steps:
        running += step
        curve.append(running / total)
    return tuple(curve)


def _on_curve(curve: tuple[float, ...], fraction: float) -> float:
    place = min(1.0, max(0.0, fraction)) * (len(curve) - 1)
    low = min(int(place), len(curve) - 2)
    return curve[low] + (curve[low + 1] - curve[low]) * (place - low)


def recorded(period: Period, first: date | None, fiscal_year_start: int) -> list[Period]:
    """Return the past periods that are on record from their beginning, the latest first."""
    found: list[Period] = []
    while first is not None and len(found) < PAST_PERIODS:
        period = previous_period(period, fiscal_year_start)
        if not is_recorded(period, first):
            break
        found.append(period)
    return found


def rest_of(season: Season, begins: date, period: Period, calendar: WorkCalendar) -> Season | None:
    """Return how a period comes in from a day of it on."""
    whole = calendar.working_days(period.start, period.end)
    left = calendar.working_days(begins, period.end)
    return season.after((whole - left) / whole, left) if whole else None


def joint(
    parts: Sequence[tuple[float, date | None]],
    period: Period,
    calendar: WorkCalendar,
    season: Season | None = None,
) -> tuple[Season | None, date | None]:
    """Return how several targets come in together, and the day the first of them begins; None for the period's own.

    `parts` are the targets, each with the later day on which it begins, if it does.
    """
    found = [(target, *begun(begins, period, calendar)) for target, begins in parts]
    first = min((on for _, _, on in found), default=period.start)
    begins = first if first > period.start else None
    if all(on == first for _, _, on in found):
        return season, begins
    total, whole = calendar.working_days(first, period.end), sum(target for target, _, _ in found)
    running = [0.0] * (total + 1)
    for target, late, on in found:
        own = calendar.working_days(on, period.end)
        plan = season if season is None or late is None else rest_of(season, on, period, calendar)
        for day in range(own + 1):
            share = plan.share(day / own) if plan is not None else day / own
            running[total - own + day] += share * target / whole
    return Season((tuple(running),), is_joint=True), begins


def begun(begins: date | None, period: Period, calendar: WorkCalendar) -> tuple[date | None, date]:
    """Return the later day on which a goal begins, if there is a working day left, and the first that is counted."""
    if begins is None or begins <= period.start or not calendar.working_days(begins, period.end):
        return None, period.start
    return begins, begins
