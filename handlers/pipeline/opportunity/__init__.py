"""Deals: shown, added, changed, won, lost, parked and opened again."""

from collections.abc import Awaitable, Callable, Mapping

from handlers.context import Ask
from handlers.feature import Feature
from handlers.pipeline.opportunity import card as showing
from handlers.pipeline.opportunity import close as closing
from handlers.pipeline.opportunity import entry as making
from handlers.reply import Reply
from messages.pipeline import opportunity as told
from sales.pipeline.opportunity_phrase import DealAction, DealDraft, read_deal
from storage.pipeline.opportunity import account_names

ACTIONS: Mapping[DealAction, Callable[[Ask, DealDraft], Awaitable[Reply]]] = {
    DealAction.LIST: showing.show_all,
    DealAction.SHOW: showing.show,
    DealAction.CREATE: making.create,
    DealAction.MOVE: making.move,
    DealAction.WON: closing.won,
    DealAction.LOST: closing.lost,
    DealAction.PARK: closing.park,
    DealAction.REOPEN: closing.reopen,
}


async def command(ask: Ask) -> Reply:
    """`/deal` lists; with words it does to a deal what they say."""
    return await act(ask, ask.text)


async def won(ask: Ask) -> Reply:
    """`/deal won …`"""
    return await act(ask, f"won {ask.text}")


async def lost(ask: Ask) -> Reply:
    """`/deal lost …`"""
    return await act(ask, f"lost {ask.text}")


async def act(ask: Ask, text: str) -> Reply:
    """Do what a sentence asks for."""
    team = ask.their_team
    draft = read_deal(
        text,
        ask.now,
        ask.zone,
        team.currency,
        await account_names(ask.scope, ask.today, ask.member.user_id),
        fiscal_year_start=team.fiscal_year_start,
    )
    return await ACTIONS[draft.action](ask, draft)


FEATURE = Feature(
    actions={
        told.SHOW: showing.show_button,
        told.ALL: showing.all_button,
        told.WON: closing.won_button,
        told.WON_NEW: closing.won_new,
        told.LOST: closing.lost_button,
        told.REOPEN: closing.reopen_button,
        told.EDIT: making.edit,
        told.REVALUE: making.revalue,
        told.ADD: making.add_button,
    },
    views={told.SAVE: making.save, told.LOSE: closing.lose_form},
)

__all__ = ["FEATURE", "act", "command", "lost", "won"]
