"""Quiet: nobody is nudged outside working hours, on a day off, or after they left."""

from datetime import datetime

from handlers.calendars import calendar_of
from handlers.feature import Late, Skip
from sales.delivery import PROMPT
from sales.quiet import reason, sendable_at
from storage import member as members
from storage import team as teams
from storage.scope import Scope
from storage.tables import DeliveryRow


async def policy(scope: Scope, row: DeliveryRow, now: datetime) -> Late | Skip | None:
    """Say whether a message must wait or not go at all; None lets it pass.

    Answers to what somebody just did pass at any hour, and so do posts to a channel, which nobody is
    woken by.
    """
    if row.user_id is None or row.priority <= PROMPT:
        return None
    member = await members.member(scope, row.user_id)
    if member is None or not member.active:
        return Skip("this person has left")
    team = await teams.team(scope, member.team_id)
    if team is None:
        return None
    hours = (member.zone, team.quiet_from, team.quiet_until, await calendar_of(scope, team, member))
    until = sendable_at(now, *hours)
    return Late(until, reason(now, *hours) or "") if until > now else None
