"""Why: each message I sent lately with its reason, what waits and until when, and what I held back today."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from messages.blocks import Block, Message, context, message_of, section
from messages.formatting import words

SHORTCUT = "why.message"

SENT_SHOWN = 6  # with their reasons under Slack's 3,000 characters; the rest are counted
WAITING_SHOWN = 6
HELD_SHOWN = 8

SPOKEN = {  # what the ledger notes in a word
    "": "It was not needed.",
    "late": "Its time was over before it could be sent.",
    "covered by the next one": "The next one covers it.",
    "judged anew later": "A later look judged it anew.",
}


class WhyLine(NamedTuple):
    """One message and its reason. `at` is when it was sent, was to be sent, or will come."""

    name: str
    at: datetime
    reason: str


def spoken(reason: str) -> str:
    """Return a reason that the ledger keeps as a sentence."""
    said = SPOKEN.get(reason, reason)
    return f"{said[:1].upper()}{said[1:].removesuffix('.')}."


def reasons(
    sent: Sequence[WhyLine], waiting: Sequence[WhyLine], held: Sequence[WhyLine], zone: str
) -> Message:
    """List what was sent with its reason; what waits; and what was not sent today, with why; in the order given."""
    if not (sent or waiting or held):
        return message_of(words("nudges/why", "nothing"))
    blocks: list[Block] = [
        section(words("nudges/why", part, lines=lines[:shown], more=len(lines[shown:]), zone=zone))
        for part, lines, shown in (
            ("sent", sent, SENT_SHOWN),
            ("waiting", waiting, WAITING_SHOWN),
            ("held", held, HELD_SHOWN),
        )
        if lines
    ]
    blocks.append(context(words("nudges/why", "way")))
    counts = {"sent": len(sent), "waiting": len(waiting), "held": len(held)}
    return message_of(words("nudges/why", "summary", **counts), blocks)


def of_message(line: WhyLine, zone: str) -> Message:
    """Say why one message came, with the facts it was made from."""
    text = words("nudges/why", "of_message", line=line, zone=zone)
    return message_of(text, [section(text), context(words("nudges/why", "way"))])


def not_ours() -> Message:
    """Say that a message is none that we sent on our own."""
    return message_of(words("nudges/why", "not_ours"))
