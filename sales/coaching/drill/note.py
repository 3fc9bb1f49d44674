"""The note of drills: the first card of a day, for whoever asked for it (68)."""

from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people.hours import morning_at
from sales.people.member import Member
from sales.people.team import Team

DRILL = "drill"


def drill_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when a rep's mornings are, on working days and on their own clock; whether they want it is asked then."""
    on = member.active and member.is_rep
    at = morning_at(team.quiet_from, team.quiet_until)
    return ScheduleSpec(DRILL, member.user_id, member.zone, at, team.workdays, SPREAD, on)
