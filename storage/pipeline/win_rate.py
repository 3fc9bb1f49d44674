"""Win rates: the deals a team closed, with what they may be compared by."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlmodel import col, func, or_, select

from sales.pipeline.opportunity import CLOSED, Stage
from sales.pipeline.win_rate import ClosedDeal
from storage.pipeline.account import AccountRow, ProductRow
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope


def decided_between(scope: Scope, owner_ids: Collection[str], first: date, last: date) -> tuple[Any, ...]:
    """Return the conditions of the deals of these people that were decided between two days, both included.

    A suspect that is lost was never opened, so it is no loss: one that somebody typed and that has no opening date.
    """
    deal = OpportunityRow
    return (
        deal.workspace_id == scope.workspace_id,
        col(deal.owner_id).in_(owner_ids),
        col(deal.stage).in_(CLOSED),
        col(deal.closed_on).between(first, last),
        or_(deal.stage == Stage.WON, col(deal.opened_on).is_not(None), col(deal.external_id).is_not(None)),
    )


async def closed_between(
    scope: Scope, owner_ids: Collection[str], first: date, last: date
) -> list[ClosedDeal]:
    """Return the deals of these people that were decided between two days, both included."""
    deal = OpportunityRow
    columns: list[Any] = [
        deal.owner_id,
        deal.product,
        deal.source,
        AccountRow.sector,
        deal.stage,
        deal.closed_on,
        deal.value_minor,
        deal.currency,
        func.coalesce(deal.list_price_minor, ProductRow.list_price_minor),
        deal.is_tender,
    ]
    account = (col(AccountRow.workspace_id) == scope.workspace_id) & (
        col(AccountRow.name) == col(deal.account)
    )
    product = (col(ProductRow.workspace_id) == scope.workspace_id) & (
        col(ProductRow.name) == col(deal.product)
    )
    statement: Any = (
        select(*columns)
        .select_from(deal)
        .outerjoin(AccountRow, account)
        .outerjoin(ProductRow, product)
        .where(*decided_between(scope, owner_ids, first, last))
    )
    return [
        ClosedDeal(owner, sold, source, sector or None, stage is Stage.WON, *rest)
        for owner, sold, source, sector, stage, *rest in await scope.session.exec(statement)
    ]
