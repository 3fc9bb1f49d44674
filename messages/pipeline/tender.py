"""Tenders in words: go or no-go on the card of the deal, and the form with its three questions."""

from typing import Any

from messages.blocks import Block, actions, field_input, modal_of, section
from messages.elements import button, option, radio_buttons, worded_input
from messages.formatting import Mrkdwn, words
from sales.pipeline.opportunity import MAX_WORDS, StoredOpportunity
from sales.pipeline.tender import Tender

FLAG = "tender.flag"
UNFLAG = "tender.unflag"
DECIDE = "tender.decide"
SAVE = "tender.save"  # the form's callback

SHAPED, ACCESS, CHALLENGE = "shaped", "has_access", "challenge"
YES, NO = "yes", "no"


def on_card(deal: StoredOpportunity, tender: Tender | None) -> list[Block]:
    """Return what a tender's card says of it, with the ways on."""
    value = str(deal.id)
    text = words("pipeline/tender", "answered", tender=tender) if tender else words("pipeline/tender", "open")
    decide = button("Go or no-go…", f"{DECIDE}:{deal.id}", value)
    return [section(text), actions(decide, button("Not a tender", f"{UNFLAG}:{deal.id}", value))]


def form(deal: StoredOpportunity, tender: Tender | None, private: str) -> dict[str, Any]:
    """Build the form: three questions, filled with what was said before."""

    def choice(yes: str, no: str, held: bool | None) -> Any:
        options = [option(yes, YES), option(no, NO)]
        chosen = None if held is None else options[0 if held else 1]
        return radio_buttons("chosen", options, chosen)

    fields = [
        section(words("pipeline/tender", "intro", deal=deal)),
        field_input(
            "Did we shape what is asked for?",
            choice("Yes, we shaped it", "No, somebody else did", tender.shaped if tender else None),
            SHAPED,
        ),
        field_input(
            "Do we reach who decides?",
            choice("Yes, we talk to them", "No, there is no access", tender.has_access if tender else None),
            ACCESS,
        ),
        field_input(
            "What would you challenge, as the expert?",
            worded_input(
                tender.challenge if tender else "", MAX_WORDS, "The rollout in one month", long=True
            ),
            CHALLENGE,
            hint="Empty, if there is nothing.",
            optional=True,
        ),
    ]
    return modal_of("Go or no-go", fields, callback_id=SAVE, submit="Decide", private=private)


def flagged(*, yes: bool) -> Mrkdwn:
    return words("pipeline/tender", "flagged", yes=yes)


def saved() -> Mrkdwn:
    return words("pipeline/tender", "saved")
