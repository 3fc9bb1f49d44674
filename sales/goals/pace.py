"""Pace: attainment against the share of the working calendar that is over, seasonal once history allows.

With W for working days, today counted as over (forecasts.md §1):

    pace = (actual ÷ target) ÷ c,   c = W(start, today) ÷ W(start, end), or the share of past periods by then;
    needed per day = (target − actual) ÷ W(tomorrow, end);   projection = actual ÷ c;
    days = W(start, day by which c would be actual ÷ target) − W(start, today).

What that is in a word stands in `status`, which knows the chance too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from sales.language.dates.period import Period, is_recorded, previous_period
from sales.language.figures import Spell, decimals, long_day, percent, plural, whole_number
from sales.people.calendar import WorkCalendar

PAST_PERIODS = 4  # a year of quarters: older ones were another team

EXACT = 1e-9  # below which two shares are the same
LEAST_SHARE = 0.01  # where past periods had less by then, dividing by it says nothing; the even share holds
SEASONS_KEPT = 64  # teams and periods whose shares by day are kept: everybody of a team asks for the same
MIN_PAST = 2  # past periods; a season seen once may be chance (forecasts.md §1)


@dataclass(frozen=True)
class Season:
    """How past periods came in: the cumulative share by working-day fraction, one curve for each period.

    One that `is_ramp` says how a target of somebody new is to come in instead.
    """

    curves: tuple[tuple[float, ...], ...]
    is_ramp: bool = False

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


@lru_cache(maxsize=SEASONS_KEPT)
def shares_by_day(season: Season, days: int) -> tuple[float, ...]:
    """Return the share past periods had at the end of each of so many working days, from none on."""
    return tuple(season.share(day / days) for day in range(days + 1))


@dataclass(frozen=True)
class Pace:
    """How one goal stands on one day; amounts in the goal's unit, days are working days.

    `elapsed` counts today, `over` does not, `remaining` starts tomorrow. `expected` is the share of the target that
    should be there by now, `ratio` the attainment over it: 1 is on pace, and where nothing is expected yet it is 1 too.
    `needed_per_day` is what is missing over the remaining days, all of it where none remains, 0 once the
    target is reached or the period over. `projection` is where the period ends at this pace. `days` is how many
    working days of the plan the result is ahead of today, below 0 behind it.
    """

    actual: float
    target: float
    period: Period
    today: date
    elapsed: int
    over: int
    total: int
    remaining: int
    expected: float
    is_seasonal: bool
    ratio: float
    needed_per_day: float
    projection: float
    days: float
    is_ramped: bool = False

    @property
    def attainment(self) -> float:
        """Return actual ÷ target; 1 is reached."""
        return self.actual / self.target

    @property
    def is_reached(self) -> bool:
        """Return whether the target is reached."""
        return self.actual >= self.target

    @property
    def is_over(self) -> bool:
        """Return whether the period lies behind."""
        return self.today > self.period.end

    @property
    def missing(self) -> float:
        """Return what is left to the target; 0 once it is reached."""
        return max(0.0, self.target - self.actual)

    def why(self, spell: Spell = whole_number, spell_need: Spell | None = None) -> tuple[str, ...]:
        """Return the arithmetic in plain words, a line for each step.

        `spell` writes an amount, `spell_need` what each day takes, which may want to be rounded up.
        """
        return _why(self, spell, spell_need or spell)


def pace(
    actual: float,
    target: float,
    period: Period,
    today: date,
    calendar: WorkCalendar,
    seasonal: Season | None = None,
) -> Pace:
    """Return the pace towards a target on a day; `calendar` is the rep's own, with leave.

    `seasonal` replaces the even share of working days by the one past periods had, if that is 1% or more.

    Raises:
        ValueError: if the target is not above 0.
    """
    if target <= 0:
        raise ValueError(f"a target is above 0, not {target}")
    total = calendar.working_days(period.start, period.end)
    elapsed = calendar.working_days(period.start, min(today, period.end))
    is_over = today > period.end
    fraction = elapsed / total if total else float(is_over)
    past = seasonal.share(fraction) if seasonal is not None and 0 < fraction < 1 else 0.0
    is_seasonal = past >= LEAST_SHARE
    expected = past if is_seasonal else fraction
    missing = max(0.0, target - actual)
    return Pace(
        actual=actual,
        target=target,
        period=period,
        today=today,
        elapsed=elapsed,
        over=calendar.working_days(period.start, min(today - timedelta(days=1), period.end)),
        total=total,
        remaining=total - elapsed,
        expected=expected,
        is_seasonal=is_seasonal,
        ratio=actual / target / expected if expected > 0 else 1.0,
        needed_per_day=0.0 if is_over else missing / max(1, total - elapsed),
        projection=actual / expected if expected > 0 and not is_over else float(actual),
        days=_days(actual / target, elapsed, total, seasonal),
        is_ramped=is_seasonal and seasonal is not None and seasonal.is_ramp,
    )


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


def _days(attainment: float, elapsed: int, total: int, seasonal: Season | None) -> float:
    """Return how many working days of the plan a result is ahead of the day."""
    if not total:
        return 0.0
    share = min(1.0, attainment)
    place = share if seasonal is None else seasonal.reached(share, elapsed / total, total)
    return place * total - elapsed


def _why(found: Pace, spell: Spell, spell_need: Spell) -> tuple[str, ...]:
    done = f"{spell(found.actual)} of {spell(found.target)} is {percent(found.attainment)}."
    if found.is_reached:
        return done, "The target is reached."
    if found.is_over:
        return done, f"The period ended on {long_day(found.period.end)}, {spell(found.missing)} short."
    if found.total == 0:
        return done, "There is no working day in this period, so there is no pace."
    if found.elapsed == 0:
        first = f"No working day of {found.period.label} is over yet"
        return (
            done,
            f"{first}; {spell_need(found.needed_per_day)} on each of its "
            f"{plural(found.total, 'working day')} gets there.",
        )
    lines = [done, _share_so_far(found), _pace_in_words(found), _rest_in_words(found, spell, spell_need)]
    lines.append(f"At this pace the period ends at about {spell(found.projection)}.")
    return tuple(lines)


def _share_so_far(found: Pace) -> str:
    days = f"{found.elapsed} of {found.total} working days are over, today included"
    if not found.is_seasonal:
        return f"{days}: {percent(found.expected)}."
    if found.is_ramped:
        return f"{days}; the ramp asks for {percent(found.expected)} of the target by then."
    return f"{days}; past periods had {percent(found.expected)} of their total by then."


def _pace_in_words(found: Pace) -> str:
    sum_ = f"{percent(found.attainment)} ÷ {percent(found.expected)} = {decimals(found.ratio, 2)}"
    days = round(found.days)
    if not days:
        return f"Pace: {sum_}, as planned."
    return (
        f"Pace: {sum_}, {plural(abs(days), 'working day')} {'behind' if days < 0 else 'ahead of'} the plan."
    )


def _rest_in_words(found: Pace, spell: Spell, spell_need: Spell) -> str:
    if found.remaining == 0:
        return f"Missing: {spell(found.missing)}, and no working day is left after today."
    return (
        f"Missing: {spell(found.missing)} ÷ {plural(found.remaining, 'working day')} left "
        f"= {spell_need(found.needed_per_day)} a day."
    )


def recorded(period: Period, first: date | None, fiscal_year_start: int) -> list[Period]:
    """Return the past periods that are on record from their beginning, the latest first."""
    found: list[Period] = []
    while first is not None and len(found) < PAST_PERIODS:
        period = previous_period(period, fiscal_year_start)
        if not is_recorded(period, first):
            break
        found.append(period)
    return found
