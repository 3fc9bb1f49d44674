"""The morning: when the note comes that somebody asked for."""

from datetime import time

from sales.nudges.kind import MORNING
from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people.hours import JITTER, fits, moved
from sales.people.member import Member
from sales.people.team import Team

__all__ = ["MORNING", "MORNING_AT", "morning_at", "morning_spec"]
MORNING_AT = time(8, 30)  # before the first call, and never within the team's quiet hours


def morning_at(team: Team) -> time:
    """Return when a team's mornings begin: at half past eight, or when its quiet hours are over."""
    clear = fits(MORNING_AT, team.quiet_from, team.quiet_until)
    return MORNING_AT if clear else moved(team.quiet_until, JITTER)


def morning_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when a rep's morning is: on working days, on their own clock; whether they want it is asked then."""
    on = member.active and member.is_rep
    return ScheduleSpec(MORNING, member.user_id, member.zone, morning_at(team), team.workdays, SPREAD, on)
