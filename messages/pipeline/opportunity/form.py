"""The forms: what a deal says, and why one was lost."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from messages.blocks import Block, field_input, joined, modal_of, section
from messages.elements import checkboxes, date_picker, option, text_input, worded_input
from messages.formatting import words
from messages.pipeline.debrief import belonged_field, knowable_field
from messages.pipeline.opportunity.ids import LOSE, SAVE
from sales.language.figures import money
from sales.pipeline.debrief import MAX_REASON, KnowableMoment
from sales.pipeline.opportunity import Opportunity, StoredOpportunity

NAME, ACCOUNT, VALUE, EXPECTED = "name", "account", "value", "expected_on"
LIST_PRICE, SOURCE, PRODUCT, TENDER = "list_price", "source", "product", "is_tender"
REASON = "reason"
MOST_VALUE = 40  # characters of an amount


class DealFields(NamedTuple):
    """What stands in the form of a deal, as it is typed; a day as ISO writes it, empty for nothing."""

    name: str = ""
    account: str = ""
    value: str = ""
    expected_on: str = ""
    list_price: str = ""
    source: str = ""
    product: str = ""
    is_tender: bool = False


def fields_of(deal: Opportunity) -> DealFields:
    """Return how the form is filled with what a deal says."""
    price = deal.list_price_minor
    return DealFields(
        name=deal.name,
        account=deal.account or "",
        value=money(deal.value_minor, deal.currency) if deal.value_minor else "",
        expected_on=str(deal.expected_on or ""),
        list_price=money(price, deal.currency) if price is not None else "",
        source=deal.source or "",
        product=deal.product or "",
        is_tender=deal.is_tender,
    )


def typed_in(chosen: Mapping[str, Any]) -> DealFields:
    """Return what was typed into the form."""
    words_ = {name: (chosen.get(name) or "").strip() for name in DealFields._fields if name != TENDER}
    return DealFields(**words_, is_tender=bool(chosen.get(TENDER)))


def edit_form(
    fields: DealFields, currency: str, private: str, meanwhile: Sequence[str] = ()
) -> dict[str, Any]:
    """Build the form that changes a deal, filled in; what somebody else changed `meanwhile` stands above."""
    told: list[Block] = []
    if meanwhile:
        head = words("pipeline/opportunity/opportunity", "meanwhile")
        told = [section(joined([head, *meanwhile]))]
    blocks = [*told, *deal_fields(fields, currency), *more_fields(fields, currency)]
    return modal_of("Edit deal", blocks, callback_id=SAVE, submit="Save", private=private)


def new_form(name: str, value: str, closes: date | None, currency: str, private: str) -> dict[str, Any]:
    """Build the form that adds a deal, filled with what was typed for it."""
    fields = deal_fields(DealFields(name, value=value, expected_on=str(closes or "")), currency)
    return modal_of("New deal", fields, callback_id=SAVE, submit="Add", private=private)


def deal_fields(fields: DealFields, currency: str) -> list[Block]:
    """Build what every deal is asked, filled in."""
    return [
        field_input("Name", worded_input(fields.name, 200, "Acme renewal"), NAME),
        field_input("Account", worded_input(fields.account, 200, "Acme"), ACCOUNT, optional=True),
        amount_field("Value", VALUE, fields.value, currency, "24k"),
        field_input(
            "Expected close",
            date_picker("chosen", fields.expected_on or None),
            EXPECTED,
            optional=True,
        ),
    ]


def more_fields(fields: DealFields, currency: str) -> list[Block]:
    """Build what a deal can say beside, filled in."""
    tender = option("It is a tender", TENDER)
    ticked = [tender] if fields.is_tender else None
    return [
        amount_field("List price", LIST_PRICE, fields.list_price, currency, "30k"),
        field_input("Source", worded_input(fields.source, 200, "Referral"), SOURCE, optional=True),
        field_input("Product", worded_input(fields.product, 200, "Yard Planner"), PRODUCT, optional=True),
        field_input("Tender", checkboxes("chosen", [tender], ticked), TENDER, optional=True),
    ]


def amount_field(label: str, field: str, held: str, currency: str, example: str) -> Block:
    """Build the field of an amount; one that is longer than the field is left out."""
    hint = f"In {currency}: 24k, 24,000 or 24,000.50."
    typed = worded_input(held if len(held) <= MOST_VALUE else "", MOST_VALUE, example)
    return field_input(label, typed, field, hint=hint, optional=True)


def lost_form(deal: StoredOpportunity, moments: Sequence[KnowableMoment], private: str) -> dict[str, Any]:
    """Ask why a deal was lost, and first of all whether we should have been there (mechanism 33)."""
    return modal_of(
        "Deal lost",
        [
            section(words("pipeline/opportunity/opportunity", "losing", deal=deal)),
            belonged_field(),
            knowable_field(moments),
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
