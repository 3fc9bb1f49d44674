"""Deals: shown, added, changed, won, lost, parked and opened again."""

from collections.abc import Awaitable, Callable, Mapping

from handlers.context import Context
from handlers.feature import Feature
from handlers.pipeline.opportunity import card, close, entry
from handlers.reply import Reply
from messages.pipeline import opportunity as views
from sales.pipeline.opportunity_phrase import DealAction, DealDraft, read_deal
from storage.pipeline.opportunity import account_names

ACTIONS: Mapping[DealAction, Callable[[Context, DealDraft], Awaitable[Reply]]] = {
    DealAction.LIST: card.show_all,
    DealAction.SHOW: card.show,
    DealAction.CREATE: entry.create,
    DealAction.MOVE: entry.move,
    DealAction.WON: close.won,
    DealAction.LOST: close.lost,
    DealAction.PARK: close.park,
    DealAction.REOPEN: close.reopen,
}


async def command(context: Context) -> Reply:
    """`/deal` lists; with words it does to a deal what they say."""
    return await act(context, context.text)


async def won(context: Context) -> Reply:
    """`/deal won …`"""
    return await act(context, f"won {context.text}")


async def lost(context: Context) -> Reply:
    """`/deal lost …`"""
    return await act(context, f"lost {context.text}")


async def act(context: Context, text: str) -> Reply:
    """Do what a sentence asks for."""
    team = context.their_team
    draft = read_deal(
        text,
        context.now,
        context.zone,
        team.currency,
        await account_names(context.scope, context.today, context.member.user_id),
        fiscal_year_start=team.fiscal_year_start,
    )
    return await ACTIONS[draft.action](context, draft)


FEATURE = Feature(
    actions={
        views.SHOW: card.show_button,
        views.ALL: card.all_button,
        views.WON: close.won_button,
        views.WON_NEW: close.won_new,
        views.LOST: close.lost_button,
        views.REOPEN: close.reopen_button,
        views.EDIT: entry.edit,
        views.REVALUE: entry.revalue,
        views.ADD: entry.add_button,
    },
    views={views.SAVE: entry.save, views.LOSE: close.lose_form},
)

__all__ = ["FEATURE", "act", "command", "lost", "won"]
