"""Pace: attainment against the share of the working calendar that is over, seasonal once history allows.

With W for working days, today counted as over (forecasts.md §1):

    pace = (actual ÷ target) ÷ c,   c = W(start, today) ÷ W(start, end), or the share of past periods by then;
    needed per day = (target − actual) ÷ W(tomorrow, end);   projection = actual ÷ c;
    days = W(start, day by which c would be actual ÷ target) − W(start, today).

A goal that was set late, with nothing of it there before, begins on the day it was set: the days before it are nobody's
delay. What that is in a word stands in `status`, which knows the chance too.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, copysign

from sales.goals.season import LEAST_SHARE, Season, begun, rest_of
from sales.language.dates.period import Period
from sales.language.figures import Spell, decimals, long_day, percent, plural, whole_number
from sales.people.calendar import WorkCalendar


@dataclass(frozen=True)
class Pace:
    """How one goal stands on one day; amounts in the goal's unit, days are working days.

    `elapsed` counts today, `over` does not, `remaining` starts tomorrow. `expected` is the share of the target that
    should be there by now, `ratio` the attainment over it: 1 is on pace, and where nothing is expected yet it is 1 too.
    `needed_per_day` is what is missing over the remaining days, all of it where none remains, 0 once the
    target is reached or the period over. `projection` is where the period ends at this pace. `days` is how many
    working days of the plan the result is ahead of today, below 0 behind it. Where a goal `begins` later than its
    period, all of these days are counted from there.
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
    is_joint: bool = False
    begins: date | None = None

    @property
    def whole_days(self) -> int:
        """Return `days` as people read them: whole ones, half a day being none."""
        return int(copysign(ceil(abs(self.days) - 0.5), self.days))

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
    begins: date | None = None,
) -> Pace:
    """Return the pace towards a target on a day; `calendar` is the rep's own, with leave.

    `seasonal` replaces the even share of working days by the one past periods had, if that is 1% or more. `begins` is
    the later day on which a goal was set that nothing counts towards from before; without a working day left from there
    on it is the period that counts.

    Raises:
        ValueError: if the target is not above 0.
    """
    if target <= 0:
        raise ValueError(f"a target is above 0, not {target}")
    begins, first = begun(begins, period, calendar)
    total = calendar.working_days(first, period.end)
    if begins is not None and seasonal is not None and not seasonal.is_joint:
        seasonal = rest_of(seasonal, begins, period, calendar)
    elapsed = calendar.working_days(first, min(today, period.end))
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
        over=calendar.working_days(first, min(today - timedelta(days=1), period.end)),
        total=total,
        remaining=total - elapsed,
        expected=expected,
        is_seasonal=is_seasonal,
        ratio=actual / target / expected if expected > 0 else 1.0,
        needed_per_day=0.0 if is_over else missing / max(1, total - elapsed),
        projection=actual / expected if expected > 0 and not is_over else float(actual),
        days=_days(actual / target, elapsed, total, seasonal),
        is_ramped=is_seasonal and seasonal is not None and seasonal.is_ramp,
        is_joint=seasonal is not None and seasonal.is_joint,
        begins=begins,
    )


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
    its = "its " if found.begins is not None else ""
    days = f"{found.elapsed} of {its}{found.total} working days are over, today included"
    if not found.is_seasonal:
        return f"{days}: {percent(found.expected)}."
    if found.is_ramped:
        return f"{days}; the ramp asks for {percent(found.expected)} of the target by then."
    return f"{days}; past periods had {percent(found.expected)} of their total by then."


def _pace_in_words(found: Pace) -> str:
    sum_ = f"{percent(found.attainment)} ÷ {percent(found.expected)} = {decimals(found.ratio, 2)}"
    days = found.whole_days
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
