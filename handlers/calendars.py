"""Calendars: a team's working days, and a member's, which are the team's without their leave."""

from datetime import date

from sales.people.calendar import WorkCalendar, team_calendar
from storage import member as members
from storage import team as teams
from storage.scope import Scope
from storage.tables.member import MemberRow
from storage.tables.team import TeamRow


async def calendar_of(scope: Scope, team: TeamRow, member: MemberRow | None = None) -> WorkCalendar:
    """Return the working days of a team, or of one of its members."""
    assert team.id is not None
    calendar = team_calendar(team, changes=await teams.holiday_changes(scope, team.id))
    if member is None:
        return calendar
    return calendar.with_leave(await members.leave_of(scope, member.user_id, date.min))


async def next_working_day(scope: Scope, team: TeamRow | None, member: MemberRow, today: date) -> date:
    """Return the next day a member works; the next weekday for somebody without a team."""
    calendar = WorkCalendar() if team is None else await calendar_of(scope, team, member)
    return calendar.next_working_day(today)
