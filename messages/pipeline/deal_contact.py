"""Contacts of a deal: who is spoken to and who of them decides, on the card, and the form that names them."""

from collections.abc import Sequence
from typing import Any

from messages.blocks import Block, context, field_input, modal_of
from messages.elements import Element, button, checkboxes, option, radio_buttons, worded_input
from messages.formatting import Mrkdwn, words
from sales.followups.contact import MAX_ZONE
from sales.followups.time_window import MAX_WINDOWS
from sales.pipeline.deal_contact import MAX_ROLE, DealContact, StoredContact
from sales.pipeline.opportunity import StoredOpportunity

OPEN = "deal_contact.open"
SAVE = "deal_contact.save"  # the form's callback
NAME, ROLE, DECIDES, GONE = "name", "role", "decides", "gone"
ZONE, BEST, CALLS = "zone", "best", "calls"
YES, NO = "yes", "no"
MAY_CALL, NEVER_CALL, EMAIL_ONLY = "may", "never", "email"
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
    calls = [
        option("Never call", NEVER_CALL),
        option("E-mail only", EMAIL_ONLY),
        option("They may be called", MAY_CALL),
    ]
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
        field_input("Their time zone", worded_input("", MAX_ZONE, "New York"), ZONE, optional=True),
        field_input(
            "Best time to call",
            worded_input("", MAX_WINDOWS, "Tue 9:00-10:00"),
            BEST,
            hint="On their own clock, as they said it. Calls you promise take it.",
            optional=True,
        ),
        field_input("Never call?", radio_buttons("chosen", calls), CALLS, optional=True),
    ]
    if contacts:
        boxes = [option(one.name, str(one.id)) for one in contacts[-MOST_TICKED:]]
        fields.append(field_input("Take off this deal", checkboxes("chosen", boxes), GONE, optional=True))
    return modal_of("Contact", fields, callback_id=SAVE, submit="Save", private=private)


def saved(named: Sequence[StoredContact], gone: Sequence[str]) -> str:
    """Say who was named and who was taken off."""
    return words("pipeline/deal_contact", "saved", named=named, gone=gone)


def ask_when(contact: DealContact | None, deal: str) -> Mrkdwn:
    """Say to ask when somebody likes to be called, and how the answer is kept."""
    return words("pipeline/deal_contact", "ask_when", contact=contact, deal=deal)


def takes_no_calls(contact: DealContact) -> Mrkdwn:
    """Say of a call that was made that whom it was with wants none."""
    return words("pipeline/deal_contact", "takes_no_calls", contact=contact)
