"""The morning note: what features have to say before somebody's day; the way to ask for it."""

from collections.abc import Sequence
from datetime import time

from messages.blocks import Block, Message, message_of
from messages.elements import Element, button
from messages.formatting import words

PLACE = "morning:"  # and the day, in the values of buttons
WANT = "morning.want"


def note(parts: Sequence[Sequence[Block]]) -> Message:
    """Build the note; the same message again after each answer."""
    return message_of([block for part in parts for block in part])


def why(at: time) -> str:
    """Say why the note came."""
    return words("surfaces/morning", "why", at=at)


def offer() -> Element:
    return button("Send me a morning note", WANT)


def wanted(at: time) -> Message:
    """Say that it will come, and when."""
    return message_of(words("surfaces/morning", "wanted", at=at))
