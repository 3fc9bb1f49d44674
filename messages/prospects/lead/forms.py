"""The forms of a lead: what it says, why it is sent back in words, and whom it is given to."""

from collections.abc import Sequence
from typing import Any

from messages.blocks import Block, field_input, modal_of, section
from messages.elements import text_input, user_select, worded_input
from messages.formatting import words
from messages.prospects.lead.ids import GIVE, SAVE, SAY
from messages.prospects.lead.told import NOUN
from sales.language.typed_text import MAX_NAME, MAX_WORDS
from sales.prospects.lead import MAX_EMAIL, MAX_PHONE, MAX_TITLE, Lead
from sales.prospects.lead_draft import LeadDraft

NAME, ACCOUNT, TITLE, EMAIL, PHONE = "name", "account", "title", "email", "phone"
SOURCE, NOTE, OWNER = "source", "note", "owner"
REASON, TO = "reason", "to"


def draft_of(lead: Lead) -> LeadDraft:
    """Return what a lead says as its form is filled with it."""
    return LeadDraft(
        lead.name, lead.account or "", lead.title, lead.email, lead.phone, lead.source or "", lead.note
    )


def lead_form(
    fields: LeadDraft, private: str, *, is_new: bool, for_others: bool, me: str = ""
) -> dict[str, Any]:
    """Ask what a lead says; who may give leads to others chooses whose it is."""
    blocks: list[Block] = [
        field_input("Name", worded_input(fields.name, MAX_NAME, "Dana Cole"), NAME),
        field_input("Company", worded_input(fields.account, MAX_NAME, "Acme"), ACCOUNT, optional=True),
        field_input("Title", worded_input(fields.title, MAX_TITLE, "CFO"), TITLE, optional=True),
        field_input("E-mail", worded_input(fields.email, MAX_EMAIL, "dana@acme.com"), EMAIL, optional=True),
        field_input("Phone", worded_input(fields.phone, MAX_PHONE, "+1 555 123 4567"), PHONE, optional=True),
        field_input(
            "Source",
            worded_input(fields.source, MAX_NAME, "Webinar"),
            SOURCE,
            hint="Where they are from. It decides how soon they are called, and stays with the deal.",
            optional=True,
        ),
        field_input(
            "Note", worded_input(fields.note, MAX_WORDS, "Asked for prices", long=True), NOTE, optional=True
        ),
    ]
    if for_others:
        hint = "Nobody yet: leave it empty."
        blocks.append(
            field_input("Owner", user_select("chosen", me or None), OWNER, hint=hint, optional=True)
        )
    title, submit = ("Add lead", "Add") if is_new else ("Edit lead", "Save")
    return modal_of(title, blocks, callback_id=SAVE, submit=submit, private=private)


def reason_form(lead: Lead, private: str) -> dict[str, Any]:
    """Ask why a lead is sent back, in words."""
    said = section(words(NOUN, "why_rejected", lead=lead))
    reason = text_input("chosen", max_length=MAX_WORDS, placeholder="Too small for us, three people")
    return modal_of(
        "Reject lead",
        [said, field_input("Why?", reason, REASON)],
        callback_id=SAY,
        submit="Reject",
        close="Keep it",
        private=private,
    )


def assign_form(leads: Sequence[Lead], private: str) -> dict[str, Any]:
    """Ask whose a lead is from now on."""
    held = leads[0].owner_id if leads else None
    return modal_of(
        "Assign lead",
        [field_input("To whom?", user_select("chosen", held), TO)],
        callback_id=GIVE,
        submit="Assign",
        private=private,
    )
