"""The runway: days left in which a newly created opportunity can still be won in time, at a stated share.

Last create date = period end − t_p, rolled back to a working day, where t_p is the age by which the share p
of eventual wins is won (mechanism 60, maths.md §3). Past it a new opportunity counts towards the next period,
and what is open is the work (mechanism 61).
"""

from sales.runway.additions import WeekLeft, deals_for_confidence, needed_by_weeks, needed_spread
from sales.runway.estimate import (
    Needed,
    OpenDeal,
    Runway,
    expected_from_open,
    expected_in,
    gap_after_open,
    needed,
    runway,
)
from sales.runway.outlook import Aim, DealAhead, Outlook, outlook
from sales.runway.warning import (
    PASSED_WITHIN,
    REOPEN_REST,
    THRESHOLDS,
    RunwayAlert,
    RunwayMemory,
    Said,
    alert,
    said_today,
)

__all__ = [
    "PASSED_WITHIN",
    "REOPEN_REST",
    "THRESHOLDS",
    "Aim",
    "DealAhead",
    "Needed",
    "OpenDeal",
    "Outlook",
    "Runway",
    "RunwayAlert",
    "RunwayMemory",
    "Said",
    "WeekLeft",
    "alert",
    "deals_for_confidence",
    "expected_from_open",
    "expected_in",
    "gap_after_open",
    "needed",
    "needed_by_weeks",
    "needed_spread",
    "outlook",
    "runway",
    "said_today",
]
