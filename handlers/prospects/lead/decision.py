"""A lead is accepted with one tap, or rejected with a reason: a tap, or the rep's own words (mechanism 38)."""

import json
import re

from handlers.context import Context
from handlers.place import Place
from handlers.prospects.lead.lookup import MeantLead, own, the_one
from handlers.prospects.lead.shown import answered
from handlers.remembered import remember
from handlers.reply import Reply
from messages.prospects import lead as views
from messages.prospects.lead import OfLead
from sales.language.typed_text import MAX_WORDS, clean
from sales.prospects.lead import (
    LeadState,
    RejectCause,
    accepted,
    cause_said,
    rejected,
)
from sales.refusal import Refusal
from storage.pipeline.opportunity import find_opportunity
from storage.prospects import lead as queries
from storage.prospects.lead import LeadRow

AND = re.compile(r"^(?:and|then|,|;|\s)+(?!\w)\s*", re.I)  # before what follows a lead's name


async def accept_typed(context: Context) -> Reply:
    """`/lead accept Dana`; what else stands there is said back, as a promise that can be typed."""
    found = await the_one(context, context.text, views.ACCEPT)
    if not isinstance(found, MeantLead):
        return found
    return await accept(context, await own(context, found.row.id), rest=AND.sub("", found.rest))


async def accept_button(context: Context) -> Reply:
    """Accept on a lead, or Open it again on one that was rejected."""
    of = OfLead.read(context.request.value)
    return await accept(context, await own(context, of.lead_id), of)


async def accept(context: Context, row: LeadRow, of: OfLead | None = None, rest: str = "") -> Reply:
    """Say that a lead is worth pursuing; one that is so already stays as it is."""
    if row.state is LeadState.QUALIFIED:
        return await is_deal(context, row, of)
    if row.state is LeadState.ACCEPTED:
        return await answered(context, row, views.accepted(row, rest), None, of)
    touched = await queries.change_lead(context.scope, row, accepted(row, context.now))
    action = await remember(context, f"{row.name} accepted", touched)
    return await answered(context, row, views.accepted(row, rest), action.id, of)


async def reject_typed(context: Context) -> Reply:
    """`/lead reject Dana wrong size`; without a reason it is asked for, and nothing happens until then."""
    found = await the_one(context, context.text, views.IN_WORDS)
    if not isinstance(found, MeantLead):
        return found
    row = await own(context, found.row.id)
    if row.state is LeadState.QUALIFIED:
        return await is_deal(context, row, None)
    if not found.rest:
        return Reply(say=views.why_rejected(row))
    words = clean(found.rest, MAX_WORDS)
    return await reject(context, row, cause_said(words), words)


async def reject_tap(context: Context) -> Reply:
    """A reason was chosen."""
    written, _, cause = context.request.value.partition("|")
    of = OfLead.read(written)
    return await reject(context, await own(context, of.lead_id), RejectCause(cause), "", of)


async def open_words(context: Context) -> Reply:
    """Reject… in a list, or In my words…: the form."""
    of = OfLead.read(context.request.value)
    row = await own(context, of.lead_id)
    if row.state is LeadState.QUALIFIED:
        return await is_deal(context, row, of)
    return Reply(
        view=views.reason_form(row, json.dumps([of.written(), Place.of(context.request.body) or ()]))
    )


async def say(context: Context) -> Reply:
    """The form was submitted."""
    written, at = json.loads(context.request.private)
    of = OfLead.read(written)
    words = clean(context.request.values.get(views.REASON) or "", MAX_WORDS, views.REASON)
    if not any(letter.isalnum() for letter in words):
        raise Refusal("A few words are enough: too small, no say, no budget.", field=views.REASON)
    row = await own(context, of.lead_id)
    return await reject(context, row, cause_said(words), words, of, Place.kept(at))


async def reject(
    context: Context,
    row: LeadRow,
    cause: RejectCause,
    words: str,
    of: OfLead | None = None,
    place: Place | None = None,
) -> Reply:
    """Send a lead back, with why; said again it is the newer reason that counts."""
    if row.state is LeadState.QUALIFIED:
        return await is_deal(context, row, of)
    touched = await queries.change_lead(context.scope, row, rejected(row, cause, words, context.now))
    action = await remember(context, f"{row.name} rejected", touched)
    return await answered(context, row, views.rejected(row, cause), action.id, of, place)


async def is_deal(context: Context, row: LeadRow, of: OfLead | None) -> Reply:
    """Say that a lead became a deal already; nothing happens to it."""
    deal = await find_opportunity(context.scope, row.deal_id) if row.deal_id is not None else None
    note = views.is_deal(row, deal) if deal is not None else ""
    return await answered(context, row, note, None, of)


def is_qualified(row: LeadRow) -> bool:
    """Say whether a lead became a deal that still stands."""
    return row.state is LeadState.QUALIFIED and row.deal_id is not None
