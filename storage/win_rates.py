"""Win rates: the deals a team closed, with what they may be compared by."""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import col, select

from sales.pipeline.opportunity import CLOSED, Stage
from storage.scope import Scope
from storage.tables.opportunity import AccountRow, OpportunityRow, ProductRow


class ClosedDeal(NamedTuple):
    """A deal that was won or lost; amounts are minor units, `list_price` None where the list does not say."""

    owner_id: str
    product: str | None
    source: str | None
    sector: str | None
    is_won: bool
    closed_on: date
    value: int
    currency: str
    list_price: int | None


async def closed_between(
    scope: Scope, owner_ids: Collection[str], first: date, last: date
) -> list[ClosedDeal]:
    """Return the deals of these people that closed between two days, both included."""
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
        ProductRow.list_price_minor,
    ]
    account = (col(AccountRow.workspace_id) == scope.workspace_id) & (
        col(AccountRow.name) == col(deal.account)
    )
    product = (col(ProductRow.workspace_id) == scope.workspace_id) & (
        col(ProductRow.name) == col(deal.product)
    )
    asked: Any = (
        select(*columns)
        .select_from(deal)
        .outerjoin(AccountRow, account)
        .outerjoin(ProductRow, product)
        .where(
            deal.workspace_id == scope.workspace_id,
            col(deal.owner_id).in_(owner_ids),
            col(deal.stage).in_(CLOSED),
            col(deal.closed_on).between(first, last),
        )
    )
    return [
        ClosedDeal(owner, sold, source, sector or None, stage is Stage.WON, *rest)
        for owner, sold, source, sector, stage, *rest in await scope.session.exec(asked)
    ]
