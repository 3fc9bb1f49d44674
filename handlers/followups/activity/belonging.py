"""Which deal what was logged is for, chosen below the entry."""

from handlers.context import Context
from handlers.followups.activity.entry import own
from handlers.followups.belonging import chosen
from handlers.followups.followup.belonging import put
from handlers.reply import Reply
from messages.followups import activity as views
from messages.followups import logged_deal
from messages.followups.belonging import read_choice
from sales.followups.next_step import CONVERSATIONS, NextStep
from storage.followups import activity as queries
from storage.followups.followup import followups_among
from storage.row_image import Touched, image
from storage.undo import amend_undo


async def belongs(context: Context) -> Reply:
    """A deal was chosen, or none: what was logged and its next step are for it; undoing the entry takes it back."""
    deal_id, carried = read_choice(context.request.value)
    items = logged_deal.LoggedItems.read(carried)
    rows = await own(context, list(items.activities))
    deal = await chosen(context, rows[0].account, deal_id)
    to = deal.id if deal is not None else None
    for row in rows:
        before = image(row)
        row.opportunity_id = to
        await queries.keep_activity(context.scope, row)
        await amend_undo(context.scope, context.member.user_id, context.now, Touched(row, before))
    for step in await followups_among(context.scope, list(items.steps)):
        await put(context, step, to)
    open_ones = [row.id for row in rows if row.kind in CONVERSATIONS and row.next_step is NextStep.UNSAID]
    account = rows[0].account or ""
    more = views.next_step_asked(open_ones, account, items.undo_id)
    counts = {row.kind: row.count for row in rows}
    return Reply(edit=logged_deal.chosen(counts, account, deal, items.undo_id, more), home=True)
