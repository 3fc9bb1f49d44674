"""A lead is accepted with one tap, or rejected with a reason: a tap, or the rep's own words (mechanism 38)."""

import json
import re
from datetime import date

from handlers.context import Context
from handlers.place import Place
from handlers.prospects.lead.lookup import MeantLead, own, seen_by, the_one
from handlers.prospects.lead.shown import answered
from handlers.remembered import remember
from handlers.reply import Reply
from messages.prospects import lead as views
from messages.prospects.lead import OfLead
from sales.language.names.descent import comparable
from sales.language.typed_text import MAX_WORDS, clean, shorten
from sales.prospects.lead import (
    LeadState,
    RejectCause,
    accepted,
    cause_said,
    rejected,
)
from sales.prospects.named_lead import beginnings, longest_match, spoken_with
from sales.prospects.not_now import put_off_until, puts_off
from sales.prospects.warmth import NOT_NOW_FOR
from sales.refusal import Reading, Refusal
from storage.followups.followup import FollowUpRow, open_of
from storage.pipeline.opportunity import find_opportunity
from storage.prospects import lead as queries
from storage.prospects.lead import LeadRow
from storage.prospects.named_lead import leads_among, leads_called

# Between two leads, each with a reason.
AND_ANOTHER = re.compile(r"\s*[;,]\s*(?:and\s+)?|\s+(?:and|&)\s+", re.I)
LEAST_OF_A_NAME = 3  # letters of a first name
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
    await ask_about_another(context, row, found.rest)
    words = clean(found.rest, MAX_WORDS)
    return await reject(context, row, cause_said(words), words)


async def ask_about_another(context: Context, row: LeadRow, said: str) -> None:
    """Ask where a reason goes on with another lead and theirs: each is sent back with its own.

    Raises:
        Refusal: with a line for each to press; nobody is rejected until then.
    """
    for joint in AND_ANOTHER.finditer(said):
        first, behind = said[: joint.start()].strip(" ,;"), said[joint.end() :]
        other = await begun_with(context, behind)
        if other is None or other.row.id == row.id:
            continue
        asked = [
            Reading(shorten(f"{one.name}: {reason}", 60), f"/lead reject {one.name} {reason}")
            for one, reason in ((row, first), (other.row, other.rest))
        ]
        both = f"{shorten(row.name, 40)} and {shorten(other.row.name, 40)}"
        raise Refusal(f"That is about {both}. Nobody is rejected yet: one at a time.", readings=asked)


async def begun_with(context: Context, text: str) -> MeantLead | None:
    """Return the lead that words begin with, by the whole name or its first word, and what stands behind it."""
    begun, seen = beginnings(clean(text)), await seen_by(context)
    rows, rest = longest_match(await leads_among(context.scope, [one.name for one in begun], seen), begun)
    first = begun[-1] if begun else None
    if not rows and first is not None and len(first.name) >= LEAST_OF_A_NAME:
        found = await leads_called(context.scope, first.name, seen=seen)
        rows = [one for one in found if one.is_open and comparable(one.name).split()[0] == first.name]
        rest = first.rest
    return MeantLead(rows[0], rest) if rows else None


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


async def promised_to(context: Context, row: LeadRow) -> list[FollowUpRow]:
    """Return what the asking person has open with a lead, named in whole or by a first name."""
    mine = await open_of(context.scope, context.member.user_id)
    return [one for one in mine if spoken_with([row], one.who, one.what).sure]


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
    promised = await promised_to(context, row)
    note = views.rejected(row, cause, asked_again(row, context.today), promised, context.today)
    return await answered(context, row, note, action.id, of, place)


def asked_again(row: LeadRow, today: date) -> date | None:
    """Return from which day a lead that was put off is called again; None for one that was sent back for good."""
    puts = row.reject_cause is RejectCause.TIMING or puts_off(row.reject_reason)
    return put_off_until(row.reject_reason, today, NOT_NOW_FOR) if puts else None


async def is_deal(context: Context, row: LeadRow, of: OfLead | None) -> Reply:
    """Say that a lead became a deal already; nothing happens to it."""
    deal = await find_opportunity(context.scope, row.deal_id) if row.deal_id is not None else None
    note = views.is_deal(row, deal) if deal is not None else ""
    return await answered(context, row, note, None, of)


def is_qualified(row: LeadRow) -> bool:
    """Say whether a lead became a deal that still stands."""
    return row.state is LeadState.QUALIFIED and row.deal_id is not None
