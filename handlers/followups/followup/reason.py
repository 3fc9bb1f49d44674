"""Reasons in a tap below a promise: what is in it for the customer (58), and why it came later (59)."""

from handlers.context import Context
from handlers.followups.followup.answers import ActedFollowUp, own
from handlers.reply import Reply
from sales.followups.followup import FollowUp
from sales.followups.slip import SlipReason
from sales.followups.worth import WorthReason, says
from sales.value import changed
from storage.followups import followup as queries
from storage.followups.followup import FollowUpRow
from storage.row_image import Touched, image
from storage.undo import amend_undo, undoable


async def say_worth(context: Context) -> Reply:
    """What is in it for them was tapped; one that says so already keeps its words."""
    shown = ActedFollowUp.acted_on(context)
    row = await own(context, shown.item_id)
    if not row.worth:
        await keep(context, row, changed(FollowUp, row, worth=says(WorthReason(tapped(context)))))
    return await again(context, shown, row)


async def say_slip(context: Context) -> Reply:
    """Why it came later was tapped; on a card of an earlier move nothing changes."""
    shown = ActedFollowUp.acted_on(context)
    row = await own(context, shown.item_id)
    if row.slip is None and row.moves == shown.moves:
        await keep(context, row, changed(FollowUp, row, slip=SlipReason(tapped(context))))
    return await again(context, shown, row)


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
