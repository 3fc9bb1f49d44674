"""Why: each message I sent lately with its reason, what waits and until when, and what I held back today."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from messages.blocks import Block, Message, actions, context, message_of, modal_of, section
from messages.elements import button
from messages.formatting import sentence, words
from messages.nudges import worth
from sales.language.typed_text import shorten

SHORTCUT = "why.message"

ALL = "why.all"
SHOWN = 5  # of each sort; the rest are counted, and shown by a press
MOST = 12  # then; under Slack's 3,000 characters
LINE = 110  # characters of a reason: a line on a wide screen, two or three on a phone
SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z]\w* [^\W\d])")  # not within a date: "Fr., 2. Okt. was"

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

    @property
    def in_short(self) -> str:
        """Return the reason where it is a line, else its first sentence; the whole stands behind the message's menu."""
        whole = " ".join(self.reason.split())
        return whole if len(whole) <= LINE else shorten(SENTENCE.split(whole, maxsplit=1)[0], LINE)


def spoken(reason: str) -> str:
    """Return a reason that the ledger keeps as a sentence."""
    said = SPOKEN.get(reason, reason)
    return f"{sentence(said).removesuffix('.')}."


class Reasons(NamedTuple):
    """What was sent lately, what waits, and what was not sent today, each with its reason and the newest first."""

    sent: Sequence[WhyLine]
    waiting: Sequence[WhyLine]
    held: Sequence[WhyLine]

    @property
    def unshown(self) -> int:
        """Return how many of them a message has no room for."""
        return sum(max(0, len(lines) - SHOWN) for lines in self)


def reasons(found: Reasons, zone: str) -> Message:
    """List what was sent, what waits, and what was not sent, a line each; a press shows the others."""
    if not any(found):
        return message_of(words("nudges/why", "nothing"))
    blocks = listed(found, zone, SHOWN)
    if found.unshown:
        blocks.append(actions(button(words("nudges/why", "rest", more=found.unshown), ALL)))
    blocks.append(context(words("nudges/why", "way")))
    return message_of(blocks)


def every_reason(found: Reasons, zone: str) -> dict[str, Any]:
    """Show those too that the message had no room for."""
    return modal_of("Why", listed(found, zone, MOST), close="Close")


def listed(found: Reasons, zone: str, most: int) -> list[Block]:
    """Return each sort as a paragraph, its first lines only."""
    return [
        section(words("nudges/why", part, lines=lines[:most], more=len(lines[most:]), zone=zone))
        for part, lines in found._asdict().items()
        if lines
    ]


def of_message(line: WhyLine, zone: str, delivery_id: str) -> Message:
    """Say why one message came, with the facts it was made from, and ask whether it was useful."""
    text = words("nudges/why", "of_message", line=line, zone=zone)
    return message_of([section(text), worth.answers(delivery_id), context(words("nudges/why", "way"))])


def not_ours() -> Message:
    """Say that a message is none that we sent on our own."""
    return message_of(words("nudges/why", "not_ours"))
