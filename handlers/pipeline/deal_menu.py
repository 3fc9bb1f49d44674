"""The menu on a deal's card: what is seldom done stands behind three dots, so that the card stays a glance."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.context import Context, Handler
from handlers.feature import Feature, Look, Section, Shown, Surface, routes
from handlers.pipeline import deal_history, merge, tender, waking
from handlers.pipeline.opportunity.shown import facts_in
from handlers.reply import Reply
from messages.pipeline import deal_history as history_views
from messages.pipeline import deal_menu as views
from messages.pipeline import merge as merge_views
from messages.pipeline import tender as tender_views
from messages.pipeline import waking as waking_views
from sales.people.permission import Act
from sales.pipeline.opportunity import CLOSED, stage_on

WAYS: Mapping[str, Handler] = {
    history_views.OPEN: deal_history.open_form,
    merge_views.OPEN: merge.open_form,
    tender_views.FLAG: tender.flag,
    waking_views.ON_CARD: waking.park_on_card,
}


async def on_card(look: Look) -> Shown:
    deal = facts_in(look).deal
    closed = stage_on(deal, look.today) in CLOSED
    return Shown(buttons=[views.history_alone(deal) if closed else views.menu(deal)])


async def choose(context: Context) -> Reply:
    """A line of the menu was chosen."""
    action, deal_id = views.read_choice(context.request.value)
    return await WAYS[action](replace(context, request=replace(context.request, value=deal_id)))


FEATURE = Feature(
    name="deal_menu",
    actions=routes(Act.SEE_WORK_OF, {views.MENU: choose}),
    sections=(Section(Surface.DEAL, 90, on_card, Act.SEE_WORK_OF),),
)
