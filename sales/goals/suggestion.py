"""A target to begin with: what the period before brought and a tenth more; for somebody new, a share that ramps up.

Growth is past what one did before (mechanism 3). Whoever is new has nobody's pipeline yet: what they open in
their first month is won about a cycle later, so a full target in the first quarter would only say that they
came late. The share of a full target rises by a quarter with each month of 30 days and is whole from the fourth.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil, floor, log10
from typing import NamedTuple

from sales.goals.goal import Metric, Target
from sales.language.dates.period import Period, is_recorded
from sales.language.figures import minor_per_unit
from sales.people.calendar import WorkCalendar

GROWTH = 1.1  # a tenth past the last period: felt, and within what one quarter differs from the next
RAMP = (0.25, 0.5, 0.75)  # of a full target, in the first three months on record
MONTH = 30  # days of tenure
SETTLED = timedelta(days=90)  # of record; whoever has less of it is new, and so is a record that is younger
ASKED_ON = (1, 3)  # working days of a period: the first, and once more for who was away or too busy on it
FIGURES = 3  # that a suggested amount keeps; more would claim what one period cannot tell


class Suggestion(NamedTuple):
    """A target and where it comes from: minor units or a count.

    `before` is the period it grew from and `brought` what that brought, to a rep of the team on average where this
    one `is_new`; `share` of a full target is then asked. `new_since` is None where nothing of them is on record yet.
    """

    target: int
    before: Period
    brought: float
    share: float = 1.0
    new_since: date | None = None
    is_new: bool = False


def suggested(
    own: float,
    seen_from: date | None,
    colleagues: Sequence[float],
    recorded_from: date | None,
    before: Period,
    period: Period,
    today: date,
    *,
    unit: int = 1,
) -> Suggestion | None:
    """Return a target for `period`; None where neither own history nor the team's tells one.

    `own` and `colleagues` are what the period before brought, `seen_from` the first day of the rep on record and
    `recorded_from` the team's. `unit` is what amounts are rounded to: 100 for whole dollars in cents.
    """
    started = seen_from or today
    if is_recorded(before, started):
        return Suggestion(rounded(own * GROWTH, unit), before, own) if own > 0 else None
    gained = [each for each in colleagues if each > 0]
    if not gained or recorded_from is None or recorded_from + SETTLED > started:
        return None
    full, share = sum(gained) / len(gained), ramp(started, period)
    if share <= 0:
        return None
    return Suggestion(rounded(full * GROWTH * share, unit), before, full, share, seen_from, is_new=True)


def is_asked_on(period: Period, today: date, calendar: WorkCalendar) -> bool:
    """Return whether who has no goal in a period is asked for one today: on its first and third working day."""
    return calendar.is_working(today) and calendar.working_days(period.start, today) in ASKED_ON


def unit_of(goal: Target) -> int:
    """Return what amounts of a goal are rounded to: whole units of money in minor ones, or 1 for a count."""
    return minor_per_unit(goal.currency) if goal.metric is Metric.REVENUE else 1


def ramp(started: date, period: Period) -> float:
    """Return the share of a full target that a period asks of somebody who started on a day: a mean over its days."""
    days = [(period.start + timedelta(days=day) - started).days for day in range(period.days)]
    return sum(share_of_tenure(day) for day in days) / len(days)


def share_of_tenure(days: int) -> float:
    """Return the share of a full target that is asked of somebody on a day of their tenure; nothing before it."""
    if days < 0:
        return 0.0
    return RAMP[days // MONTH] if days // MONTH < len(RAMP) else 1.0


def rounded(amount: float, unit: int) -> int:
    """Return an amount at three figures, whole units, and at least one."""
    whole = max(1.0, amount / unit)
    step = 10.0 ** max(0, floor(log10(whole)) - FIGURES + 1)
    return ceil(whole / step - 1e-9) * int(step) * unit
