"""Forecasts: a workspace's record is read before the unit of work that needs it, while nobody waits for the writer."""

from datetime import timedelta

from handlers.context import Preflight
from sales.goals.goal_chance import LOOK_BACK
from sales.language.dates.instants import local_date
from storage.goals.forecast.snapshot import MOST_COMPARED, deals_in, known_of
from storage.people.member import find_member
from storage.people.team import find_team


async def warmed(preflight: Preflight) -> None:
    """Work out what the workspace's deals tell today and told a week ago, so that it is there when asked for."""
    async with preflight.read() as scope:
        member = await find_member(scope, preflight.request.user_id)
        team = await find_team(scope, member.team_id if member else None)
        if member is None or team is None:
            return
        today = local_date(preflight.now, member.zone)
        known = await known_of(scope, team.currency, today)
        if deals_in(known) <= MOST_COMPARED:
            await known_of(scope, team.currency, today, today - timedelta(days=LOOK_BACK))
