"""Undo in words: the button on every confirmation, and what was taken back."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from messages.blocks import Block, Message, message_of, section
from messages.elements import Element, button
from messages.formatting import words

UNDO = "undo"
MOST_TOLD = 3  # nouns of one action; a list of more is not read


class ReadAt(NamedTuple):
    """The day, the zone and the fiscal year of whoever reads."""

    today: date
    zone: str
    fiscal_year_start: int = 1


def undo_button(undo_id: int) -> Element:
    """Return the button that takes one action back; it belongs on the action's confirmation."""
    return button("Undo", f"{UNDO}:{undo_id}", str(undo_id))


def undone(summary: str, stands: Sequence[str], below: Sequence[Block] = (), *, gone: bool) -> Message:
    """Say what was taken back, and how each noun stands again; `gone` where nothing is left of what was added."""
    told = stands[:MOST_TOLD]
    said = words("undo", "undone", summary=summary, stands=told, more=len(stands) - len(told), gone=gone)
    return message_of([section(said), *below] if below else said)
