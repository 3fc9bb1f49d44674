"""How long leads are kept that came to nothing: untouched ones go, and rejected ones lose the person they were of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, delete, func, select, update

from sales.language.names.descent import comparable
from sales.language.names.match import name_key
from sales.prospects.lead import LeadState
from storage.pieces import pieces
from storage.prospects.lead import UNTOUCHED, LeadRow
from storage.scope import Scope

FORGOTTEN = "Somebody"
WITHOUT_THE_PERSON: Mapping[str, Any] = {
    "name": FORGOTTEN,
    "name_folded": comparable(FORGOTTEN),
    "account": None,
    "account_folded": None,
    "title": "",
    "email": "",
    "phone": "",
    "note": "",
    "reject_reason": "",
    "external_id": None,
    "import_sha": None,
}


async def forget_leads(scope: Scope, before: datetime, most: int) -> int:
    """Remove some leads that came before an instant and that nobody touched since; of rejected ones, who they were.

    What became of rejected ones still counts: source, dates and the reason stay, without the person.
    """
    since = func.coalesce(LeadRow.assigned_at, LeadRow.came_at)
    old = (
        select(LeadRow.id)
        .where(
            LeadRow.workspace_id == scope.workspace_id, *UNTOUCHED, LeadRow.came_at < before, since < before
        )
        .order_by(col(LeadRow.came_at))
        .limit(most)
    )
    gone = int((await scope.session.exec(delete(LeadRow).where(col(LeadRow.id).in_(old)))).rowcount)
    nameless = (
        select(LeadRow.id)
        .where(
            LeadRow.workspace_id == scope.workspace_id,
            LeadRow.state == LeadState.REJECTED,
            col(LeadRow.decided_at) < before,
            LeadRow.name != FORGOTTEN,
        )
        .order_by(col(LeadRow.decided_at))
        .limit(most - gone)
    )
    emptied = update(LeadRow).where(col(LeadRow.id).in_(nameless)).values(**WITHOUT_THE_PERSON)
    return gone + (int((await scope.session.exec(emptied)).rowcount) if gone < most else 0)


async def leads_of_person(scope: Scope, name: str) -> list[LeadRow]:
    """Return the leads of somebody's name, letter case and accents aside, whatever became of them."""
    names = select(col(LeadRow.id), col(LeadRow.name)).where(LeadRow.workspace_id == scope.workspace_id)
    wanted = name_key(name)
    ids = [lead_id for lead_id, called in await scope.session.exec(names) if name_key(called) == wanted]
    found: list[LeadRow] = []
    for some in pieces(ids):
        found += await scope.session.exec(select(LeadRow).where(col(LeadRow.id).in_(some)))
    return found


async def forget_person(scope: Scope, row: LeadRow, label: str) -> None:
    """Let a lead say nothing of who it was; what became of it still counts."""
    row.sqlmodel_update({**WITHOUT_THE_PERSON, "name": label, "name_folded": comparable(label)})
    scope.session.add(row)
    await scope.session.flush()
