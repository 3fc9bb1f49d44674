"""What the app at Slack does not offer yet, in words to an admin, and at the end of help."""

from collections.abc import Sequence

from messages.blocks import Message, actions, message_of, section
from messages.elements import button
from messages.formatting import Mrkdwn, words
from sales.language.figures import listed

NOUN = "nudges/app_manifest"
THERE = "app_manifest.there"


def awaited(parts: Sequence[str]) -> Message:
    """Tell an admin what Slack offers only once they bring it there, and how."""
    text = words(NOUN, "awaited", parts=listed(parts, "and"), count=len(parts))
    return message_of([section(text), actions(button("It is there", THERE))])


def settled() -> Message:
    return message_of(words(NOUN, "settled"))


def in_help(parts: Sequence[str]) -> Mrkdwn:
    """Return the line for everybody: what Slack does not offer yet, and how to have it all the same."""
    return words(NOUN, "in_help", parts=listed(parts, "and"), example=example(parts))


def example(parts: Sequence[str]) -> str:
    """Return how a command that Slack does not know yet is typed; empty where none is awaited."""
    first = next((one for one in parts if one.startswith("/") and " " not in one), "")
    return f"/rainmaker {first[1:]}" if first else ""
