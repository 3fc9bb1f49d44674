"""Undo in words: the button on every confirmation, and what was taken back."""

from messages.blocks import Message, message_of
from messages.elements import Element, button
from messages.formatting import words

UNDO = "undo"


def undo_button(undo_id: int) -> Element:
    """Return the button that takes one action back; it belongs on the action's confirmation."""
    return button("Undo", f"{UNDO}:{undo_id}", str(undo_id))


def undone(summary: str) -> Message:
    """Say what was taken back."""
    return message_of(words("undo", "undone", summary=summary))
