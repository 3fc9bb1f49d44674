"""Lead measures: what this week asks for, working back through the funnel from the gap (mechanism 8).

    gap ÷ mean share won in time ÷ mean win = opportunities to open by the last create date;
    of those this week its share of the working days until then; times own conversations an opportunity.

An outcome cannot be done on a Tuesday; opening an opportunity can.
"""

from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from sales.people.calendar import WorkCalendar

RATIO_DAYS = 90  # before this week, behind conversations an opportunity: a quarter, recent and long enough
LEAST_OPENED = 5  # opportunities in those days; fewer tell no ratio


class Week(NamedTuple):
    """What the rest of this week asks for. `conversations` is 0 where no own ratio is on record.

    `ratio` is how many conversations one opportunity took lately.
    """

    opportunities: int
    conversations: int = 0
    ratio: float = 0.0


def this_week(
    deals: float, by: date, today: date, calendar: WorkCalendar, conversations: int = 0, opened: int = 0
) -> Week | None:
    """Return this week's part of `deals` to open by a last day; None where none is due this week.

    `conversations` held and opportunities `opened` in the 90 days before this week are the rep's own.
    """
    sunday = today + timedelta(days=6 - today.weekday())
    left = calendar.working_days(today, by) if by >= today else 0
    now = calendar.working_days(today, min(sunday, by)) if by >= today else 0
    if deals <= 0 or not now:
        return None
    count = ceil(deals * now / left - 1e-9)
    if opened < LEAST_OPENED or not conversations:
        return Week(count)
    ratio = conversations / opened
    return Week(count, ceil(count * ratio - 1e-9), ratio)
