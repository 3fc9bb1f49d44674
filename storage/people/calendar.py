"""Calendars: a team's working days, and a member's, which are the team's without their leave."""

from collections.abc import Sequence
from datetime import date

from sales.people.calendar import WorkCalendar, team_calendar
from storage.people.holiday import changes_ahead, holiday_changes
from storage.people.leave import leave_ahead, leave_of
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope


async def calendar_of(scope: Scope, team: TeamRow, member: MemberRow | None = None) -> WorkCalendar:
    """Return the working days of a team, or of one of its members."""
    calendar = team_calendar(team, changes=await holiday_changes(scope, team.id))
    if member is None:
        return calendar
    return calendar.with_leave(await leave_of(scope, member.user_id, date.min))


async def calendars_ahead(scope: Scope, members: Sequence[MemberRow]) -> None:
    """Read ahead what the calendars of these people are made of."""
    await changes_ahead(scope, {member.team_id for member in members if member.team_id is not None})
    await leave_ahead(scope, [member.user_id for member in members])


async def next_working_day(scope: Scope, team: TeamRow | None, member: MemberRow, today: date) -> date:
    """Return the next day a member works; the next weekday for somebody without a team."""
    calendar = WorkCalendar() if team is None else await calendar_of(scope, team, member)
    return calendar.next_working_day(today)
