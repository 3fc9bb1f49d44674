"""Reasons in a tap below a promise: what is in it for the customer (58), and why it came later (59)."""

from handlers.context import Context
from handlers.followups.belonging import deals_of
from handlers.followups.followup.answers import ActedFollowUp, own
from handlers.followups.followup.confirmation import confirmed
from handlers.followups.followup.slipped import put_off
from handlers.reply import Reply
from messages.followups.confirmation import MORE
from messages.followups.followup import CARD, read_taken_back
from messages.followups.thread import THREAD, answered
from sales.followups.followup import FollowUp
from sales.followups.followup_phrase import only_checks_in
from sales.followups.slip import SlipReason
from sales.followups.worth import WorthReason, says
from sales.value import changed
from storage.followups import followup as queries
from storage.followups.followup import FollowUpRow
from storage.row_image import Touched, image
from storage.undo import NewestAction, amend_undo, standing_action, undoable


async def say_worth(context: Context) -> Reply:
    """What is in it for them was tapped; one that says so already keeps its words. Of one that only checked in it is
    asked now which deal it is for."""
    shown = ActedFollowUp.acted_on(context)
    row = await own(context, shown.item_id)
    if not row.worth:
        said = tapped(context)
        reason = context.request.value.partition("|")[0] if said == MORE else said
        await keep(context, row, changed(FollowUp, row, worth=says(WorthReason(reason))))
    if shown.surface == CARD and row.opportunity_id is None and only_checks_in(row.what):
        undo = await undoable(context.scope, context.member.user_id, row, context.now)
        card = await confirmed(context, row, undo, deals=await deals_of(context, row.who))
        return Reply(edit=card, edit_at=shown.place, home=True)
    return await again(context, shown, row)


async def say_slip(context: Context) -> Reply:
    """Why it came later was tapped; on a card of an earlier move nothing changes."""
    shown = ActedFollowUp.acted_on(context)
    row = await own(context, shown.item_id)
    if row.slip is None and row.moves == shown.moves:
        await keep(context, row, changed(FollowUp, row, slip=SlipReason(tapped(context))))
    return await again(context, shown, row)


async def say_slips(context: Context) -> Reply:
    """Why all that was just put off comes later was tapped, below the list on which it was."""
    undo_id, surface = read_taken_back(context.request.value)
    action = await standing_action(context.scope, context.member.user_id, undo_id)
    reason, rows = SlipReason(tapped(context)), []
    for one in put_off(action.images) if action is not None else ():
        row = await queries.find_followup(context.scope, one["id"])
        if row is not None and row.slip is None and row.moves == one["moves"]:
            await keep(context, row, changed(FollowUp, row, slip=reason))
        rows += [row] if row is not None else []
    context.scope.forget(NewestAction)
    if surface == THREAD and rows:
        return Reply(edit=answered(rows, context.today, context.zone, undo_id), home=True)
    return await ActedFollowUp.on(context, surface).again(context, action)


def tapped(context: Context) -> str:
    return context.request.name.partition(":")[2]


async def keep(context: Context, row: FollowUpRow, said: FollowUp) -> None:
    """Store what was tapped; undoing what was done to the promise last takes this back too."""
    before = image(row)
    await queries.change_followup(context.scope, row, said)
    await amend_undo(context.scope, context.member.user_id, context.now, Touched(row, before))


async def again(context: Context, shown: ActedFollowUp, row: FollowUpRow) -> Reply:
    undo = await undoable(context.scope, context.member.user_id, row, context.now)
    return await shown.again(context, undo)
