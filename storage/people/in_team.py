"""Somebody in their team, on their own day: what most messages to a person begin with."""

from datetime import date, datetime
from typing import NamedTuple

from sales.language.dates.instants import local_date
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow, find_member
from storage.people.team import TeamRow, find_team
from storage.scope import Scope


class InTeam(NamedTuple):
    """A person, the team they are in, and the day it is where they are."""

    member: MemberRow
    team: TeamRow
    today: date


async def in_team(scope: Scope, user_id: str | None, now: datetime) -> InTeam | None:
    """Return somebody with their team and day; None for whoever is in no team, and for nobody."""
    member = await find_member(scope, user_id) if user_id else None
    team = await find_team(scope, member.team_id if member is not None else None)
    if member is None or team is None:
        return None
    return InTeam(member, team, local_date(now, member.zone))


async def at_work(scope: Scope, user_id: str | None, now: datetime) -> InTeam | None:
    """Return the same on a working day of theirs, and None on a day off too."""
    found = await in_team(scope, user_id, now)
    if found is None:
        return None
    calendar = await calendar_of(scope, found.team, found.member)
    return found if calendar.is_working(found.today) else None
