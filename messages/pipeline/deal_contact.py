"""Contacts of a deal: who is spoken to and who of them decides, on the card, and the form that names them."""

from collections.abc import Sequence
from typing import Any

from messages.blocks import Block, context, field_input, modal_of
from messages.elements import Element, button, checkboxes, option, radio_buttons, worded_input
from messages.formatting import words
from sales.pipeline.deal_contact import MAX_ROLE, StoredContact
from sales.pipeline.opportunity import StoredOpportunity

OPEN = "deal_contact.open"
SAVE = "deal_contact.save"  # the form's callback
NAME, ROLE, DECIDES, GONE = "name", "role", "decides", "gone"
YES, NO = "yes", "no"
MOST_SHOWN = 4  # on a card; a deal has few people who count
MOST_TICKED = 10  # boxes in one list, Slack's limit


def line(contacts: Sequence[StoredContact]) -> list[Block]:
    """Say who is spoken to, those who decide first; nothing where nobody is named."""
    ranked = sorted(contacts, key=lambda one: not one.decides)
    said = words(
        "pipeline/deal_contact", "line", contacts=ranked[:MOST_SHOWN], more=max(0, len(ranked) - MOST_SHOWN)
    )
    return [context(said)] if contacts else []


def way(deal: StoredOpportunity) -> Element:
    return button("Contact…", f"{OPEN}:{deal.id}", str(deal.id))


def form(contacts: Sequence[StoredContact], private: str) -> dict[str, Any]:
    """Ask for somebody at the customer; who is named already can be taken off the deal."""
    answers = [option("Yes, it is their decision", YES), option("No", NO)]
    fields: list[Block] = [
        field_input(
            "Who is it?",
            worded_input("", 200, "Dana Roe"),
            NAME,
            hint=words("pipeline/deal_contact", "again") if contacts else None,
            optional=bool(contacts),
        ),
        field_input("Role there", worded_input("", MAX_ROLE, "Depot manager"), ROLE, optional=True),
        field_input("Is it them who decides?", radio_buttons("chosen", answers, answers[1]), DECIDES),
    ]
    if contacts:
        boxes = [option(one.name, str(one.id)) for one in contacts[-MOST_TICKED:]]
        fields.append(field_input("Take off this deal", checkboxes("chosen", boxes), GONE, optional=True))
    return modal_of("Contact", fields, callback_id=SAVE, submit="Save", private=private)


def saved(named: Sequence[StoredContact], gone: Sequence[str]) -> str:
    """Say who was named and who was taken off."""
    return words("pipeline/deal_contact", "saved", named=named, gone=gone)
