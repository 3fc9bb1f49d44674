"""Before a meeting, in words: the line that offers its brief, and one's own choice whether it comes."""

from collections.abc import Sequence
from datetime import date

from messages.blocks import Block, context, field_input, section
from messages.elements import Element, button, checkboxes, option
from messages.formatting import Mrkdwn, words
from sales.followups.followup import StoredFollowUp

NOUN = "craft/prep/meeting"
OPEN = "prep.of_promise"
BRIEFS = "prep_briefs"  # the field of one's own settings
ON = "on"
MOST_SHOWN = 3  # meetings; who has more tomorrow prepares from the list


def before(found: Sequence[StoredFollowUp], today: date, last: date) -> list[Block]:
    """Offer the briefs of some meetings, a line each."""
    blocks: list[Block] = [
        section(words(NOUN, "line", one=one, today=today, last=last), button_of(one))
        for one in found[:MOST_SHOWN]
    ]
    if len(found) > MOST_SHOWN:
        blocks.append(context(words(NOUN, "more", count=len(found) - MOST_SHOWN)))
    return blocks


def button_of(promise: StoredFollowUp) -> Element:
    """Return the way from a promise to the brief of whom it is with."""
    return button("Prepare", f"{OPEN}:{promise.id}", str(promise.id))


def why() -> Mrkdwn:
    """Say why an evening prompt came that nothing else led."""
    return words(NOUN, "why")


def setting(*, is_on: bool) -> Block:
    """The field of a person's own settings."""
    box = option("Brief before a meeting", ON, "The evening before, and in the morning note")
    return field_input(
        "Meetings, demos and visits you promised",
        checkboxes("chosen", [box], [box] if is_on else None),
        BRIEFS,
        optional=True,
    )


def switched_off() -> Mrkdwn:
    return words(NOUN, "switched_off")
