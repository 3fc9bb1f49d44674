"""Why: each message I sent lately with its reason, and what I held back today."""

from collections.abc import Sequence
from typing import Any

from messages import kit
from messages.kit import Message
from messages.words import words

NAMES = {
    "end_of_day": "End of day",
    "runway_alert": "Runway alert",
    "reminder": "Reminder",
    "welcome": "Welcome",
}


def reasons(sent: Sequence[Any], held: Sequence[Any], zone: str) -> Message:
    """List what was sent with its reason, the newest first, and what was not sent with its."""
    if not sent and not held:
        return kit.message(words("why", "nothing"))
    blocks = []
    if sent:
        blocks.append(kit.section(words("why", "sent", rows=sent, zone=zone, names=NAMES)))
    if held:
        blocks.append(kit.section(words("why", "held", rows=held, zone=zone, names=NAMES)))
    return kit.message(words("why", "summary", sent=len(sent), held=len(held)), blocks)
