"""Waking in words: which parked deals are open again, with the way to let one sleep on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from messages.blocks import Block, Message, context, field_input, message_of, modal_of, section
from messages.elements import button, date_picker, option, radio_buttons
from messages.formatting import Mrkdwn, words
from sales.pipeline.opportunity import CLOSED, Opportunity, Stage, StoredOpportunity, Waking
from sales.pipeline.waking import WokeBy

PARK = "waking.park"
SAVE = "waking.save"  # the form's callback
ON_CARD = "waking.on_card"  # Park until… behind the three dots of a card
SAVE_ON_CARD = "waking.save_on_card"
UNTIL, WAKES = "until", "wakes"
ITEMS = 5
ASLEEP = CLOSED | {Stage.PARKED}


def woke(found: Sequence[tuple[StoredOpportunity, WokeBy]]) -> Message:
    """Say which deals are open again, five of them at most, and what woke each; of others how they stand by now."""
    there = [deal for deal, _ in found if deal.stage not in ASLEEP]
    blocks: list[Block] = []
    if len(found) > 1:
        blocks.append(section(words("pipeline/waking", "opening", count=len(there))))
    for deal, by in found[:ITEMS]:
        again = button("Park again…", f"{PARK}:{deal.id}", str(deal.id)) if deal in there else None
        line = words("pipeline/waking", "line", deal=deal, by=by.value, alone=len(found) == 1)
        blocks.append(section(line, again))
    if len(found) > ITEMS:
        blocks.append(context(words("pipeline/waking", "more", count=len(found) - ITEMS)))
    return message_of(blocks)


def touched(deal: StoredOpportunity) -> Mrkdwn:
    """Say that what was just logged woke a deal."""
    return words("pipeline/waking", "touched", deal=deal)


def form(deal: StoredOpportunity, until: date, private: str, callback_id: str = SAVE) -> dict[str, Any]:
    """Ask until when a deal sleeps, and what wakes it before."""
    fields = [
        section(words("pipeline/waking", "intro", deal=deal)),
        field_input("Park until", date_picker("chosen", str(until)), UNTIL),
        wakes_field(),
    ]
    return modal_of("Park the deal", fields, callback_id=callback_id, submit="Park", private=private)


def wakes_field() -> Block:
    """Ask what wakes a deal before its day (mechanism 22)."""
    wakes = [
        option("A call, a mail or a meeting with them is logged", Waking.ACTIVITY.value),
        option("The next period of the team begins", Waking.PERIOD.value),
    ]
    return field_input("Wake it earlier", radio_buttons("chosen", wakes), WAKES, optional=True)


def parked_note(deal: Opportunity) -> Mrkdwn:
    """Say that a deal was parked, where its card shows until when."""
    return words("pipeline/waking", "parked_note", deal=deal)


def why() -> str:
    return str(words("pipeline/waking", "why"))
