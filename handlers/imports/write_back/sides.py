"""Both sides of a deal that a CRM has: what may go back of it, and says something else here than there."""

from sales.imports.sync.stage import stage_there
from sales.imports.sync.write_back import (
    FieldOf,
    Writable,
    WriteState,
    day_text,
    decided,
    differing_fields,
    wanted,
)
from sales.pipeline.opportunity import CLOSED, StoredOpportunity
from storage.imports.sync.connection import CrmConnectionRow
from storage.imports.sync.of_deal import DealInCrm, deal_in_crm
from storage.imports.sync.record import CrmRecordRow
from storage.imports.sync.stage import stages_of
from storage.imports.sync.write import last_write_of
from storage.pipeline.deal_facts import step_of
from storage.scope import Scope

READ_AS = {
    Writable.NEXT_STEP: "deal.next_step",
    Writable.CLOSE: "deal.close_on",
    Writable.STAGE: "deal.stage_id",
}  # as what of a deal it is named where it may not be read: what cannot be seen is not written


async def sendable(scope: Scope, deal: StoredOpportunity) -> DealInCrm | None:
    """Return what a CRM has of an open deal, where something of it may be written back."""
    found = await deal_in_crm(scope, deal.id) if deal.stage not in CLOSED else None
    return found if found is not None and found.connection.writes else None


async def sides(
    scope: Scope,
    deal: StoredOpportunity,
    row: CrmConnectionRow,
    record: CrmRecordRow,
    *,
    taken_back: bool = False,
) -> list[FieldOf]:
    """Return what of a deal may be written back and says something else here than its CRM said last.

    What somebody decided to leave as it is there is left out. With a next step `taken_back` there is none here, and
    what stood there before it was sent stands for it.
    """
    allowed = frozenset(one for one in wanted(row.writes) if READ_AS[one] not in row.unread)
    last = await last_write_of(scope, deal.id)
    step = await step_of(scope, deal.id) if Writable.NEXT_STEP in allowed else None
    ours = {
        Writable.NEXT_STEP: step.what if step is not None else "",
        Writable.CLOSE: day_text(deal.expected_on),
        Writable.STAGE: deal.stage_label,
    }
    said = record.said
    theirs = {
        Writable.NEXT_STEP: str(said.get("next_step") or ""),
        Writable.CLOSE: str(said.get("expected_on") or ""),
        Writable.STAGE: str(said.get("stage_label") or ""),
    }
    found = differing_fields(allowed, ours, theirs)
    if last is not None and taken_back and step is None and last.state is WriteState.DONE:
        sent = last.ours.get(Writable.NEXT_STEP)
        if Writable.NEXT_STEP in allowed and sent and sent == theirs[Writable.NEXT_STEP]:
            before = last.shown.get(Writable.NEXT_STEP, "")
            found.insert(0, FieldOf(Writable.NEXT_STEP, before, sent))
    return [one for one in found if last is None or not decided(last, one)]


def with_labels(fields: list[FieldOf], record: CrmRecordRow) -> list[FieldOf]:
    """Return fields with a stage as the CRM calls it, where it has another name here."""
    label = str(record.said.get("stage_there") or "")
    return [one._replace(theirs=label or one.theirs) if one.what is Writable.STAGE else one for one in fields]


async def stage_meant(scope: Scope, row: CrmConnectionRow, record: CrmRecordRow, ours: str) -> str:
    """Return what the CRM calls a stage of ours; "" for no stage, and where not exactly one there stands for it."""
    if not ours:
        return ""
    rows = [one for one in await stages_of(scope, row.id) if not one.gone]
    at = record.said.get("stage_there")
    pipeline = next((one.pipeline for one in rows if one.label == at), "")
    matched = {one.stage_id: one.matched for one in rows if one.matched}
    found = stage_there(ours, [one.there for one in rows], matched, pipeline)
    return found.label if found is not None else ""
