"""Waking: a rep's parked deals that have something to wait for, and letting them stand where they stood."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from sales.language.names.match import fold
from sales.pipeline.opportunity import Stage, Waking, goes_by
from sales.pipeline.waking import WokeBy, awake, parked_since, woken_by
from storage.pipeline.deal_history import history_of
from storage.pipeline.opportunity import OpportunityRow, Typed, change_opportunity
from storage.row_image import Touched
from storage.scope import Scope

AT_ONCE = 500  # of a rep in one morning; the others wake the next


async def parked_deals(scope: Scope, owner_id: str) -> list[OpportunityRow]:
    """Return a rep's parked deals, the oldest first; at most 500."""
    statement = (
        select(OpportunityRow)
        .where(
            OpportunityRow.workspace_id == scope.workspace_id,
            OpportunityRow.owner_id == owner_id,
            OpportunityRow.stage == Stage.PARKED,
        )
        .order_by(col(OpportunityRow.id))
        .limit(AT_ONCE)
    )
    return list(await scope.session.exec(statement))


async def woken_today(
    scope: Scope, owner_id: str, today: date, fiscal_year_start: int
) -> list[tuple[OpportunityRow, WokeBy]]:
    """Return which of a rep's parked deals wake today, each with what woke it."""
    rows = await parked_deals(scope, owner_id)
    waiting = [row.id for row in rows if row.wakes is Waking.PERIOD]
    history = await history_of(scope, waiting) if waiting else {}
    found = []
    for row in rows:
        since = parked_since(history.get(row.id, ()))
        by = woken_by(row, since, today, fiscal_year_start)
        if by is not None:
            found.append((row, by))
    return found


async def waiting_for(scope: Scope, owner_id: str, customers: Sequence[str]) -> list[OpportunityRow]:
    """Return a rep's parked deals that something with one of these customers wakes."""
    wanted = {fold(name) for name in customers}
    rows = await parked_deals(scope, owner_id)
    return [
        row for row in rows if row.wakes is Waking.ACTIVITY and not wanted.isdisjoint(map(fold, goes_by(row)))
    ]


async def wake(scope: Scope, row: OpportunityRow, typed: Typed) -> list[Touched]:
    """Let a parked deal stand where it stood; return what undoing it needs."""
    return await change_opportunity(scope, row, awake(row, typed.on), typed)
