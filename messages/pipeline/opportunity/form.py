"""The forms: what a deal says, and why one was lost."""

from datetime import date
from typing import Any

from messages.blocks import Block, field_input, modal_of, section
from messages.elements import date_picker, option, radio_buttons, text_input, worded_input
from messages.formatting import words
from messages.pipeline.opportunity.ids import LOSE, SAVE
from sales.language.figures import money
from sales.pipeline.debrief import MAX_REASON
from sales.pipeline.opportunity import StoredOpportunity

NAME, ACCOUNT, VALUE, EXPECTED = "name", "account", "value", "expected_on"
REASON, BELONGED = "reason", "should_have_been_there"
YES, NO = "yes", "no"
MOST_VALUE = 40  # characters of an amount


def edit_form(deal: StoredOpportunity, private: str) -> dict[str, Any]:
    """Build the form that changes a deal, filled with what it says."""
    value = money(deal.value_minor, deal.currency) if deal.value_minor else ""
    fields = deal_fields(deal.name, deal.account or "", value, deal.expected_on, deal.currency)
    return modal_of("Edit deal", fields, callback_id=SAVE, submit="Save", private=private)


def new_form(name: str, value: str, closes: date | None, currency: str, private: str) -> dict[str, Any]:
    """Build the form that adds a deal, filled with what was typed for it."""
    fields = deal_fields(name, "", value, closes, currency)
    return modal_of("New deal", fields, callback_id=SAVE, submit="Add", private=private)


def deal_fields(name: str, account: str, value: str, closes: date | None, currency: str) -> list[Block]:
    """Build the fields of a deal, filled in; a value that is longer than the field is left out."""
    return [
        field_input("Name", worded_input(name, 200, "Acme renewal"), NAME),
        field_input("Account", worded_input(account, 200, "Acme"), ACCOUNT, optional=True),
        field_input(
            "Value",
            worded_input(value if len(value) <= MOST_VALUE else "", MOST_VALUE, "24k"),
            VALUE,
            hint=f"In {currency}: 24k, 24,000 or 24,000.50.",
            optional=True,
        ),
        field_input(
            "Expected close", date_picker("chosen", str(closes) if closes else None), EXPECTED, optional=True
        ),
    ]


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
