"""The morning: when the note comes that somebody asked for."""

from datetime import time

from sales.nudges.kind import MORNING
from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people import hours
from sales.people.hours import MORNING_AT
from sales.people.member import Member
from sales.people.team import Team

__all__ = ["MORNING", "MORNING_AT", "morning_at", "morning_spec"]


def morning_at(team: Team) -> time:
    """Return when a team's mornings begin."""
    return hours.morning_at(team.quiet_from, team.quiet_until)


def morning_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when a rep's morning is: on working days, on their own clock; whether they want it is asked then."""
    on = member.active and member.is_rep
    return ScheduleSpec(MORNING, member.user_id, member.zone, morning_at(team), team.workdays, SPREAD, on)
