"""What others changed on somebody's deals, for whoever they are of: a manager's doing is nobody's secret."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func
from sqlmodel import col, or_, select

from sales.pipeline.deal_history import DealChange, DealField
from storage.engines.statement import Statement, among, given
from storage.pipeline.deal_history import DealChangeRow
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

MOST = 50  # lines looked at; who was away for long reads the histories
NAMES = ("opportunity_id", "what", "was", "now", "on", "by")
CHANGE = DealChangeRow.__table__.c  # type: ignore[attr-defined]  # plain columns: no row passes the ORM
COLUMNS: list[Any] = [OpportunityRow.name, OpportunityRow.currency, *(CHANGE[name] for name in NAMES)]
THEIRS: list[Any] = [  # typed by somebody, not the owner, on a deal that is open or closed since
    given(OpportunityRow.workspace_id),
    or_(col(OpportunityRow.closed_on).is_(None), col(OpportunityRow.closed_on) >= bindparam("first")),
    col(DealChangeRow.on) >= bindparam("first"),
    col(DealChangeRow.by) != "",
    col(DealChangeRow.by) != col(OpportunityRow.owner_id),
    col(DealChangeRow.what) != DealField.OWNER,
]
OF_DEAL = col(DealChangeRow.opportunity_id) == col(OpportunityRow.id)
BY_OTHERS = Statement(
    select(*COLUMNS)
    .join(DealChangeRow, OF_DEAL)
    .where(given(OpportunityRow.owner_id), *THEIRS)
    .order_by(col(DealChangeRow.id).desc())
    .limit(MOST)
)


def newest_of_each(engine: str) -> Any:
    """Select the newest changes by others on the deals of each of several people."""
    owner = col(OpportunityRow.owner_id)
    newest = func.row_number().over(partition_by=owner, order_by=col(DealChangeRow.id).desc())
    columns: list[Any] = [owner, *COLUMNS, newest.label("place")]
    found = (
        select(*columns)
        .join(DealChangeRow, OF_DEAL)
        .where(among(engine, owner, "owner_ids"), *THEIRS)
        .subquery()
    )
    place = found.c.place
    wanted = [one for one in found.c if one is not place]
    return select(*wanted).where(place <= MOST).order_by(place)


BY_OTHERS_AMONG = Statement(newest_of_each)


class OthersChange(NamedTuple):
    """One change that somebody else typed, and the deal it is of."""

    name: str
    currency: str
    change: DealChange


class OthersChangesAhead(NamedTuple):
    """What others changed on a rep's deals since a day, read ahead with what they changed on those of others."""

    found: Sequence[OthersChange]


async def changes_by_others(scope: Scope, owner_id: str, first: date) -> list[OthersChange]:
    """Return what others typed on somebody's deals since a day of theirs, the newest first.

    Of deals that are open, or closed since; that one was given to them they are told elsewhere.
    """
    ahead = scope.known(OthersChangesAhead, (owner_id, first))
    if ahead is not None:
        return list(ahead.found)
    return [others_change(columns) for columns in await scope.ask(BY_OTHERS, owner_id=owner_id, first=first)]


async def changes_by_others_ahead(scope: Scope, owner_ids: Sequence[str], first: date) -> None:
    """Read ahead what others typed on the deals of these since a day; for a read, as nothing says that more was."""
    theirs: dict[str, list[OthersChange]] = defaultdict(list)
    for owner_id, *columns in await scope.ask(BY_OTHERS_AMONG, owner_ids=list(owner_ids), first=first):
        theirs[owner_id].append(others_change(columns))
    for owner_id in owner_ids:
        scope.keep(OthersChangesAhead, (owner_id, first), OthersChangesAhead(theirs[owner_id]))


def others_change(columns: Sequence[Any]) -> OthersChange:
    name, currency, *change = columns
    return OthersChange(name, currency, DealChange.model_validate(dict(zip(NAMES, change, strict=True))))
