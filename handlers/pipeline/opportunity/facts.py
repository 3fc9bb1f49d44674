"""What a deal says beside its first line, on its card; and the day it closes, picked there."""

from handlers.coming_day import coming_day
from handlers.context import Context
from handlers.pipeline.opportunity.entry import change
from handlers.pipeline.opportunity.lookup import already_closed, is_closed, own
from handlers.pipeline.opportunity.shown import facts_in
from handlers.reply import Reply
from handlers.section import Look, Shown
from messages.pipeline import opportunity as views
from sales.pipeline.opportunity import Opportunity
from sales.value import changed
from storage.pipeline.list_price import list_price_of


async def on_card(look: Look) -> Shown:
    """Account, product, list price, source; nothing where the deal says none of it."""
    deal = facts_in(look).deal
    price = await list_price_of(look.scope, deal, look.team.currency if look.team else deal.currency)
    return Shown(views.facts(deal, price))


async def close_on(context: Context) -> Reply:
    """A day was picked on the card."""
    row = await own(context, views.deal_in(context.request.name))
    if is_closed(context, row):
        return await already_closed(context, row)
    day = coming_day(context.request.value, context.today)
    return await change(context, row, changed(Opportunity, row, expected_on=day))
