"""What has to be opened, by when: the needed pipeline by weeks left, spread over days, or with some certainty.

Never gap ÷ win rate: what counts is how much of what is opened is won in time, so the need grows as the weeks
run out (forecasts.md §3.3, mechanism 60).
"""

from collections.abc import Callable
from math import ceil
from typing import NamedTuple

from sales.goals.runway.estimate import Needed, needed
from sales.pipeline.cycle import Cycle

MOST_WEEKS = 26  # of a table; further ahead every deal that is won is won in time
MOST_DEALS = 10_000  # nobody opens more


class WeekLeft(NamedTuple):
    """What has to be opened if it is opened with so many weeks left; None where nothing is won so fast."""

    weeks: int
    needed: Needed | None


def needed_by_weeks(
    cycle: Cycle, gap: float, mean_won: float, days_left: int, days_before: int = 0
) -> tuple[WeekLeft, ...]:
    """Return the need by weeks left, from now down to one; empty without a gap, a whole week or history.

    `gap` is after what open deals should bring. `days_before` as for `needed`: what is won on those days
    counts before the period.
    """
    if gap <= 0 or not cycle.has_history:
        return ()
    weeks = range(min(MOST_WEEKS, days_left // 7), 0, -1)
    return tuple(
        WeekLeft(week, needed(cycle, gap, mean_won, 7 * week, max(0, days_before - days_left + 7 * week)))
        for week in weeks
    )


def needed_spread(cycle: Cycle, gap: float, mean_won: float, days_left: int, over: int) -> Needed | None:
    """Return the need if it is opened evenly over the next `over` days, today being the first.

    The share won in time is the mean of F_won(days_left − u). None as for `needed`.
    """
    days = range(max(1, min(over, days_left + 1)))
    share = sum(cycle.won_by(days_left - day) for day in days) / len(days)
    if gap <= 0 or not cycle.has_history or share <= 0:
        return None
    value = gap / share
    deals = ceil(value / mean_won) if mean_won > 0 else None
    return Needed(value, deals, cycle.won_eventually, share / cycle.won_eventually)


def deals_for_confidence(chance_with: Callable[[int], float], confidence: float) -> int | None:
    """Return the fewest new deals with which the chance is at least `confidence`, in 0..1.

    `chance_with` says the chance with so many, and must not fall as they grow (`chance_if_opened`). 0 where
    none is needed, None where even MOST_DEALS are not enough.
    """
    if chance_with(0) >= confidence:
        return 0
    low, high = 0, 1
    while chance_with(high) < confidence:
        if high >= MOST_DEALS:
            return None
        low, high = high, min(MOST_DEALS, 2 * high)
    while high - low > 1:
        middle = (low + high) // 2
        if chance_with(middle) >= confidence:
            high = middle
        else:
            low = middle
    return high
