"""Prepare: the way to a brief from the card of a deal, from a promise, and from an account's page."""

from handlers.context import Context
from handlers.craft.prep.lookup import of_promise
from handlers.pipeline.opportunity.shown import facts_in
from handlers.prospects.client_fit import account_in
from handlers.reply import Reply
from handlers.section import Look, Shown
from messages.blocks import actions
from messages.craft.prep import meeting as views
from messages.craft.prep.ids import BriefOf, prepare_button
from sales.craft.prep.meeting import is_meeting
from sales.followups.followup import Owes
from sales.pipeline.opportunity import CLOSED, stage_on
from sales.refusal import Refusal
from storage.followups.followup import FollowUpRow, find_followup


async def on_card(look: Look) -> Shown | None:
    """The way to the brief of a deal that is not closed."""
    deal = facts_in(look).deal
    if stage_on(deal, look.today) in CLOSED:
        return None
    return Shown(buttons=[prepare_button(BriefOf(deal.id))])


async def on_account(look: Look) -> Shown:
    """The way to the brief of an account."""
    return Shown([actions(prepare_button(BriefOf(account=account_in(look).name)))])


async def on_promise(look: Look) -> Shown | None:
    """The way to a brief from a promised meeting, and from whatever else is promised for a deal."""
    promise = look.about
    assert isinstance(promise, FollowUpRow)
    if promise.owes is not Owes.ME or promise.owner_id != look.member.user_id:
        return None
    if not is_meeting(promise):
        return None
    return Shown(buttons=[views.button_of(promise)])


async def open_of_promise(context: Context) -> Reply:
    """Prepare, below a promise: the brief of whom it is with."""
    row = await find_followup(context.scope, int(context.request.value))
    if row is None or row.owner_id != context.member.user_id:
        raise Refusal("That promise is gone, or somebody else’s by now. `/prep Acme` shows a brief by name.")
    return await of_promise(context, row)
