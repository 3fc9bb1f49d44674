"""The end of the day: when a rep's own evening is, and by which minute its message has come."""

from datetime import time, timedelta

from sales.nudges.schedule import SPREAD, ScheduleSpec, jitter
from sales.people.hours import clock_of, since_midnight
from sales.people.member import Member
from sales.people.team import Team

END_OF_DAY = "end_of_day"


def evening_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when a rep's day ends: on working days, at their own time or the team's, on their own clock."""
    on = member.active and member.is_rep
    at = member.evening_at or team.evening_at
    return ScheduleSpec(END_OF_DAY, member.user_id, member.zone, at, team.workdays, SPREAD, on)


def arrives_by(user_id: str, evening_at: time) -> time:
    """Return the minute by which a person's end-of-day message has come.

    Each person's own shift of up to five minutes is constant, so this holds every day.
    """
    exact = since_midnight(evening_at) + jitter(user_id, END_OF_DAY)
    return clock_of(exact + timedelta(seconds=59))
