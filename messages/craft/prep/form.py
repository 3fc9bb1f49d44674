"""The forms of a brief: why now, what it is worth to them, and what they said to its questions."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from messages.blocks import Block, field_input, modal_of, section
from messages.craft.prep import ids
from messages.elements import checkboxes, option, worded_input
from messages.formatting import words
from messages.pipeline import deal_contact as contact_views
from messages.pipeline import obstacle as obstacle_views
from sales.craft.prep.brief import BriefTopic, PrepBrief
from sales.craft.prep.facts import PrepFacts
from sales.craft.prep.person_told import written
from sales.craft.prep.question import MOST_ASKED, DealAnswer, DiscoveryQuestion
from sales.language.typed_text import MAX_NAME, MAX_WORDS, shorten
from sales.pipeline.deal_contact import MAX_ROLE
from sales.pipeline.opportunity import StoredOpportunity

NOUN = "craft/prep/form"
VALUE, REASON, AMOUNT = "value", "reason", "amount"
ANSWER = "answer:"  # and the key of the question, in the block id of its field
MOST_CHANGED = 10  # answers that stand in the form to be changed
MAX_HINT = 150  # characters below a field, Slack's limit for hints is far above what anybody reads
SUMMARIES: Mapping[BriefTopic, str] = {
    BriefTopic.WHO: "contact of",
    BriefTopic.WHY_NOW: "a fact about",
    BriefTopic.VALUE: "value case of",
    BriefTopic.OBSTACLES: "obstacle of",
}


def value(deal: StoredOpportunity, private: str) -> dict[str, Any]:
    """Ask what the thing is worth to the customer; what was said before stands in the field."""
    fields = [
        section(words(NOUN, "value_intro", deal=deal)),
        field_input(
            "What is it worth to them, in their words?",
            worded_input(deal.worth, MAX_WORDS, "Forty hours of sorting a month", long=True),
            VALUE,
        ),
    ]
    return modal_of("Value to them", fields, callback_id=ids.SAVE_VALUE, submit="Save", private=private)


def reason(account: str, private: str) -> dict[str, Any]:
    """Ask for one thing that changed at an account."""
    fields = [
        section(words(NOUN, "reason_intro", account=account)),
        field_input(
            "What changed at their place?",
            worded_input("", MAX_WORDS, "They open a second depot in Leeds", long=True),
            REASON,
        ),
    ]
    return modal_of("Why now", fields, callback_id=ids.SAVE_REASON, submit="Save", private=private)


def whole(found: PrepBrief, private: str) -> dict[str, Any]:
    """Ask for everything that a brief lacks at once; who is known already stands in the field."""
    known = found.known
    fields = [section(words(NOUN, "whole_intro", known=known))]
    for light in found.lights:
        if not light.is_green:
            fields += asked_of(light.topic, known)
    if known.deal is None:
        fields.append(field_input("How much?", worded_input("", MAX_NAME, "24k"), AMOUNT, optional=True))
    return modal_of("Prepare", fields, callback_id=ids.SAVE_WHOLE, submit="Save", private=private)


def asked_of(topic: BriefTopic, known: PrepFacts) -> list[Block]:
    """Return the fields that one line of a brief lacks."""
    if topic is BriefTopic.WHO:
        first = next(iter(sorted((one.who for one in known.contacts), key=lambda one: not one.decides)), None)
        stands = written(first) if first is not None else ""
        box = option("They decide", contact_views.YES)
        decides = first is not None and first.decides
        return [
            field_input(
                "Who is it, what role?",
                worded_input(stands, MAX_NAME + MAX_ROLE, "Dana Roe, CFO"),
                contact_views.NAME,
                optional=True,
            ),
            field_input(
                "Whose decision?",
                checkboxes("chosen", [box], [box] if decides else None),
                contact_views.DECIDES,
                optional=True,
            ),
        ]
    label, field, example, stands = {
        BriefTopic.WHY_NOW: (
            "What changed there?",
            REASON,
            "They open a second depot",
            known.reasons[0].says if known.reasons else "",
        ),
        BriefTopic.VALUE: ("Worth to them?", VALUE, "Forty hours a month", known.worth),
        BriefTopic.OBSTACLES: (
            "What could stop it?",
            obstacle_views.WHAT,
            "Legal wants our papers",
            known.obstacles[0].what.what if known.obstacles else "",
        ),
    }[topic]
    hint = f"So far: {shorten(stands, MAX_HINT)}" if stands else None
    return [field_input(label, worded_input("", MAX_WORDS, example), field, hint=hint, optional=True)]


def answers(
    questions: Sequence[DiscoveryQuestion], held: Sequence[DealAnswer], private: str
) -> dict[str, Any]:
    """Ask what they said to the open questions; answers that are `held` can be changed, or emptied: asked again."""
    fields: list[Block] = [
        answer_field(one.text, one.key, "", shorten(one.hint, MAX_HINT) or None)
        for one in questions[:MOST_ASKED]
    ]
    fields += [answer_field(one.question, one.key, one.says) for one in held[:MOST_CHANGED]]
    return modal_of(
        "What did they say?", fields, callback_id=ids.SAVE_ANSWERS, submit="Save", private=private
    )


def answer_field(question: str, key: str, says: str, hint: str | None = None) -> Block:
    entered = worded_input(says, MAX_WORDS, "In their words", long=True)
    return field_input(question, entered, f"{ANSWER}{key}", hint=hint, optional=True)


def asked_in(view: Mapping[str, Any]) -> dict[str, str]:
    """Return the questions of a form that came back, by their fields, in the words in which they were asked."""
    return {
        str(block["block_id"]): str(block["label"]["text"])
        for block in view.get("blocks", ())
        if str(block.get("block_id", "")).startswith(ANSWER)
    }


def key_of(field: str) -> str:
    """Return which question a field is for."""
    return field.removeprefix(ANSWER)


def of_deal(deal_id: int) -> str:
    """Return what the form of a follow-up keeps that is for a deal."""
    return json.dumps({"deal": deal_id})
