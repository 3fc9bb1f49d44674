"""Setting up a team, and looking at what came of it."""

from storage.nudges.schedule.due import find_schedule
from storage.people.member import find_member
from storage.people.team import find_team_named
from tests.known import WORKSPACE


async def sets_up(visitor, name, reps, *, group=None, channel=None, managers=None):
    """Fill in the setup form and save it."""
    await visitor.says("/rainmaker setup")
    await visitor.fills("Team name", name)
    if reps:
        await visitor.chooses("Reps", reps)
    if group:
        await visitor.chooses("And everybody in this user group", group)
    if channel:
        await visitor.chooses("Digest channel", channel)
    if managers is not None:
        await visitor.chooses("Managers", managers)
    await visitor.submits()


async def due(town, user_id, kind="end_of_day"):
    """The schedule of one kind that a person or a team has; None while it is stopped."""
    async with town.bot.database.read(WORKSPACE) as scope:
        row = await find_schedule(scope, kind, user_id)
    return row if row is not None and row.enabled else None


async def clock_of(town, user_id):
    """The zone, the time on its clocks and the date of somebody's next end-of-day message."""
    row = await due(town, user_id)
    return row.zone, row.local_time, row.next_local_date


async def found_team(town, name):
    async with town.bot.database.read(WORKSPACE) as scope:
        return await find_team_named(scope, name)


async def member(town, user_id):
    async with town.bot.database.read(WORKSPACE) as scope:
        return await find_member(scope, user_id)
