"""What others changed on somebody's deals, for whoever they are of: a manager's doing is nobody's secret."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlmodel import col, or_, select

from sales.pipeline.deal_history import DealChange, DealField
from storage.engines.statement import Statement, given
from storage.pipeline.deal_history import DealChangeRow
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

MOST = 50  # lines looked at; who was away for long reads the histories
NAMES = ("opportunity_id", "what", "was", "now", "on", "by")
CHANGE = DealChangeRow.__table__.c  # type: ignore[attr-defined]  # plain columns: no row passes the ORM
COLUMNS: list[Any] = [OpportunityRow.name, OpportunityRow.currency, *(CHANGE[name] for name in NAMES)]
BY_OTHERS = Statement(
    select(*COLUMNS)
    .join(DealChangeRow, col(DealChangeRow.opportunity_id) == col(OpportunityRow.id))
    .where(
        given(OpportunityRow.workspace_id),
        given(OpportunityRow.owner_id),
        or_(col(OpportunityRow.closed_on).is_(None), col(OpportunityRow.closed_on) >= bindparam("first")),
        col(DealChangeRow.on) >= bindparam("first"),
        col(DealChangeRow.by) != "",
        col(DealChangeRow.by) != bindparam("owner_id"),
        col(DealChangeRow.what) != DealField.OWNER,
    )
    .order_by(col(DealChangeRow.id).desc())
    .limit(MOST)
)


class OthersChange(NamedTuple):
    """One change that somebody else typed, and the deal it is of."""

    name: str
    currency: str
    change: DealChange


async def changes_by_others(scope: Scope, owner_id: str, first: date) -> list[OthersChange]:
    """Return what others typed on somebody's deals since a day of theirs, the newest first.

    Of deals that are open, or closed since; that one was given to them they are told elsewhere.
    """
    return [
        OthersChange(name, currency, DealChange.model_validate(dict(zip(NAMES, columns, strict=True))))
        for name, currency, *columns in await scope.ask(BY_OTHERS, owner_id=owner_id, first=first)
    ]
