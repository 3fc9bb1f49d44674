"""Busy with little to show: many touches and few new deals beside what the colleagues' touches bring (mechanism 19).

A hint to the rep alone and no verdict: with the chance that so few come by bad luck, and the way to the cause. Much
work that opened nothing at all is told by `motion`; a team of one is compared with nobody.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from sales.distributions import poisson_at_most
from sales.language.dates.weekday import FRIDAY
from sales.people.calendar import WorkCalendar
from sales.pipeline.motion import BUSY

WORKING_DAYS = 10  # that are judged: two weeks of work, whatever is a holiday or leave in them
FEW = 1 / 6  # of such spells bring so few by chance; a hint may be wrong that often
LEAST_OPENED = 3  # deals of the colleagues; from fewer no rate
ODDS = 0.95  # of the interval that is said
REST = timedelta(days=28)  # in which it is not said again by itself
LOOKED_BACK = 12  # Fridays on which it may have been said before


class DayOfWork(NamedTuple):
    """What somebody did and opened on a day."""

    owner_id: str
    on: date
    touches: int = 0
    opened: int = 0


class Busy(NamedTuple):
    """Touches and new deals of ten working days; of the colleagues, one deal `per` so many touches.

    `low` to `high` deals are what these touches bring at their rate, with 95%. `by_chance` is how often so few come at
    it. `per` is 0 where nobody can be compared with.
    """

    touches: int
    opened: int
    first: date
    last: date
    per: float = 0.0
    low: int = 0
    high: int = 0
    by_chance: float = 1.0

    @property
    def is_fool(self) -> bool:
        """Return whether it is worth to stop and look for a cause."""
        return self.touches >= BUSY and self.per > 0 and self.by_chance <= FEW


def days_judged(today: date, calendar: WorkCalendar) -> tuple[date, date]:
    """Return the first and the last of the ten working days that are judged: today is not over, a Friday evening is."""
    last = calendar.previous_working_day(today if today.weekday() == FRIDAY else today - timedelta(days=1))
    return calendar.shift(last, 1 - WORKING_DAYS), last


def busy(days: Iterable[DayOfWork], owner_id: str, first: date, last: date) -> Busy:
    """Return somebody's days beside those of their colleagues, which the same days are looked at of."""
    touches: Mapping[bool, list[int]] = {True: [0, 0], False: [0, 0]}
    for day in days:
        if first <= day.on <= last:
            touches[day.owner_id == owner_id][0] += day.touches
            touches[day.owner_id == owner_id][1] += day.opened
    (own, opened), (theirs, their_deals) = touches[True], touches[False]
    found = Busy(own, opened, first, last)
    if their_deals < LEAST_OPENED or not theirs:
        return found
    expected = own * their_deals / theirs
    return found._replace(
        per=theirs / their_deals,
        low=most_below(expected, (1 - ODDS) / 2),
        high=most_below(expected, (1 + ODDS) / 2),
        by_chance=poisson_at_most(opened, expected),
    )


def most_below(expected: float, share: float) -> int:
    """Return the fewest that are not exceeded in a share of all cases, in 0..1."""
    count = 0
    while poisson_at_most(count, expected) < share and count <= ceil(10 * expected) + 50:
        count += 1
    return count


def fridays_before(today: date) -> list[date]:
    """Return the Fridays up to today on which it may have been said, the oldest first."""
    last = today - timedelta(days=(today.weekday() - FRIDAY) % 7)
    return [last - timedelta(weeks=one) for one in range(LOOKED_BACK, -1, -1)]


def is_said_on(today: date, busy_on: Iterable[date]) -> bool:
    """Say whether a Friday is one on which it is said: the first of a spell, then once in four weeks at most."""
    said: date | None = None
    for friday in busy_on:
        if said is None or friday - said >= REST:
            said = friday
    return said == today
