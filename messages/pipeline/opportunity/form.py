"""The forms: what a deal says, and why one was lost."""

from typing import Any

from messages.blocks import field_input, modal_of, section
from messages.elements import date_picker, option, radio_buttons, text_input, worded_input
from messages.formatting import words
from messages.pipeline.opportunity.ids import LOSE, SAVE
from sales.language.figures import money
from sales.pipeline.debrief import MAX_REASON
from sales.pipeline.opportunity import StoredOpportunity

NAME, ACCOUNT, VALUE, EXPECTED = "name", "account", "value", "expected_on"
REASON, BELONGED = "reason", "should_have_been_there"
YES, NO = "yes", "no"


def edit_form(deal: StoredOpportunity, private: str) -> dict[str, Any]:
    """Build the form that changes a deal, filled with what it says."""
    value = money(deal.value_minor, deal.currency) if deal.value_minor else ""
    expected = str(deal.expected_on) if deal.expected_on else None
    return modal_of(
        "Edit deal",
        [
            field_input("Name", worded_input(deal.name, 200, "Acme renewal"), NAME),
            field_input("Account", worded_input(deal.account or "", 200, "Acme"), ACCOUNT, optional=True),
            field_input(
                "Value",
                worded_input(value, 40, "24k"),
                VALUE,
                hint=f"In {deal.currency}: 24k, 24,000 or 24,000.50.",
                optional=True,
            ),
            field_input("Expected close", date_picker("chosen", expected), EXPECTED, optional=True),
        ],
        callback_id=SAVE,
        submit="Save",
        private=private,
    )


def lost_form(deal: StoredOpportunity, private: str) -> dict[str, Any]:
    """Ask why a deal was lost, and first of all whether we should have been there (mechanism 33)."""
    answers = [option("Yes, it was ours to win", YES), option("No, it was not for us", NO)]
    return modal_of(
        "Deal lost",
        [
            section(words("pipeline/opportunity/opportunity", "losing", deal=deal)),
            field_input(
                "Should we have been there at all?",
                radio_buttons("chosen", answers),
                BELONGED,
                optional=True,
            ),
            field_input(
                "What decided it?",
                text_input("chosen", max_length=MAX_REASON, placeholder="Price, timing, another supplier"),
                REASON,
            ),
        ],
        callback_id=LOSE,
        submit="Mark as lost",
        close="Keep it open",
        private=private,
    )
