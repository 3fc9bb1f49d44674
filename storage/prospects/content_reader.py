"""Readers of content: by which numbers and addresses they are known, who of them is nobody's, and forgetting them."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlmodel import col, delete, or_, select

from sales.language.names.match import name_key
from sales.prospects.content_event import ContentAction, reader_key
from storage.pieces import pieces
from storage.prospects.content_event import ContentEventRow
from storage.prospects.lead import LeadRow
from storage.scope import Scope


async def addresses_of(scope: Scope, name: str) -> tuple[str, ...]:
    """Return by which e-mail addresses readers of a name are known, letter case and accents aside."""
    row = ContentEventRow
    columns: list[Any] = [row.name, row.email]
    statement = (
        select(*columns)
        .where(row.workspace_id == scope.workspace_id, row.email != "", row.name != "")
        .distinct()
    )
    found = await scope.session.exec(statement)
    return tuple(sorted({address for named, address in found if name_key(named) == name_key(name)}))


async def forget_reader(scope: Scope, name: str, addresses: Collection[str]) -> int:
    """Remove everything that a person used, by their name and the addresses they are known by; return how many."""
    row, wanted = ContentEventRow, name_key(name)
    columns: list[Any] = [row.id, row.name, row.email]
    statement = select(*columns).where(
        row.workspace_id == scope.workspace_id, or_(row.name != "", col(row.email).in_(addresses))
    )
    gone = [
        event_id
        for event_id, named, address in await scope.session.exec(statement)
        if name_key(named) == wanted or address in addresses
    ]
    for some in pieces(gone):
        await scope.session.exec(
            delete(row).where(col(row.id).in_(some)).execution_options(synchronize_session=False)
        )
    return len(gone)


async def phones_of(scope: Scope, lead_ids: Collection[int]) -> dict[int, str]:
    """Return the telephone numbers of some leads, by lead; of whom none is known is missing."""
    if not lead_ids:
        return {}
    statement = select(LeadRow.id, LeadRow.phone).where(
        LeadRow.workspace_id == scope.workspace_id, col(LeadRow.id).in_(lead_ids), LeadRow.phone != ""
    )
    return {int(lead_id): phone for lead_id, phone in await scope.session.exec(statement)}


async def askers_of_nobody(scope: Scope, since: datetime, most: int) -> list[ContentEventRow]:
    """Return who asked for a word since an instant and is nobody's lead or customer, the latest first, once each."""
    row = ContentEventRow
    their_leads = select(LeadRow.id).where(
        LeadRow.workspace_id == scope.workspace_id, col(LeadRow.email) == col(row.email)
    )
    statement = (
        select(row)
        .where(
            row.workspace_id == scope.workspace_id,
            col(row.received_at) >= since,
            row.action == ContentAction.ASKED,
            col(row.owner_id).is_(None),
            col(row.lead_id).is_(None),
            col(row.deal_id).is_(None),
            or_(row.email == "", ~their_leads.exists()),
        )
        .order_by(col(row.received_at).desc(), col(row.id).desc())
        .limit(most)
    )
    found: dict[object, ContentEventRow] = {}
    for one in await scope.session.exec(statement):
        found.setdefault(reader_key(one), one)
    return list(found.values())
