"""Adding leads, in a line or a form, and changing what one says; nobody is a lead twice unasked (mechanism 35)."""

import json
import re
from dataclasses import replace
from typing import Any

from handlers.context import Context
from handlers.goals.goal.owner import MENTION, user_named, worded
from handlers.place import Place
from handlers.prospects.lead.assign import receiver
from handlers.prospects.lead.lookup import own
from handlers.prospects.lead.shown import answered, lead_card
from handlers.prospects.lead.twin import AGAIN, ANOTHER, KNOWN, ask_first, ask_if_erased
from handlers.prospects.lead.watch import watch
from handlers.reading import FILL_IN, fillable
from handlers.remembered import remember
from handlers.reply import Reply
from messages import replies
from messages.prospects import lead as views
from messages.prospects.lead import OfLead
from sales.language.typed_text import MAX_NAME, MAX_WORDS, clean
from sales.people.erased_contact import without_again
from sales.people.permission import Act
from sales.prospects.lead import MAX_EMAIL, MAX_PHONE, MAX_TITLE, Lead
from sales.prospects.lead_draft import LeadDraft
from sales.prospects.lead_phrase import ASKED_NAME, read_lead
from sales.refusal import Refusal
from sales.value import changed
from storage.people.member import MemberRow
from storage.prospects import lead as queries
from storage.prospects.source import sources_stated
from storage.row_image import Touched, says_else

FOR = re.compile(rf"(?:^|[\s,;])for\s+({MENTION.pattern})(?=$|[\s,;.])", re.I)
WAYS = (ANOTHER, AGAIN, KNOWN)


async def add(context: Context) -> Reply:
    """`/lead add Dana Cole at Acme from webinar`; without words the form, with what could not be read in it."""
    text = context.text.strip()
    if not text or text.startswith(FILL_IN):
        return await open_form(context, text.removeprefix(FILL_IN).strip())
    text, takes_erased = without_again(text)
    way = next((one for one in WAYS if text.startswith(one)), "")
    line, owner = await for_whom(context, text.removeprefix(way).strip())
    try:
        draft = await read(context, line)
    except Refusal as refusal:
        raise fillable(refusal, line, before="/lead add ") from None
    return await keep(context, draft, owner, way, takes_erased=takes_erased)


async def for_whom(context: Context, text: str) -> tuple[str, MemberRow | None]:
    """Return a line without whom it says the lead is for, and who that is; None where it names nobody."""
    named = FOR.search(text)
    if named is None:
        return await worded(context, text), None
    user_id = named["id"] or await user_named(context, named["name"])
    rest = f"{text[: named.start()]}{text[named.end() :]}".strip(" ,;")
    return await worded(context, rest), await receiver(context, user_id)


async def read(context: Context, line: str) -> LeadDraft:
    """Read a line among the firms and sources that are known."""
    firms = await context.declared.names(context, line)
    stated = await sources_stated(context.scope, context.team.id) if context.team is not None else []
    return read_lead(line, firms, [one.name for one in stated])


async def open_form(context: Context, typed: str = "") -> Reply:
    """Open the form; what was typed stands in it as far as it can be read, and else as the name."""
    try:
        fields = await read(context, typed) if typed else LeadDraft("")
    except Refusal:
        fields = LeadDraft(typed[:MAX_NAME])
    private = json.dumps([None, Place.beside(context.request.body) or ()])
    for_others = context.may(Act.SEE_TEAM_NUMBERS)
    me = context.member.user_id if context.member.is_rep else ""
    return Reply(view=views.lead_form(fields, private, is_new=True, for_others=for_others, me=me))


async def form_button(context: Context) -> Reply:
    """Add lead below a list."""
    return await open_form(context)


async def edit(context: Context) -> Reply:
    """Open the form with what a lead says."""
    of = OfLead.read(context.request.value)
    row = await own(context, of.lead_id)
    private = json.dumps([of.written(), Place.of(context.request.body) or ()])
    return Reply(view=views.lead_form(views.draft_of(row), private, is_new=False, for_others=False))


async def save(context: Context) -> Reply:
    """The form was submitted: a lead is added, or says something else."""
    written, at = json.loads(context.request.private)
    place, draft = Place.kept(at), filled_in(context)
    if written is not None:
        return await rewrite(context, OfLead.read(written), draft, place)
    chosen = context.request.values.get(views.OWNER)
    owner = await receiver(context, chosen, views.OWNER) if chosen else None
    try:
        reply = await keep(context, draft, owner, "", says_owner=views.OWNER in context.request.values)
    except Refusal as refusal:
        if refusal.field in context.request.values or place is None:
            raise
        return Reply(edit=replies.refusal(refusal), edit_at=place)
    return replace(reply, say=None, edit=reply.say, edit_at=place) if place is not None else reply


def filled_in(context: Context) -> LeadDraft:
    """Return the lead as the form says it.

    Raises:
        Refusal: naming the field at fault.
    """
    chosen = context.request.values
    limits = (MAX_NAME, MAX_NAME, MAX_TITLE, MAX_EMAIL, MAX_PHONE, MAX_NAME, MAX_WORDS)
    name, account, title, email, phone, source, note = (
        clean(chosen.get(field) or "", most, field) for field, most in zip(FIELDS, limits, strict=True)
    )
    draft = LeadDraft(name, account, title, email, phone, source, note)
    if not any(letter.isalnum() for letter in draft.name):
        raise Refusal(ASKED_NAME, field=views.NAME)
    if draft.email and "@" not in draft.email:
        raise Refusal("An e-mail address has an @ in it.", field=views.EMAIL)
    return draft


FIELDS = (views.NAME, views.ACCOUNT, views.TITLE, views.EMAIL, views.PHONE, views.SOURCE, views.NOTE)


async def keep(
    context: Context,
    draft: LeadDraft,
    owner: MemberRow | None,
    way: str,
    *,
    says_owner: bool = False,
    takes_erased: bool = False,
) -> Reply:
    """Store a lead, once it is clear that it is none already; a rep's own unless it is for somebody else.

    Raises:
        Refusal: with the ways on, where the person is a lead, or their firm a customer.
    """
    lead = lead_in(context, draft)
    if owner is None and context.member.is_rep and not says_owner:
        owner = context.member
    if owner is not None:
        given = context.now if owner.user_id != context.member.user_id else None
        lead = changed(Lead, lead, owner_id=owner.user_id, team_id=owner.team_id, assigned_at=given)
    await ask_if_erased(context, lead, draft, way, takes_erased=takes_erased)
    twin = await ask_first(context, lead, draft, way)
    if twin is not None:
        touched = await queries.change_lead(context.scope, twin, again(twin, lead))
        action = await remember(context, f"{twin.name} came again", touched)
        return Reply(say=await lead_card(context, twin, views.again(twin), action.id), home=True)
    row = await queries.add_lead(context.scope, lead)
    action = await remember(context, f"{row.name} as a lead", Touched(row))
    if owner is not None:
        own_lead = row if owner.user_id == context.member.user_id else None
        await watch(context.scope, owner, context.now, own=own_lead)
    name = owner.name if owner is not None and owner.user_id != context.member.user_id else ""
    return Reply(say=await lead_card(context, row, views.added(row, name), action.id), home=True)


def lead_in(context: Context, draft: LeadDraft) -> Lead:
    """Return a lead as a draft says it, of the person's team, that came now unless it says how long ago."""
    came_at = context.now - draft.ago if draft.ago is not None else context.now
    return Lead(**said_by(draft), came_at=came_at, team_id=context.member.team_id)


def said_by(draft: LeadDraft) -> dict[str, Any]:
    """Return what a draft says of a lead, field by field; an account or a source that is not said is none."""
    said: dict[str, Any] = {name: getattr(draft, name) for name in FIELDS}
    return said | {"account": draft.account or None, "source": draft.source or None}


def again(there: Lead, new: Lead) -> Lead:
    """Return what a lead says once the person came again: what is new is added, and one that was sent back is new.

    The first source of one that is still open stays, as that is where they are from.
    """
    said = {
        name: getattr(new, name) or getattr(there, name) for name in ("account", "title", "email", "phone")
    }
    note = "; ".join(dict.fromkeys(filter(None, (there.note, new.note))))[:MAX_WORDS]
    if there.is_open:
        return changed(Lead, there, **said, note=note, source=there.source or new.source)
    return changed(
        Lead,
        new,
        **said,
        name=there.name,
        note=note,
        source=new.source or there.source,
        external_id=there.external_id,
        owner_id=new.owner_id or there.owner_id,
    )


async def rewrite(context: Context, of: OfLead, draft: LeadDraft, place: Place | None) -> Reply:
    """Let a lead say what the form says."""
    row = await own(context, of.lead_id)
    said = changed(Lead, row, **said_by(draft))
    touched = await queries.change_lead(context.scope, row, said)
    if not await says_else(touched):
        return await answered(context, row, replies.unchanged(), None, of, place)
    action = await remember(context, f"what {row.name} says", touched)
    return await answered(context, row, views.changed(row), action.id, of, place)
