"""The next step of a deal on its card, and the form that agrees one or changes it."""

from datetime import date
from typing import Any

from messages.blocks import Block, context, field_input, modal_of
from messages.elements import Element, button, date_picker, worded_input
from messages.formatting import Mrkdwn, words
from sales.followups.followup import FollowUp
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.opportunity import StoredOpportunity

OPEN = "deal_step.open"
SAVE = "deal_step.save"  # the form's callback
WHAT, DAY = "what", "day"


def line(facts: DealFacts, today: date) -> list[Block]:
    """Say what happens next, and when something happened last; nothing where neither is known."""
    said = words("pipeline/deal_step", "line", step=facts.next_step, last_touch=facts.last_touch, today=today)
    return [context(said)] if said else []


def way(deal: StoredOpportunity) -> Element:
    return button("Next step…", f"{OPEN}:{deal.id}", str(deal.id))


def form(step: FollowUp | None, day: date, private: str) -> dict[str, Any]:
    """Ask what happens next and when, filled with what is agreed already."""
    return modal_of(
        "Next step",
        [
            field_input(
                "What is the next step?",
                worded_input(step.what if step else "", 500, "Demo for the depot team", long=True),
                WHAT,
            ),
            field_input("By when?", date_picker("chosen", str(step.due_on if step else day)), DAY),
        ],
        callback_id=SAVE,
        submit="Save",
        private=private,
    )


def agreed(step: FollowUp, today: date) -> Mrkdwn:
    return words("pipeline/deal_step", "agreed", step=step, today=today)
