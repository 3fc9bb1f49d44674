"""Calendars: a team's working days, and a member's, which are the team's without their leave."""

from datetime import date

from sales.people.calendar import WorkCalendar, team_calendar
from storage.people.holiday import holiday_changes
from storage.people.leave import leave_of
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope


async def calendar_of(scope: Scope, team: TeamRow, member: MemberRow | None = None) -> WorkCalendar:
    """Return the working days of a team, or of one of its members."""
    calendar = team_calendar(team, changes=await holiday_changes(scope, team.id))
    if member is None:
        return calendar
    return calendar.with_leave(await leave_of(scope, member.user_id, date.min))


async def next_working_day(scope: Scope, team: TeamRow | None, member: MemberRow, today: date) -> date:
    """Return the next day a member works; the next weekday for somebody without a team."""
    calendar = WorkCalendar() if team is None else await calendar_of(scope, team, member)
    return calendar.next_working_day(today)
