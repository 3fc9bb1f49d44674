"""When an audit comes by itself: once a month, when a goal falls behind, when a full pipeline promises too little."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from sales.goals.progress import GoalProgress
from sales.goals.status import StatusWord
from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people.calendar import WorkCalendar
from sales.people.member import Member
from sales.people.team import Team

AUDIT = "audit"
AUDIT_CHECK = "audit_check"
AUDIT_CHECK_AT = time(9, 10)  # in the morning, behind what is due and the runway
REST = timedelta(days=14)  # between two audits that nobody asked for: clearing takes longer than a day
MONTH_BEGINS = 10  # working days; what was held back on the first of them comes on a later one
FULL = 3.0  # times what a goal still needs is open on paper, and (mechanism 20)
DOUBTFUL = 0.5  # its chance is below this all the same


class AuditReason(StrEnum):
    """Why an audit comes by itself."""

    MONTHLY = "monthly"
    BEHIND = "behind"
    LOOKS_FULL = "looks_full"


class DueAudit(NamedTuple):
    """An audit that is due: why, of which goal if any, and what makes it the only one of its sort."""

    reason: AuditReason
    label: str
    once: str


def due_audits(
    standings: Iterable[GoalProgress], paper: Mapping[str, int], today: date, calendar: WorkCalendar
) -> list[DueAudit]:
    """Return the audits that are due on a day, the one that says most first; each is sent once at most.

    Of a goal that fell behind, and of one whose open deals look enough while its chance does not, there is one each;
    the monthly one is due on a month's first ten working days, which leaves time to rest from another.
    """
    found: list[DueAudit] = []
    for one in standings:
        if one.is_upcoming or one.asks_start:
            continue
        if one.status.word is StatusWord.BEHIND:
            found.append(DueAudit(AuditReason.BEHIND, one.label, f"behind:{one.goal_id}"))
        chance = one.chance.forecast.chance if one.chance is not None else None
        covers = one.gap > 0 and paper.get(one.goal.currency, 0) >= FULL * one.gap
        if covers and chance is not None and chance < DOUBTFUL:
            found.append(DueAudit(AuditReason.LOOKS_FULL, one.label, f"full:{one.goal_id}"))
    if calendar.working_days(today.replace(day=1), today) <= MONTH_BEGINS:
        found.append(DueAudit(AuditReason.MONTHLY, "", today.isoformat()[:7]))
    return found


def audit_check_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when a rep's pipeline is looked at: every working morning, on their own clock."""
    on = member.active and member.is_rep
    return ScheduleSpec(AUDIT_CHECK, member.user_id, member.zone, AUDIT_CHECK_AT, team.workdays, SPREAD, on)
