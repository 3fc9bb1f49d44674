"""Calendars: a team's working days, and a member's, with the holidays of where they live and without their leave."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sales.people.calendar import WorkCalendar, member_calendar, team_calendar
from storage.people.holiday import changes_ahead, holiday_changes
from storage.people.leave import leave_ahead, leave_of
from storage.people.member import MemberRow, find_member, members_ahead
from storage.people.team import TeamRow
from storage.scope import Scope


async def calendar_of(scope: Scope, team: TeamRow, member: MemberRow | None = None) -> WorkCalendar:
    """Return the working days of a team, or of one of its members."""
    calendar = team_calendar(team, changes=await holiday_changes(scope, team.id))
    if member is None:
        return calendar
    leave = await leave_of(scope, member.user_id, date.min)
    return member_calendar(calendar, member).with_leave(leave)


async def calendars_of(scope: Scope, team: TeamRow, user_ids: Collection[str]) -> Mapping[str, WorkCalendar]:
    """Return the working days of people of one team, by user id, in few queries."""
    await members_ahead(scope, user_ids)
    await leave_ahead(scope, user_ids)
    return {
        user_id: await calendar_of(scope, team, await find_member(scope, user_id)) for user_id in user_ids
    }


async def calendars_ahead(scope: Scope, members: Sequence[MemberRow]) -> None:
    """Read ahead what the calendars of these people are made of."""
    await changes_ahead(scope, {member.team_id for member in members if member.team_id is not None})
    await leave_ahead(scope, [member.user_id for member in members])


async def next_working_day(scope: Scope, team: TeamRow | None, member: MemberRow, today: date) -> date:
    """Return the next day a member works; the next weekday for somebody without a team."""
    calendar = WorkCalendar() if team is None else await calendar_of(scope, team, member)
    return calendar.next_working_day(today)
