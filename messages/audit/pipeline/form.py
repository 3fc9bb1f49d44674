"""The forms of an audit: why a deal is lost, until when it is parked, and what mends a finding."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from messages.audit.pipeline.ids import LOSING, MENDING, PARKING
from messages.blocks import Block, field_input, joined, modal_of, section
from messages.elements import checkboxes, date_picker, option, radio_buttons, user_select, worded_input
from messages.formatting import words
from messages.pipeline import merge as merges
from messages.pipeline import opportunity as deals
from messages.pipeline.waking import wakes_field
from sales.audit.check import DealFinding, Mend
from sales.language.figures import money
from sales.pipeline.deal_history import MovedBy
from sales.pipeline.debrief import KnowableMoment
from sales.pipeline.merge import AS_USUAL, MergeTerms
from sales.pipeline.opportunity import MAX_WORDS, StoredOpportunity
from sales.pipeline.stage import MAX_STAGE

UNTIL = "until"
WHAT, WHO, ROLE, DAY, ANSWER, GONE = "what", "who", "role", "day", "answer", "gone"
MOST_NAME = 200
MOST_TWINS = 10  # Slack's, of radio buttons
MOST_ASKED = 2  # deals from which on it is a question which is meant
MOST_VALUE = 40  # characters of an amount


def lost_form(deal: StoredOpportunity, moments: Sequence[KnowableMoment], private: str) -> dict[str, Any]:
    """Ask why a deal is lost, as everywhere; the audit goes on after it."""
    return {**deals.lost_form(deal, moments, private), "callback_id": LOSING}


def park_form(deal: StoredOpportunity, until: date, private: str) -> dict[str, Any]:
    """Ask until when a deal rests, and what wakes it before (mechanism 22)."""
    return modal_of(
        "Park the deal",
        [
            section(words("audit/pipeline/form", "parking", deal=deal)),
            field_input("Until", date_picker("chosen", str(until)), UNTIL),
            wakes_field(),
        ],
        callback_id=PARKING,
        submit="Park",
        private=private,
    )


def mend_form(
    finding: DealFinding, today: date, private: str, terms: MergeTerms | None = None
) -> dict[str, Any]:
    """Ask for what a finding lacks, and for nothing else; `terms` where it makes two deals one."""
    assert finding.check.mend is not None
    said = section(words("audit/pipeline/form", "mending", deal=finding.deal, finding=finding))
    if finding.check.mend is Mend.MERGE:
        fields = merge_fields(finding, today, terms or AS_USUAL)
    else:
        fields = FIELDS[finding.check.mend](finding, today)
    return modal_of(
        finding.check.name,
        [said, *fields],
        callback_id=MENDING,
        submit=SUBMITS.get(finding.check.mend, "Save"),
        private=private,
    )


def close_fields(finding: DealFinding, today: date) -> list[Block]:
    return [field_input("New close", date_picker("chosen"), DAY, hint="The day the buyer named.")]


def moved_fields(finding: DealFinding, today: date) -> list[Block]:
    answers = [
        option("The buyer", MovedBy.BUYER.value),
        option("We did", MovedBy.US.value),
        option("I don't know", MovedBy.UNKNOWN.value),
    ]
    return [
        field_input("Who moved it?", radio_buttons("chosen", answers), ANSWER, optional=True),
        field_input("New close", date_picker("chosen"), DAY, hint="Where it goes back to.", optional=True),
    ]


def step_fields(finding: DealFinding, today: date) -> list[Block]:
    return [
        field_input("Next step", worded_input("", MAX_WORDS, "Call about the offer"), WHAT),
        field_input("Day", date_picker("chosen"), DAY),
    ]


def decider_fields(finding: DealFinding, today: date) -> list[Block]:
    return [
        field_input("Who decides?", worded_input("", MOST_NAME, "Dana Reyes"), WHO),
        field_input(
            "What are they there?", worded_input("", MAX_STAGE, "Head of logistics"), ROLE, optional=True
        ),
    ]


def obstacle_fields(finding: DealFinding, today: date) -> list[Block]:
    return [
        field_input(
            "What could stop it?", worded_input("", MAX_WORDS, "Legal wants to see the contract"), WHAT
        ),
        field_input("Who sees to it?", user_select("chosen", finding.deal.owner_id), WHO),
        field_input("By when?", date_picker("chosen"), DAY, optional=True),
    ]


def overdue_fields(finding: DealFinding, today: date) -> list[Block]:
    gone = [option("It is out of the way", GONE)]
    return [
        field_input("Done?", checkboxes("chosen", gone), GONE, optional=True),
        field_input("Or a new day", date_picker("chosen"), DAY, optional=True),
    ]


def price_fields(finding: DealFinding, today: date) -> list[Block]:
    currency = finding.deal.currency
    return [
        field_input(
            "Value",
            worded_input("", MOST_VALUE, "24k"),
            deals.VALUE,
            hint=f"In {currency}: 24k, 24,000 or {money(2400050, currency)}.",
        )
    ]


SUBMITS: Mapping[Mend, str] = {Mend.MERGE: "Make them one"}


def merge_fields(finding: DealFinding, today: date, terms: MergeTerms) -> list[Block]:
    """Which deal stays, which of several goes into it, and what the two make; of one it is clear which."""
    others = finding.others[:MOST_TWINS]
    if len(others) < MOST_ASKED:
        made = [merges.makes(finding.deal, one, terms, today) for one in others]
        return [section(joined([merges.intro(finding.deal), *made]))]
    intro = section(joined([merges.intro(finding.deal), merges.below()]))
    found = [merges.option_of(finding.deal, one, terms, today) for one in others]
    return [intro, field_input("Which one is the same?", radio_buttons("chosen", found, found[0]), ANSWER)]


FIELDS: Mapping[Mend, Callable[[DealFinding, date], list[Block]]] = {
    Mend.CLOSE: close_fields,
    Mend.MOVED_BY: moved_fields,
    Mend.NEXT_STEP: step_fields,
    Mend.DECISION_MAKER: decider_fields,
    Mend.OBSTACLE: obstacle_fields,
    Mend.OVERDUE: overdue_fields,
    Mend.PRICE: price_fields,
}
