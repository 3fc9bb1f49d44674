"""Undo on a deal's card: the card is shown again as the deal stands then."""

from handlers.context import Context
from handlers.pipeline.opportunity.lookup import may_change
from handlers.pipeline.opportunity.shown import deal_card
from handlers.remembered import take_back
from handlers.reply import Reply
from handlers.undo import said_of
from messages.pipeline import opportunity as views
from storage.pipeline.opportunity import find_opportunity


async def take_back_button(context: Context) -> Reply:
    """Take back what was just done to a deal."""
    undo_id, deal_id = views.read_taken_back(context.request.value)
    done = await take_back(context, undo_id)
    row = await find_opportunity(context.scope, deal_id)
    if row is None or not await may_change(context, row):
        return Reply(edit=await said_of(context, done), home=True)
    return Reply(edit=await deal_card(context, row, views.taken_back(done.summary)), home=True)
