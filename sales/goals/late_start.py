"""Late starts: a goal that was set well into its period.

Where nothing counted towards it before, it begins on the day it was set: nobody is behind for days on which there was
no goal. Where something did, its whole period counts, as what was won by then is part of it.
"""

from datetime import date
from typing import NamedTuple

from sales.goals.goal import Measured
from sales.goals.status import BEGUN_FROM


class LateStart(NamedTuple):
    """The day on which a goal was set, and whether that is where it `begins`."""

    set_on: date
    begins: bool


def was_set_late(goal: Measured, set_on: date) -> bool:
    """Say whether a goal was set when its period was well under way."""
    gone = (set_on - goal.starts_on).days
    return gone > 0 and gone >= BEGUN_FROM * ((goal.ends_on - goal.starts_on).days + 1)


def late_start(
    goal: Measured, set_on: date, first_gain: date | None, *, has_balance: bool
) -> LateStart | None:
    """Return how late a goal starts; None where it was set in time.

    `first_gain` is the first day of its period on which something counted, `has_balance` says that something is known
    to have been there before.
    """
    if not was_set_late(goal, set_on):
        return None
    was_there = has_balance or (first_gain is not None and first_gain < set_on)
    return LateStart(set_on, not was_there)
