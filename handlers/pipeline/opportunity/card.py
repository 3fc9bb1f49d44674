"""Showing deals: the list behind `/deal`, and one of them."""

from handlers.context import Ask
from handlers.pipeline.opportunity.close import wished
from handlers.pipeline.opportunity.lookup import own, the_one
from handlers.reply import Reply
from messages.blocks import Message
from messages.pipeline import opportunity as told
from messages.pipeline.opportunity import Wish
from sales.pipeline.opportunity_phrase import DealDraft
from storage.pipeline import opportunity as deals


async def listing(ask: Ask) -> Message:
    """Return the person's deals as a message."""
    return told.listing(await deals.live_deals(ask.scope, ask.member.user_id, ask.today), ask.today)


async def show_all(ask: Ask, draft: DealDraft) -> Reply:
    return Reply(say=await listing(ask))


async def all_button(ask: Ask) -> Reply:
    return Reply(edit=await listing(ask))


async def show(ask: Ask, draft: DealDraft) -> Reply:
    found = await the_one(ask, draft.name, told.SHOW, wished(draft))
    return found if isinstance(found, Reply) else Reply(say=told.card(found, ask.today))


async def show_button(ask: Ask) -> Reply:
    row = await own(ask, Wish.read(ask.request.value).deal_id)
    return Reply(edit=told.card(row, ask.today))
