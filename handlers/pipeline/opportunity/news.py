"""News: a change to a deal is remembered for undo and told with the goals it moved, in one go."""

from collections.abc import Collection
from datetime import date
from typing import Any

from handlers.context import Context
from messages.blocks import Message
from messages.pipeline import opportunity as views
from messages.pipeline.opportunity import News
from sales.goals.goal import Metric
from storage.goals.attainment import goals_moved
from storage.people.member import find_member
from storage.people.team import find_team
from storage.pipeline.opportunity import OpportunityRow
from storage.undo import Touched, remember_undo

WON = frozenset({Metric.REVENUE, Metric.DEALS_WON})
OPENED = frozenset({Metric.OPPORTUNITIES_CREATED})


async def tell(
    context: Context,
    what: str,
    summary: str,
    touched: list[Touched],
    metrics: Collection[Metric] = (),
    on: date | None = None,
    **more: Any,
) -> Message:
    """Remember a change and say it; the first row touched is the deal, `metrics` what it moved, on `on`."""
    row = touched[0].row
    assert isinstance(row, OpportunityRow)
    action = await remember_undo(context.scope, context.member.user_id, context.now, summary, touched)
    moved = []
    if metrics and row.owner_id is not None:
        owner = await find_member(context.scope, row.owner_id)
        team = await find_team(context.scope, owner.team_id if owner else None)
        moved = await goals_moved(
            context.scope, row.owner_id, team, context.today, on or context.today, metrics
        )
    return views.told(News(what, row, action.id, moved, more), context.today)
