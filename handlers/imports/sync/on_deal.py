"""A deal's card: as of when its CRM says so, the way to its record, and what both sides changed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.pipeline.opportunity.shown import facts_in
from handlers.section import Look, Shown
from messages.imports import sync as views
from sales.imports.sync.link import link_to
from sales.pipeline.opportunity import StoredOpportunity
from storage.imports.sync.connection import connections
from storage.imports.sync.merged import MERGED
from storage.imports.sync.of_deal import deal_in_crm
from storage.imports.sync.record import CrmRecordRow

COLUMNS: Mapping[str, str] = {
    "name": "name",
    "account": "account",
    "owner": "owner_name",
    "stage": "stage_label",
    "value": "value_minor",
    "close": "expected_on",
}  # what of each group is shown


async def on_card(look: Look) -> Shown | None:
    """One line of a deal that a CRM has; nothing of any other."""
    deal = facts_in(look).deal
    found = await deal_in_crm(look.scope, deal.id)
    if found is None or found.connection.read_at is None:
        return None
    row, record = found
    assert row.read_at is not None
    link = link_to(row.page, record.external_id)
    known = facts_in(look).next_step
    said = str(record.said.get("next_step") or "")
    step = said if known is None or known.what != said else ""
    sides = [side(group, deal, record) for group in record.contested]
    at = views.as_of(row.read_at, look.member.zone, look.today)
    parts = [str(one) for one in record.said.get(MERGED, ())]
    return Shown(views.on_deal(row.name, at, link, sides, step, parts))


def side(group: str, deal: StoredOpportunity, record: CrmRecordRow) -> views.DealSide:
    """Return what both sides said of a group: theirs is what the deal says now."""
    column = COLUMNS[group]
    ours: Any = record.contested[group].get(column)
    if column == "expected_on" and ours:
        ours = date.fromisoformat(ours)
    return views.DealSide(group, ours, getattr(deal, column), deal.currency)


async def fresh(look: Look) -> Shown | None:
    """As of when the CRM's deals are, where numbers stand on them."""
    if look.team is None:
        return None
    found = [
        (one.name, views.as_of(one.read_at, look.member.zone, look.today))
        for one in await connections(look.scope)
        if one.read_at is not None
    ]
    return Shown(views.fresh(found)) if found else None
