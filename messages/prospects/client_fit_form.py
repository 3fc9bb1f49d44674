"""What is known of an account, as it is asked for in a form: its attitude, what shows it, and what it is on paper."""

from collections.abc import Mapping
from typing import Any

from messages.blocks import Block, field_input, modal_of, section
from messages.elements import checkboxes, option, radio_buttons, worded_input
from messages.formatting import words
from messages.prospects.client_fit import NOUN, AccountTold
from messages.prospects.ideal_client import MAX_RANGE, POINTS, short_typed
from sales.language.figures import minor_per_unit
from sales.language.names.match import name_key
from sales.language.typed_text import MAX_NAME, MAX_WORDS
from sales.pipeline.account import MarketReach
from sales.prospects.attitude import BUYS_ON, AttitudeAnswer, SellingPoint, Stance
from sales.prospects.ideal_client import Criterion

SAVE = "client_fit.save"  # the form's callback
EVIDENCE, POINTS_FIELD, STATEMENT = "evidence", "buys_on", "statement"
EMPLOYEES, REVENUE, LOCATIONS, REACH, SECTOR, PARENT = (
    "employees",
    "revenue_minor",
    "locations",
    "reach",
    "sector",
    "parent",
)  # the account's columns
UNKNOWN = "unknown"
STANCES: Mapping[str, str] = {
    Stance.YES: "Yes",
    Stance.PARTLY: "Partly",
    Stance.NO: "No",
    UNKNOWN: "Not known yet",
}


def form(told: AccountTold, private: str) -> dict[str, Any]:
    """Ask what is known of an account, filled with what is."""
    held = {name_key(one.question): one for one in told.answers}
    buys = held.get(name_key(BUYS_ON))
    points = {one: option(one.value.capitalize(), one.value, POINTS[one]) for one in SellingPoint}
    chosen = [points[one] for one in (buys.points if buys is not None else ())]
    fields: list[Block] = [
        section(words(NOUN, "form_intro", name=told.name)),
        field_input(
            "What do they buy on?",
            checkboxes("chosen", list(points.values()), chosen),
            POINTS_FIELD,
            optional=True,
        ),
    ]
    statements = told.wanted.asked_statements if told.wanted is not None else ()
    fields += [statement_field(at, text, held.get(name_key(text))) for at, text in enumerate(statements)]
    fields.append(
        field_input(
            "How do we know?",
            worded_input("", MAX_WORDS, "Their buyer asked three vendors for the lowest quote", long=True),
            EVIDENCE,
            hint="Kept beside what you answered here.",
            optional=True,
        )
    )
    return modal_of(
        "What we know", [*fields, *paper_fields(told)], callback_id=SAVE, submit="Save", private=private
    )


def statement_field(at: int, text: str, held: AttitudeAnswer | None) -> Block:
    """Return the field of one statement: whether it holds."""
    options = {value: option(label, str(value)) for value, label in STANCES.items()}
    stance = held.stance if held is not None else None
    initial = options[stance] if stance is not None else None
    return field_input(
        text, radio_buttons("chosen", list(options.values()), initial), f"{STATEMENT}:{at}", optional=True
    )


def paper_fields(told: AccountTold) -> list[Block]:
    """Return the fields of what is known on paper; what only a parent says is no answer of the account's own."""
    firm = told.firm
    reaches = {one: option(one.value.capitalize(), one.value) for one in MarketReach}
    own_reach = firm.reach if Criterion.REACH not in firm.borrowed else None
    revenue = firm.revenue_minor
    typed = "" if revenue is None else short_typed(revenue // minor_per_unit(told.currency))

    def figure(value: int | None) -> str:
        return "" if value is None else str(value)

    return [
        field_input(
            "Employees", worded_input(figure(firm.employees), MAX_RANGE, "120"), EMPLOYEES, optional=True
        ),
        field_input(
            f"Yearly revenue in {told.currency}",
            worded_input(typed, MAX_RANGE, "20m"),
            REVENUE,
            optional=True,
        ),
        field_input(
            "Locations", worded_input(figure(firm.locations), MAX_RANGE, "3"), LOCATIONS, optional=True
        ),
        field_input(
            "Regional or national",
            radio_buttons("chosen", list(reaches.values()), reaches[own_reach] if own_reach else None),
            REACH,
            optional=True,
        ),
        field_input(
            "Sector",
            worded_input(firm.sector if Criterion.SECTOR not in firm.borrowed else "", MAX_NAME, "Logistics"),
            SECTOR,
            optional=True,
        ),
        field_input(
            "Part of",
            worded_input(next(iter(told.parents.above), ""), MAX_NAME, "Globex Holding"),
            PARENT,
            hint="The company it belongs to.",
            optional=True,
        ),
    ]
