"""How long leads are kept that came to nothing: untouched ones go, and rejected ones lose the person they were of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import col, delete, func, select, update

from sales.language.names.descent import comparable
from sales.prospects.lead import LeadState
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
