"""Open deals by a name: asked once for whatever is promised or logged for a customer."""

from typing import Any

from sqlmodel import String, and_, bindparam, col, func, or_, select

from sales.language.names.customer import customer_in
from sales.language.names.descent import comparable
from sales.pipeline.named_deal import DealGoingBy
from storage.engines.statement import Statement, given
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

MOST = 20  # deals of one customer; nobody chooses among more
LAST = "\U0010ffff"  # behind every name that begins with a text

FIRST, LAST_ONE = (
    bindparam("first", type_=String()),
    bindparam("last", type_=String()),
)  # the columns say the order
DEAL: Any = OpportunityRow.__table__.c  # type: ignore[attr-defined]  # plain columns: no row passes the ORM
# Coalesced, so that SQLite walks the rep's few open deals, not all of the workspace that begin so.
FOLDED = (func.coalesce(DEAL.name_folded, ""), func.coalesce(DEAL.account_folded, ""))
GOING_BY = Statement(
    select(*(DEAL[name] for name in DealGoingBy._fields))
    .where(
        given(OpportunityRow.workspace_id),
        given(OpportunityRow.owner_id),
        col(OpportunityRow.closed_on).is_(None),
        or_(*(and_(name >= FIRST, name <= LAST_ONE) for name in FOLDED)),
    )
    .order_by(
        col(OpportunityRow.expected_on).is_(None), col(OpportunityRow.expected_on), col(OpportunityRow.id)
    )
    .limit(MOST)
)


async def deals_going_by(scope: Scope, owner_id: str, who: str) -> list[DealGoingBy]:
    """Return a person's live deals whose name or account begins with a name, the first to close first."""
    first = comparable(customer_in(who))
    if not first:
        return []
    found = await scope.ask(GOING_BY, owner_id=owner_id, first=first, last=first + LAST)
    return [DealGoingBy(*one) for one in found]
