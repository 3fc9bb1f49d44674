"""News: a change to a deal is remembered for undo and told with the goals it moved, in one go."""

from collections.abc import Collection
from datetime import date
from typing import Any

from handlers.context import Ask
from messages.blocks import Message
from messages.pipeline import opportunity as told
from messages.pipeline.opportunity import News
from sales.goals.goal import Metric
from storage import undo as undoing
from storage.goals import attainment as progress
from storage.people import member as members
from storage.people import team as teams
from storage.pipeline.opportunity import OpportunityRow
from storage.undo import Touched

WON = frozenset({Metric.REVENUE, Metric.DEALS_WON})
OPENED = frozenset({Metric.OPPORTUNITIES_CREATED})


async def tell(
    ask: Ask,
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
    action = await undoing.remember(ask.scope, ask.member.user_id, ask.now, summary, touched)
    assert action.id is not None
    moved = []
    if metrics and row.owner_id is not None:
        owner = await members.member(ask.scope, row.owner_id)
        team = await teams.team(ask.scope, owner.team_id if owner else None)
        moved = await progress.moved(ask.scope, row.owner_id, team, ask.today, on or ask.today, metrics)
    return told.told(News(what, row, action.id, moved, more), ask.today)
