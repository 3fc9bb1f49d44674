"""Forecasts: a workspace's record is read before the unit of work that needs it, while nobody waits for the writer."""

import asyncio
from datetime import timedelta
from weakref import WeakValueDictionary

from handlers.context import Preflight
from sales.goals.goal_chance import LOOK_BACK
from sales.language.dates.instants import local_date
from storage.cache import Cache
from storage.goals.forecast.snapshot import MOST_COMPARED, deals_in, known_of
from storage.goals.goal_chance import member_chances
from storage.goals.progress import member_progress
from storage.people.member import find_member
from storage.people.team import find_team
from storage.pipeline.deal_stamp import stamped
from storage.scope import Scope

READING = WeakValueDictionary[str, asyncio.Lock]()  # by workspace: one read of its record at a time
KNOWN: Cache[bool] = Cache(10_000)  # people whose goals were worked out from the deals as they are


async def warmed(preflight: Preflight) -> None:
    """Work out what the workspace's deals tell today and told a week ago, and how likely the person's goals are.

    Of many who ask at once the first one reads the record and the others find it; whoever waits holds no connection.
    """
    async with READING.setdefault(preflight.request.workspace_id, asyncio.Lock()), preflight.read() as scope:
        await read_record(scope, preflight)


async def read_record(scope: Scope, preflight: Preflight) -> None:
    member = await find_member(scope, preflight.request.user_id)
    team = await find_team(scope, member.team_id if member else None)
    if member is None or team is None:
        return
    today = local_date(preflight.now, member.zone)
    key = await stamped(scope, (member.user_id, team.id, today))
    if key is not None and KNOWN.get(key):
        return
    known = await known_of(scope, team.currency, today)
    if deals_in(known) <= MOST_COMPARED:
        await known_of(scope, team.currency, today, today - timedelta(days=LOOK_BACK))
    await member_chances(scope, await member_progress(scope, member, team, today), member, team, today)
    if key is not None:
        KNOWN.put(key, True)  # that it is there is all there is to say
