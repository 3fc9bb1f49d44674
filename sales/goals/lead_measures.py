"""Lead measures: what this week asks for, working back through the funnel from the gap (mechanism 8).

    gap ÷ mean share won in time ÷ mean win = opportunities to open by the last create date;
    of those this week its share of the working days until then; times own conversations an opportunity;
    and a next step for each new opportunity, or as many as own conversations usually leave.

An outcome cannot be done on a Tuesday; opening an opportunity can. What a week asks for is settled when it begins, so
what is done counts against it and a slow Monday makes it no smaller.
"""

from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from sales.language.dates.weekday import monday_of
from sales.people.calendar import WorkCalendar

RATIO_DAYS = 90  # before this week, behind conversations an opportunity: a quarter, recent and long enough
LEAST_OPENED = 5  # opportunities in those days; fewer tell no ratio
LEAST_HELD = 10  # conversations with somebody named; fewer tell no share of next steps
EXACT = 1e-9  # what floating point adds to a whole number is no further deal


class Funnel(NamedTuple):
    """What some days of a rep's own brought: conversations, opportunities, and of `named` conversations next steps."""

    conversations: int = 0
    opened: int = 0
    agreed: int = 0
    named: int = 0


class Week(NamedTuple):
    """What this week asks for, and what of it is `done`. `conversations` is 0 where no own ratio is on record.

    `ratio` is how many conversations one opportunity took lately.
    """

    opportunities: int
    conversations: int = 0
    ratio: float = 0.0
    next_steps: int = 0
    done: Funnel = Funnel()

    @property
    def left(self) -> int:
        """Return how many opportunities this week still asks for."""
        return max(0, self.opportunities - self.done.opened)

    @property
    def is_done(self) -> bool:
        """Return whether nothing more is asked for."""
        done = self.done
        return not self.left and done.conversations >= self.conversations and done.agreed >= self.next_steps


def week_begins(today: date, set_on: date | None = None) -> date:
    """Return the day from which a week asks for something: its Monday, or the day a goal was set in it."""
    monday = monday_of(today)
    return monday if set_on is None else min(today, max(monday, set_on))


def this_week(
    deals: float, by: date, today: date, calendar: WorkCalendar, before: Funnel | None = None
) -> Week | None:
    """Return the part of `deals`, to open by a last day, of this week from `today` on; None where none is due.

    `before` is what the 90 days before this week brought the rep.
    """
    sunday = today + timedelta(days=6 - today.weekday())
    left = calendar.working_days(today, by) if by >= today else 0
    now = calendar.working_days(today, min(sunday, by)) if by >= today else 0
    if deals <= 0 or not now:
        return None
    count = ceil(deals * now / left - EXACT)
    own = before or Funnel()
    if own.opened < LEAST_OPENED or not own.conversations:
        return Week(count)
    ratio = own.conversations / own.opened
    talks = ceil(count * ratio - EXACT)
    usual = own.agreed / own.named if own.named >= LEAST_HELD else 0.0
    return Week(count, talks, ratio, max(count, ceil(talks * usual - EXACT)))
