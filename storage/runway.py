"""The runway: what a workspace's deals tell of its cycle on a day, and what was said about each goal before."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import case, col, func, or_, select

from sales.opportunity import Stage
from sales.runway import DealAhead, RunwayMemory
from storage.scope import Scope
from storage.tables import OpportunityRow, RunwayMemoryRow

OPENED = col(OpportunityRow.opened_on)
CLOSED = col(OpportunityRow.closed_on)
STAGE = col(OpportunityRow.stage)
VALUE = col(OpportunityRow.value_minor)


class Print(NamedTuple):
    """What tells one state of a workspace's deals from another."""

    newest: str
    deals: int
    closed: int
    won: int
    value_minor: int


async def spans(scope: Scope, today: date) -> list[tuple[date, date | None, bool | None]]:
    """Return (opened, closed, won) of every deal of the workspace as known on `today`, suspects left out.

    What closes later is still open, so its close and outcome are None. Three columns and no rows: 8,800 deals
    take a few hundredths of a second.
    """
    known = CLOSED <= today
    asked: Any = select(
        OPENED,
        case((known, CLOSED)),
        case((known & (STAGE == Stage.WON), True), (known & (STAGE == Stage.LOST), False)),
    ).where(OpportunityRow.workspace_id == scope.workspace_id, OPENED <= today, STAGE != Stage.SUSPECT)
    return [(opened, closed, won) for opened, closed, won in await scope.session.exec(asked)]


async def deals_print(scope: Scope) -> Print:
    """Return what changes whenever a deal of the workspace is added, changed or removed."""
    asked: Any = select(
        func.max(OpportunityRow.updated_at),
        func.count(),
        func.count(CLOSED),
        func.count(case((STAGE == Stage.WON, 1))),
        func.sum(VALUE),
    ).where(OpportunityRow.workspace_id == scope.workspace_id)
    newest, deals, closed, won, value = (await scope.session.exec(asked)).one()
    return Print(str(newest), deals, closed, won, int(value or 0))


async def open_deals_of(
    scope: Scope, owner_ids: Collection[str], today: date
) -> dict[str, list[DealAhead]]:
    """Return the deals of each of these people that were open as known on `today`; parked ones are not."""
    asked: Any = select(
        OpportunityRow.owner_id, OPENED, case((CLOSED > today, 0), else_=VALUE), OpportunityRow.currency
    ).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        col(OpportunityRow.owner_id).in_(owner_ids),
        OPENED <= today,
        or_(STAGE == Stage.OPEN, CLOSED > today),
    )
    found: dict[str, list[DealAhead]] = {owner_id: [] for owner_id in owner_ids}
    for owner_id, opened_on, value, currency in await scope.session.exec(asked):
        found[owner_id].append(DealAhead(owner_id, opened_on, int(value), currency))
    return found


async def mean_won_minor(scope: Scope, today: date) -> dict[str, float]:
    """Return the mean value of the deals won by `today`, in minor units, by currency."""
    asked = (
        select(OpportunityRow.currency, func.sum(VALUE), func.count())
        .where(OpportunityRow.workspace_id == scope.workspace_id, STAGE == Stage.WON, CLOSED <= today)
        .group_by(col(OpportunityRow.currency))
    )
    return {currency: int(total) / count for currency, total, count in await scope.session.exec(asked)}


async def memories(scope: Scope, goal_ids: Collection[int]) -> dict[int, RunwayMemory]:
    """Return what was said about the runway of each of these goals; a blank memory where nothing was."""
    asked = select(RunwayMemoryRow).where(
        RunwayMemoryRow.workspace_id == scope.workspace_id, col(RunwayMemoryRow.goal_id).in_(goal_ids)
    )
    kept = {row.goal_id: recalled(row.memory) for row in await scope.session.exec(asked)}
    return {goal_id: kept.get(goal_id, RunwayMemory()) for goal_id in goal_ids}


async def remember(scope: Scope, goal_id: int, memory: RunwayMemory) -> None:
    """Store what was said about a goal's runway, in the unit of work of the message that says it."""
    row = await scope.session.get(RunwayMemoryRow, goal_id)
    if row is None:
        row = RunwayMemoryRow(goal_id=goal_id, workspace_id=scope.workspace_id, memory=written(memory))
    else:
        row.memory = written(memory)
    scope.session.add(row)
    await scope.session.flush()


def written(memory: RunwayMemory) -> dict[str, Any]:
    """Return a memory as JSON holds it."""
    last = memory.last_alert_on
    return {**memory._asdict(), "last_alert_on": last.isoformat() if last else None}


def recalled(kept: dict[str, Any]) -> RunwayMemory:
    """Return the memory that JSON holds."""
    last = kept["last_alert_on"]
    return RunwayMemory(**{**kept, "last_alert_on": date.fromisoformat(last) if last else None})
