"""A conflict decided: theirs is kept, or ours is sent."""

from datetime import date

from handlers.context import Context
from handlers.imports.write_back.send import keep_yes
from handlers.pipeline.opportunity.lookup import may_change
from handlers.reply import Reply
from messages.imports import write_back as views
from sales.imports.sync.record import CrmObject
from sales.imports.sync.write_back import FieldOf, Writable, WriteState
from sales.refusal import Refusal
from storage.imports.sync.connection import CrmConnectionRow, ask_for_pull, find_connection
from storage.imports.sync.record import records_of
from storage.imports.sync.write import CrmWriteRow, find_write, settle
from storage.pipeline.opportunity import OpportunityRow, Typed, change_opportunity, find_opportunity


async def theirs(context: Context) -> Reply:
    """What stands there is kept: it stands here too, and nothing is sent."""
    write, deal, row = await conflict(context)
    if write is None or deal is None or row is None:
        return Reply(edit=views.settled())
    settle(write, WriteState.DROPPED, context.now)
    context.scope.session.add(write)
    record = (await records_of(context.scope, CrmObject.DEAL, [deal.id])).get(deal.id)
    day = write.theirs.get(Writable.CLOSE)
    changes: dict[str, object] = {}
    if day:
        changes["expected_on"] = date.fromisoformat(day)
    if record is not None and Writable.STAGE in write.theirs and record.said.get("stage_label"):
        changes["stage_label"] = record.said["stage_label"]
    if changes:
        now = deal.model_copy(update=changes)
        await change_opportunity(
            context.scope, deal, now, Typed(context.member.user_id, context.now, context.today)
        )
    if record is not None:
        record.contested = {}
        context.scope.session.add(record)
    ask_for_pull(context.scope, row, context.now)
    return Reply(edit=views.kept_theirs(row.name, deal.name), home=True)


async def ours(context: Context) -> Reply:
    """Ours is sent, over what was shown of theirs; should that be another by now, it is shown again."""
    write, deal, row = await conflict(context)
    if write is None or deal is None or row is None:
        return Reply(edit=views.settled())
    record = (await records_of(context.scope, CrmObject.DEAL, [deal.id])).get(deal.id)
    if record is None:
        return Reply(edit=views.settled())
    fields = [FieldOf(Writable(what), said, write.theirs.get(what, "")) for what, said in write.ours.items()]
    await keep_yes(context, row, record, deal, fields, f"again{write.id}")
    return Reply(edit=views.going(row.name, deal.name), home=True)


async def conflict(
    context: Context,
) -> tuple[CrmWriteRow | None, OpportunityRow | None, CrmConnectionRow | None]:
    """Return the conflict that a button is of, with its deal, as long as nobody decided it."""
    write = await find_write(context.scope, int(context.request.value))
    deal = await find_opportunity(context.scope, write.opportunity_id) if write is not None else None
    row = await find_connection(context.scope, write.connection_id) if write is not None else None
    if write is None or deal is None or write.state is not WriteState.CONFLICT:
        return None, None, None
    if not await may_change(context, deal):
        raise Refusal("That deal is not yours to change.")
    return write, deal, row
