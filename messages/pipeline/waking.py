"""Waking in words: which parked deals are open again, with the way to let one sleep on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from messages.blocks import Block, Message, context, field_input, message_of, modal_of, section
from messages.elements import button, date_picker
from messages.formatting import Mrkdwn, words
from sales.pipeline.opportunity import CLOSED, Stage, StoredOpportunity
from sales.pipeline.waking import WokeBy

PARK = "waking.park"
SAVE = "waking.save"  # the form's callback
UNTIL = "until"
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


def form(deal: StoredOpportunity, until: date, private: str) -> dict[str, Any]:
    """Ask until when a deal sleeps on."""
    fields = [
        section(words("pipeline/waking", "intro", deal=deal)),
        field_input("Park until", date_picker("chosen", str(until)), UNTIL),
    ]
    return modal_of("Park again", fields, callback_id=SAVE, submit="Park", private=private)


def why() -> str:
    return str(words("pipeline/waking", "why"))
