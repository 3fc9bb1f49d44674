"""The form with both sides, and the yes to it."""

from handlers.context import Context
from handlers.imports.write_back.sides import sendable, sides, stage_meant, with_labels
from handlers.pipeline.opportunity.lookup import own
from handlers.pipeline.opportunity.shown import deal_card
from handlers.place import Place
from handlers.reply import Reply, placed
from messages.imports import write_back as views
from sales.imports.sync.write_back import CrmWrite, FieldOf, Writable, approval_of
from sales.refusal import Refusal
from storage.imports.sync.connection import CrmConnectionRow, ask_for_pull
from storage.imports.sync.record import CrmRecordRow
from storage.imports.sync.write import approve
from storage.pipeline.opportunity import OpportunityRow


async def open_form(context: Context) -> Reply:
    """Show both sides of what would be sent."""
    deal_id, back, _ = context.request.value.partition(views.BACK)
    deal = await own(context, int(deal_id))
    found = await sendable(context.scope, deal)
    fields = await sides(context.scope, deal, *found, taken_back=bool(back)) if found is not None else []
    if found is None or not fields:
        return Reply(say=views.nothing())
    row, record = found
    stage = next((one.ours for one in fields if one.what is Writable.STAGE), "")
    there = await stage_meant(context.scope, row, record, stage)
    place = Place.of(context.request.body) or ()
    return Reply(view=views.form(row.name, deal, with_labels(fields, record), there, place))


async def send(context: Context) -> Reply:
    """Somebody said yes to what the form showed; the card that it was opened from says that it is on its way."""
    asked = views.SendAsked.read(context.request.private)
    deal = await own(context, asked.deal_id)
    found = await sendable(context.scope, deal)
    if found is None:
        raise Refusal("Nothing of that deal goes back to a CRM now. `/deal` shows how it stands.")
    row, record = found
    view = str((context.request.body.get("view") or {}).get("id") or context.request.key)
    fields = [FieldOf(Writable(what), ours, theirs) for what, ours, theirs in asked.fields]
    await keep_yes(context, row, record, deal, fields, view)
    return placed(await deal_card(context, deal), Place.kept(asked.place), home=True)


async def keep_yes(
    context: Context,
    row: CrmConnectionRow,
    record: CrmRecordRow,
    deal: OpportunityRow,
    fields: list[FieldOf],
    view_id: str,
) -> None:
    """Keep a yes, and let it go out."""
    write = CrmWrite(
        opportunity_id=deal.id,
        external_id=record.external_id,
        approval=approval_of(record.external_id, fields, view_id),
        ours={one.what.value: one.ours for one in fields},
        shown={one.what.value: one.theirs for one in fields},
        approved_by=context.member.user_id,
        approved_at=context.now,
    )
    await approve(context.scope, row.id, write)
    ask_for_pull(context.scope, row, context.now)
