"""Motions: what a rep opened, won and worked on in a span of days."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, case, or_
from sqlmodel import col, func, select

from sales.followups.activity import ActivityKind
from sales.pipeline.motion import (
    WINDOW,
    BusyButEmpty,
    DealTouches,
    Motions,
    TouchesAgainstChances,
    is_busy_but_empty,
    motions,
    touches_against_chances,
    weeks_judged,
)
from sales.pipeline.opportunity import Stage
from storage.engines.statement import Statement, given
from storage.followups.activity import ActivityRow, counts_between, next_steps_between
from storage.pipeline.cycle import record_on
from storage.pipeline.opportunity import OpportunityRow, open_deals
from storage.scope import Scope

A_DAY = timedelta(days=1)
DEAL = OpportunityRow
OPENED: Any = col(DEAL.opened_on).between(bindparam("first"), bindparam("last"))
WON: Any = col(DEAL.closed_on).between(bindparam("first"), bindparam("last"))
BOTH = Statement(
    select(
        func.sum(case((OPENED & (col(DEAL.stage) != Stage.SUSPECT), 1), else_=0)),
        func.sum(case((WON & (col(DEAL.stage) == Stage.WON), 1), else_=0)),
    ).where(given(DEAL.workspace_id), given(DEAL.owner_id), or_(OPENED, WON))
)
TOUCHES = Statement(
    select(col(ActivityRow.opportunity_id), col(ActivityRow.account), func.sum(col(ActivityRow.count)))
    .where(
        given(ActivityRow.workspace_id),
        given(ActivityRow.owner_id),
        col(ActivityRow.on).between(bindparam("first"), bindparam("last")),
        col(ActivityRow.kind) != ActivityKind.SERVICE,
    )
    .group_by(col(ActivityRow.opportunity_id), col(ActivityRow.account))
)


async def opened_and_won(scope: Scope, owner_id: str, first: date, last: date) -> tuple[int, int]:
    """Return how many deals a rep opened and won between two days, both included; suspects are not opened yet."""
    ((opened, won),) = await scope.ask(BOTH, owner_id=owner_id, first=first, last=last)
    return int(opened or 0), int(won or 0)


async def motions_of(scope: Scope, owner_id: str, today: date) -> Motions | None:
    """Return what a rep opened and won in 14 days; None where they did neither."""
    opened, won = await opened_and_won(scope, owner_id, today - WINDOW + A_DAY, today)
    if not opened and not won:
        return None
    return motions(opened, won, (await record_on(scope, today)).cycle)


async def busy_but_empty(scope: Scope, owner_id: str, today: date) -> BusyButEmpty | None:
    """Return two weeks of much work without a deal opened; None where they were not like that."""
    span = weeks_judged(today, 2)
    counts = await counts_between(scope, owner_id, span.first, span.last)
    counts.pop(ActivityKind.SERVICE, None)  # looking after customers opens no deal, and is not meant to
    touches = sum(counts.values())
    if not is_busy_but_empty(touches, 0):
        return None
    opened, _ = await opened_and_won(scope, owner_id, span.first, today)
    if not is_busy_but_empty(touches, opened):
        return None
    where = await touches_between(scope, owner_id, span.first, span.last)
    steps = await next_steps_between(scope, [owner_id], span.first, span.last)
    agreed, held = steps.get(owner_id, (0, 0))
    named = sum(one.times for one in where if one.account or one.deal_id is not None)
    return BusyButEmpty(touches, named, agreed, held, are_calls=set(counts) == {ActivityKind.CALL})


async def week_of_touches(scope: Scope, owner_id: str, today: date) -> TouchesAgainstChances | None:
    """Return where a rep's touches of the week that is looked back on went; None where that is no news."""
    span = weeks_judged(today, 1)
    touches = [
        one
        for one in await touches_between(scope, owner_id, span.first, span.last)
        if one.account or one.deal_id is not None
    ]
    if not touches:
        return None
    deals = await open_deals(scope, owner_id, today)
    return touches_against_chances(touches, deals, (await record_on(scope, today)).cycle, today)


async def touches_between(scope: Scope, owner_id: str, first: date, last: date) -> list[DealTouches]:
    """Return how often a rep sold between two days, both included, by deal and customer; service is none of it."""
    found = await scope.ask(TOUCHES, owner_id=owner_id, first=first, last=last)
    return [DealTouches(deal_id, account, int(count)) for deal_id, account, count in found]
