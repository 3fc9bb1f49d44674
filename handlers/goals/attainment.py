"""Attainment: which goals something just done moved, said on its confirmation."""

from handlers.context import Context, Happened
from handlers.feature import Feature
from messages.goals.attainment import lines
from sales.followups.activity import ActivityKind
from sales.goals.goal import Metric
from storage.goals.attainment import goals_moved
from storage.people.member import find_member
from storage.people.team import find_team


async def moved(context: Context, done: Happened) -> list[str]:
    """Return a line for each goal of its owner that what was done counts towards."""
    metrics = {Metric.ACTIVITIES} if done.activities else set()
    metrics |= {Metric.REVENUE, Metric.DEALS_WON} if done.won else set()
    metrics |= {Metric.OPPORTUNITIES_CREATED} if done.opened else set()
    if not metrics:
        return []
    owner = await find_member(context.scope, done.owner_id)
    team = await find_team(context.scope, owner.team_id if owner else None)
    kinds = [ActivityKind(kind) for kind in done.activities]
    found = await goals_moved(context.scope, done.owner_id, team, context.today, done.on, metrics, kinds)
    return list(lines(found))


FEATURE = Feature(name="attainment", confirms=moved)
