"""The week of a plan: when its check-in comes, and which steps it asks about (mechanism 13)."""

from collections.abc import Iterable
from datetime import date, timedelta

from sales.craft.plan import PLAN_CHECK_IN, Plan, in_time
from sales.followups.followup import StoredFollowUp
from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people.calendar import WorkCalendar
from sales.people.hours import morning_at
from sales.people.member import Member
from sales.people.team import Team

WEEK = 7


def check_in_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when a rep's mornings are, on their own clock; that it is the first of their week is asked then.

    So a week whose Monday is a holiday has its check-in on Tuesday.
    """
    on = member.active and member.is_rep
    at = morning_at(team.quiet_from, team.quiet_until)
    return ScheduleSpec(PLAN_CHECK_IN, member.user_id, member.zone, at, team.workdays, SPREAD, on)


def last_day(today: date, first_weekday: int, calendar: WorkCalendar) -> date:
    """Return the last working day of the week that `today` is in; today itself where none is left."""
    left = WEEK - 1 - (today.weekday() - first_weekday) % WEEK
    days = (today + timedelta(days=one) for one in range(left, 0, -1))
    return next((one for one in days if calendar.is_working(one)), today)


def asked_about(plans: Iterable[Plan], last: date) -> list[StoredFollowUp]:
    """Return the open steps of plans that are late or due until a day, the longest due first."""
    return in_time(step for plan in plans for step in plan.due_by(last))
