"""Showing deals: the list behind `/deal`, and one of them."""

from datetime import date

from handlers.context import Context
from handlers.pipeline.opportunity.close import wished
from handlers.pipeline.opportunity.lookup import own, the_one
from handlers.pipeline.opportunity.shown import deal_card
from handlers.reply import Reply
from handlers.section import Look, Shown
from messages.blocks import Message
from messages.pipeline import opportunity as views
from messages.pipeline.gate import integrity_line
from messages.pipeline.opportunity import Wish
from messages.replies import as_modal
from sales.pipeline.gate import Integrity
from sales.pipeline.opportunity import Stage
from sales.pipeline.opportunity_phrase import DealDraft
from storage.pipeline import opportunity as queries
from storage.pipeline.integrity import integrity_of


async def listing(context: Context, at: int = 0) -> Message:
    """Return the person's deals as a message: the page that holds deal number `at`."""
    deals = await queries.live_deals(context.scope, context.member.user_id, context.today)
    found = await integrity_of(context.scope, [context.member.user_id], context.today)
    said = integrity_line(found.get(context.member.user_id, Integrity()))
    return views.listing(deals, context.today, at, said)


async def parked_listing(context: Context, at: int = 0) -> Message:
    """Return the person's parked deals as a message, the first to wake first."""
    deals = await queries.live_deals(context.scope, context.member.user_id, context.today)
    asleep = [row for row in deals if row.stage is Stage.PARKED]
    asleep.sort(key=lambda row: (row.parked_until or date.max, row.id))
    return views.parked_listing(asleep, context.today, at)


async def show_parked(context: Context, draft: DealDraft) -> Reply:
    return Reply(say=await parked_listing(context))


async def parked_button(context: Context) -> Reply:
    """Show the parked deals in the place of the list, or another page of them."""
    return Reply(edit=await parked_listing(context, int(context.request.value)))


async def turn(context: Context) -> Reply:
    """Show another page of the list."""
    return Reply(edit=await listing(context, int(context.request.value)))


async def show_all(context: Context, draft: DealDraft) -> Reply:
    return Reply(say=await listing(context))


async def all_button(context: Context) -> Reply:
    """Show the list in the place of a deal; from Home, in a form of its own."""
    found = await listing(context)
    return Reply(view=as_modal(found, "My deals")) if context.request.is_on_home else Reply(edit=found)


async def home_button(look: Look) -> Shown | None:
    return Shown(buttons=[views.home_button()]) if look.team is not None and look.member.is_rep else None


async def show(context: Context, draft: DealDraft) -> Reply:
    found = await the_one(context, draft.name, views.SHOW, wished(draft))
    return found if isinstance(found, Reply) else Reply(say=await deal_card(context, found))


async def show_button(context: Context) -> Reply:
    row = await own(context, Wish.read(context.request.value).deal_id)
    return Reply(edit=await deal_card(context, row))
