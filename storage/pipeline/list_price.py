"""List prices: what a deal's product costs before anybody talks about it."""

from sqlmodel import bindparam, col, select

from sales.language.names.match import name_key
from sales.pipeline.opportunity import Opportunity
from storage.engines.statement import Statement, given
from storage.pipeline.account import ProductRow
from storage.scope import Scope

LISTED = Statement(
    select(col(ProductRow.list_price_minor)).where(
        given(ProductRow.workspace_id), col(ProductRow.name_key) == bindparam("name_key")
    )
)


async def list_price_of(scope: Scope, deal: Opportunity, currency: str) -> int | None:
    """Return a deal's list price in minor units: its own, else its product's; None where neither is known.

    Products are listed in the `currency` of the team, which says nothing of a deal in another.
    """
    if deal.list_price_minor is not None or not deal.product or deal.currency != currency:
        return deal.list_price_minor
    found = await scope.ask(LISTED, name_key=name_key(deal.product))
    return found[0][0] if found else None
