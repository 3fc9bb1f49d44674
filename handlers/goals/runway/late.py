"""A deal opened past its last day: its confirmation says for which period it mostly counts (mechanism 61)."""

from handlers.context import Context, Happened
from messages.goals import runway as views
from sales.goals.runway.outlook import has_runway
from storage.goals.goal import open_goals
from storage.goals.runway import outlooks
from storage.goals.starting_balance import asked_goals
from storage.people.member import find_member
from storage.people.team import find_team


async def opened_late(context: Context, done: Happened) -> list[str]:
    """Return that a deal just opened mostly counts for what comes after, in a line; nothing in time, or where no own
    record says how long deals take."""
    owner = await find_member(context.scope, done.owner_id) if done.opened else None
    team = await find_team(context.scope, owner.team_id if owner else None)
    if owner is None or team is None:
        return []
    today = context.today
    rows = [
        row
        for row in await open_goals(context.scope, owner.user_id, today)
        if has_runway(row, today) and row.starts_on <= today
    ]
    asked = await asked_goals(context.scope, rows, team, today)
    found = await outlooks(context.scope, [row for row in rows if row.id not in asked], owner, team, today)
    late = [one for one in found if one.runway.has_passed and one.runway.from_history and not one.is_reached]
    if not late:
        return []
    longest = max(late, key=lambda one: one.aim.period.end)
    return [views.opened_late(longest, team.fiscal_year_start)]
