"""Setting up a team, and looking at what came of it."""

from storage.nudges.schedule.due import find_schedule
from storage.people.member import find_member
from storage.people.team import find_team_named
from tests.known import WORKSPACE


async def sets_up(visitor, name, reps, *, group=None, channel=None, managers=None):
    """Walk through the wizard that sets a team up, until it is made or something stands in the way."""
    await visitor.says("/rainmaker setup")
    if offered(visitor, "Start afresh"):
        await visitor.clicks("Start afresh")
    await visitor.fills("Team name", name)
    await visitor.submits()
    if "Reps" not in (visitor.modal() or ""):
        return
    if reps:
        await visitor.chooses("Reps", reps)
    if group:
        await visitor.chooses("And everybody in this user group", group)
    if managers is not None:
        await visitor.chooses("Managers", managers)
    await visitor.submits()
    if channel and offered(visitor, "Skip") and not visitor.modal_errors():
        await visitor.chooses("Digest channel", channel)
        await visitor.submits()
        if "Digest channel" in visitor.modal():
            return
    await skips_the_rest(visitor)


async def skips_the_rest(visitor):
    """Leave the steps that are left as they are, unless something stands in the way."""
    while offered(visitor, "Skip") and not visitor.modal_errors():
        await visitor.clicks("Skip" if offered(visitor, "Skip]") else "Skip, make the team")


def offered(visitor, label):
    """Say whether the open form has a button that begins so."""
    return f"[{label}" in (visitor.modal() or "")


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
