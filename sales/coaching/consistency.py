"""Consistency: on how many days something was done, how evenly from week to week, and the streak (mechanism 66).

Leave, holidays and weekends are bridged: they are nobody's gap, and no day of a streak either.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, pstdev

from sales.language.dates.weekday import monday_of
from sales.people.calendar import WorkCalendar

WEEKS = 8  # that are compared, and whose days are counted (lights.md §4)
LEAST_WEEKS = 4
LEAST_A_WEEK = 5  # touches; of fewer a swing is chance
UNEVEN = 0.5  # of the mean: as much as weeks of 15 and 45 in turn
MOST_OFF = 1  # of the usual working days in a week that is compared
LEAST_DAYS = 20  # working days; before that a share of them says little
HALF_OF_DAYS = 0.5  # active on fewer is no habit
LONGEST_STREAK = 366  # days that are looked back on
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Consistency:
    """How steadily somebody works: of `days` working days up to yesterday `active` ones had anything logged.

    `weeks` are what was logged in each full week, the oldest first; `streak` working days in a row, today among them
    where `with_today`.
    """

    active: int
    days: int
    weeks: tuple[int, ...]
    streak: int
    with_today: bool = False

    @property
    def share(self) -> float | None:
        """Return the share of active days, in 0..1; None while there are too few days."""
        return self.active / self.days if self.days >= LEAST_DAYS else None

    @property
    def variation(self) -> float | None:
        """Return the deviation of the weeks ÷ their mean; None where too few or too small ones are on record."""
        if len(self.weeks) < LEAST_WEEKS or fmean(self.weeks) < LEAST_A_WEEK:
            return None
        return pstdev(self.weeks) / fmean(self.weeks)

    @property
    def is_uneven(self) -> bool:
        """Say whether it is feast or famine."""
        return self.variation is not None and self.variation >= UNEVEN

    @property
    def is_rare(self) -> bool:
        """Say whether fewer than half of the days are active."""
        return self.share is not None and self.share < HALF_OF_DAYS


def first_compared(today: date) -> date:
    """Return the Monday from which weeks are compared and days counted."""
    return monday_of(today) - WEEKS * WEEK


def consistency(
    done: Mapping[date, int], since: date | None, today: date, calendar: WorkCalendar
) -> Consistency:
    """Return how steadily somebody worked up to a day; `done` is what was logged by day, `since` the first day ever.

    Today counts for the streak where something was logged, and is not missed before it is over.
    """
    if since is None:
        return Consistency(0, 0, (), 0)
    first, yesterday = max(first_compared(today), since), today - timedelta(days=1)
    active = {day for day, count in done.items() if count > 0}
    counted = sum(first <= day <= yesterday and calendar.is_working(day) for day in active)
    return Consistency(
        active=counted,
        days=calendar.working_days(first, yesterday),
        weeks=tuple(_weeks(done, since, today, calendar)),
        streak=streak(active, today, calendar),
        with_today=today in active and calendar.is_working(today),
    )


def _weeks(done: Mapping[date, int], since: date, today: date, calendar: WorkCalendar) -> list[int]:
    """Return what was logged in each full week, days of rest left out of none: who works on one did work."""
    mondays = [monday_of(today) - number * WEEK for number in range(WEEKS, 0, -1)]
    usual = calendar.workdays.bit_count()
    return [
        sum(done.get(monday + timedelta(days=one), 0) for one in range(7))
        for monday in mondays
        if monday >= since and calendar.working_days(monday, monday + timedelta(days=6)) >= usual - MOST_OFF
    ]


def streak(active: Collection[date], today: date, calendar: WorkCalendar) -> int:
    """Return on how many working days in a row something was logged, back from today or the day before it."""
    count = 1 if today in active and calendar.is_working(today) else 0
    for back in range(1, LONGEST_STREAK):
        day = today - timedelta(days=back)
        if calendar.is_working(day):
            if day not in active:
                break
            count += 1
    return count
