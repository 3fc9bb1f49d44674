"""How long a newly created opportunity can still be won in time, and how much of it would close the gap."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from sales.language.dates.period import Period
from sales.language.figures import Spell, long_day, percent, plural, whole_number
from sales.people.calendar import WorkCalendar
from sales.pipeline.cycle import MIN_CLOSED, Cycle

NEARLY = 0.9  # of the best day's share; less is no reason to wait for a later one


class OpenDeal(NamedTuple):
    """An open deal as the runway sees it; the value is minor units, or 1 where deals are counted."""

    opened_on: date
    value: float


@dataclass(frozen=True)
class Needed:
    """What must be opened on a day to close the gap, and the two parts the yield of a new deal is made of.

    `value` = gap ÷ (win_rate × in_time): `win_rate` is the share of new deals ever won, `in_time` the share
    of those wins that fall into the period; once it runs, their product is F_won(days left). `deals` is the
    value in deals of mean won value, rounded up; None where no won deal tells the mean.
    """

    value: float
    deals: int | None
    win_rate: float
    in_time: float


@dataclass(frozen=True)
class Runway:
    """The runway of one goal on one day.

    `days` is t_p, or the team's own cycle where `from_history` is False: fewer than 30 deals have closed.
    `gap` is what is missing after the wins and after what open deals should bring: deals if `in_deals`, else
    minor units. `working_days_left` counts the working days after today up to the last create date; 0 on it,
    negative past it. `needed` is told for what is opened on `opens_on`: today, or of a period to come the day whose
    deals are won in it most of all, as those of today are mostly won before it. `won_of_new` is the share of these,
    in 0..1, that are won in the period. `needed` is None without a gap, without history, or when nothing can be won
    in time.
    """

    period: Period
    today: date
    share: float
    days: int
    from_history: bool
    closed: int
    last_create_on: date
    working_days_left: int
    gap: float
    in_deals: bool
    mean_won: float
    opens_on: date
    won_of_new: float
    needed: Needed | None

    @property
    def begins_on(self) -> date:
        """Return the day from which deals are opened for a period and no longer for the one before it."""
        return self.period.start - timedelta(days=self.days)

    @property
    def has_begun(self) -> bool:
        """Return whether what is opened today may be meant for the period."""
        return self.today >= self.begins_on

    @property
    def days_to_open(self) -> int:
        """Return in how many days a deal has to be opened by the last day; past that by the period's end."""
        last = self.period.end if self.has_passed else self.last_create_on
        return max(1, (last - max(self.today, self.begins_on)).days + 1)

    @property
    def days_left(self) -> int:
        """Return the calendar days from today to the period's end; 0 once it is over."""
        return max(0, (self.period.end - self.today).days)

    @property
    def has_passed(self) -> bool:
        """Return whether the last create date lies behind."""
        return self.today > self.last_create_on

    def why(self, spell: Spell = whole_number) -> tuple[str, ...]:
        """Return the arithmetic in plain words, a line for each step; `spell` writes an amount of the gap."""
        return _why_the_date(self), *_why_the_amount(self, spell)


def runway(
    period: Period,
    today: date,
    cycle: Cycle,
    share: float,
    calendar: WorkCalendar,
    *,
    gap: float,
    mean_won: float | None,
    cycle_days: int,
) -> Runway:
    """Return the runway towards a period's end: last create date = end − t_p, back to a working day.

    `share` is p, the part of eventual wins that must still land in time, in 0..1. `gap` and `mean_won`, the
    mean value of a won deal, are minor units; None as the mean says that the gap counts deals. `cycle_days`
    is the team's own word for its cycle, used until 30 deals have closed (mechanism 60).
    """
    measured = cycle.days_for(share) if cycle.has_history else None
    days = cycle_days if measured is None else measured
    last = calendar.previous_working_day(period.end - timedelta(days=days))
    if today <= last:
        left = calendar.working_days(today + timedelta(days=1), last)
    else:
        left = -calendar.working_days(last + timedelta(days=1), today)
    in_deals, mean = mean_won is None, 1.0 if mean_won is None else mean_won
    opens_on = best_day(cycle, period, today, last)
    return Runway(
        period=period,
        today=today,
        share=share,
        days=days,
        from_history=measured is not None,
        closed=cycle.closed,
        last_create_on=last,
        working_days_left=left,
        gap=max(0.0, gap),
        in_deals=in_deals,
        mean_won=mean,
        opens_on=opens_on,
        won_of_new=won_in(cycle, opens_on, period),
        needed=needed(cycle, gap, mean, (period.end - opens_on).days, max(0, (period.start - opens_on).days)),
    )


def won_in(cycle: Cycle, opened_on: date, period: Period) -> float:
    """Return the share of deals opened on a day that are won within a period, in 0..1; 0 with fewer than 30 closes."""
    if not cycle.has_history:
        return 0.0
    before = max(0, (period.start - opened_on).days)
    return cycle.won_by((period.end - opened_on).days) - cycle.won_by(before - 1)


def best_day(cycle: Cycle, period: Period, today: date, last: date) -> date:
    """Return the first day from today to the last create date whose deals are won in a period nearly as much as those
    of any other; once the period runs that is today."""
    ahead = range(max(0, (min(last, period.start) - today).days) + 1)
    days = [today + timedelta(days=at) for at in ahead]
    shares = [won_in(cycle, day, period) for day in days]
    return next(day for day, share in zip(days, shares, strict=True) if share >= NEARLY * max(shares))


def needed(cycle: Cycle, gap: float, mean_won: float, days_left: int, days_before: int = 0) -> Needed | None:
    """Return the pipeline to open on a day for a gap to close within the `days_left` days after it (forecasts.md §3.3).

    `days_before` is how many days from that day on lie before the period: what is won on them counts there.
    None without a gap, with fewer than 30 closes, or where no deal was ever won at such an age.
    """
    in_time = cycle.share_in_time(days_left) - cycle.share_in_time(days_before - 1)
    if gap <= 0 or not cycle.has_history or in_time <= 0:
        return None
    value = gap / (cycle.won_by(days_left) - cycle.won_by(days_before - 1))
    deals = ceil(value / mean_won) if mean_won > 0 else None
    return Needed(value, deals, cycle.won_eventually, in_time)


def expected_from_open(
    deals: Iterable[OpenDeal | tuple[date, float]], cycle: Cycle, today: date, end: date
) -> float:
    """Return what open deals should bring by `end`: Σ P(won by then | age today)·value, in the values' unit.

    Deals opened after `today` are not known yet. 0 with fewer than 30 closes: nothing is claimed then.
    """
    if not cycle.has_history:
        return 0.0
    ahead, known = (end - today).days, [deal for deal in deals if deal[0] <= today]
    chances = {day: cycle.win_within((today - day).days, ahead) for day in {deal[0] for deal in known}}
    return sum(chances[opened_on] * value for opened_on, value in known)


def expected_in(
    deals: Iterable[OpenDeal | tuple[date, float]], cycle: Cycle, today: date, period: Period
) -> float:
    """Return what open deals should bring within a period, in the values' unit.

    As `expected_from_open`; of a period still to come, what should be won before it starts is left out, as it
    counts before it.
    """
    known = list(deals)
    by_end = expected_from_open(known, cycle, today, period.end)
    if period.start <= today:
        return by_end
    return by_end - expected_from_open(known, cycle, today, period.start - timedelta(days=1))


def gap_after_open(target: float, won: float, expected: float) -> float:
    """Return what is missing after the wins and after what open deals should bring; never below 0."""
    return max(0.0, target - won - expected)


def _why_the_date(found: Runway) -> str:
    end, last = found.period.end, found.last_create_on
    counted = end - timedelta(days=found.days)
    sum_ = f"{long_day(end)} − {plural(found.days, 'day')} = {long_day(counted)}"
    if counted != last:
        sum_ += f", which is no working day, so {long_day(last)}"
    if found.from_history:
        return f"{percent(found.share)} of the deals that are won are won within {plural(found.days, 'day')}. {sum_}."
    return (
        f"{found.closed} of the {MIN_CLOSED} closed deals are here that an own estimate takes. "
        f"Until then the team's cycle of {plural(found.days, 'day')} holds: {sum_}."
    )


def _why_the_amount(found: Runway, spell: Spell) -> tuple[str, ...]:
    if found.gap <= 0:
        return ("There is no gap: wins and open deals reach the target.",)
    unit = " deals" if found.in_deals else ""
    if not found.from_history:
        return (
            f"Missing after the wins so far: {spell(found.gap)}{unit}. "
            "What open or new deals will bring is not estimated from so few closed ones.",
        )
    missing = f"Missing after wins and what open deals should bring: {spell(found.gap)}{unit}."
    if found.needed is None:
        return (
            missing,
            f"No deal was ever won within {plural(found.days_left, 'day')} of opening: work what is open.",
        )
    need = found.needed
    both = need.win_rate * need.in_time
    result = f"{spell(found.gap)} ÷ {percent(both)} = {spell(need.value)} of new pipeline"
    if found.in_deals and need.deals is not None:
        result = f"{spell(found.gap)} ÷ {percent(both)} = {plural(need.deals, 'new deal')}"
    elif need.deals is not None:
        result += f", about {plural(need.deals, 'deal')} at a mean win of {spell(found.mean_won)}"
    within = f"within the {plural(found.days_left, 'day')} left"
    if found.today < found.period.start:
        within = f"from {long_day(found.period.start)} to {long_day(found.period.end)}"
    opened = "today" if found.opens_on == found.today else f"on {long_day(found.opens_on)}"
    return (
        missing,
        f"Of deals opened {opened} {percent(need.win_rate)} are won in the end, and {percent(need.in_time)} of "
        f"those {within}: together {percent(both)}.",
        f"{result}.",
    )
