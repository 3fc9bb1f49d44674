"""Deals that their CRM made one: here they are one too, with whatever belonged to any of them.

What the one that stays says is what the CRM says of it. Nobody here takes that back: it is the CRM's, which cannot
either.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import update
from sqlmodel import col

from sales.imports.sync.record import CrmDeal, CrmObject
from sales.pipeline.deal_history import DealField
from storage.imports.sync.connection import CrmConnectionRow
from storage.imports.sync.record import CrmRecordRow, canonical, new_record, records_by_id
from storage.imports.sync.write import CrmWriteRow
from storage.pipeline.deal_history import BetweenImports, write_imported_history
from storage.pipeline.merge import carry_over, hanging
from storage.pipeline.opportunity import OpportunityRow, find_opportunity
from storage.pipeline.win_post import PostedWinRow
from storage.scope import Scope

ALSO = ((CrmWriteRow, "opportunity_id"), (PostedWinRow, "opportunity_id"))  # beside what people can take back
MERGED = "merged"  # what of a record's `said` names the deals that are part of it by now


async def note_merged(
    scope: Scope, connection: CrmConnectionRow, deals: Sequence[CrmDeal], today: date
) -> None:
    """Let deals that were merged go by the one they are part of: the first of them that is here becomes it."""
    merged = {old: deal.id for deal in deals for old in deal.merged if old != deal.id}
    if not merged:
        return
    known = await records_by_id(scope, connection.id, CrmObject.DEAL, {*merged, *merged.values()})
    for old, new in merged.items():
        was = known.get(old) or new_record(scope, connection.id, CrmObject.DEAL, old)
        if was.merged_into == new:
            continue
        now = known.get(canonical(known, new))
        was.merged_into = new
        scope.session.add(was)
        if was.row_id is None:
            continue
        if now is None:
            now = known[new] = new_record(scope, connection.id, CrmObject.DEAL, new)
        if now.row_id is None:
            now.row_id, now.said, now.contested = was.row_id, was.said, was.contested
            await rename(scope, was.row_id, now.external_id)
        elif now.row_id != was.row_id:
            await make_one(scope, connection, now, was, today)
        was.row_id = None
        scope.session.add(now)
    await scope.session.flush()


async def make_one(
    scope: Scope, connection: CrmConnectionRow, now: CrmRecordRow, was: CrmRecordRow, today: date
) -> None:
    """Make a deal of ours part of another, as their CRM did."""
    assert now.row_id is not None
    assert was.row_id is not None
    assert connection.import_id is not None
    kept, gone = await find_opportunity(scope, now.row_id), await find_opportunity(scope, was.row_id)
    if kept is None or gone is None:
        now.row_id = now.row_id if kept is not None else was.row_id
        return
    await carry_over(scope, kept.id, gone.id, (*hanging(scope), *ALSO))
    names = {DealField.NAME.value: gone.name}, {DealField.NAME.value: kept.name}
    seen = BetweenImports(connection.import_id, None, today)
    await write_imported_history(scope, [({**names[0], "id": kept.id}, names[1])], seen)
    parts = [*now.said.get(MERGED, []), *was.said.get(MERGED, []), gone.name]
    now.said = {**now.said, MERGED: list(dict.fromkeys(parts))}
    await scope.session.delete(gone)
    await scope.session.flush()


async def rename(scope: Scope, row_id: int, external_id: str) -> None:
    """Let a deal of ours go by another id of its CRM."""
    statement = (
        update(OpportunityRow)
        .where(col(OpportunityRow.id) == row_id, col(OpportunityRow.workspace_id) == scope.workspace_id)
        .values(external_id=external_id)
    )
    await (await scope.session.connection()).execute(statement)
