"""Consistency in words: active days, how weeks vary, and the streak."""

from messages.blocks import Block, Message, context, joined, message_of, section
from messages.formatting import words
from sales.coaching.consistency import Consistency


def shown(found: Consistency | None, name: str = "") -> Message:
    """Show how steadily somebody works, the reader where no name is given; None where nothing was ever logged."""
    if found is None:
        return message_of(words("coaching/consistency", "nothing"))
    low, high = min(found.weeks, default=0), max(found.weeks, default=0)
    lines = [
        words("coaching/consistency", "days", name=name, c=found),
        words("coaching/consistency", "weeks", c=found, low=low, high=high),
        words("coaching/consistency", "streak", c=found),
    ]
    return message_of([section(joined(lines)), context(words("coaching/consistency", "foot"))])


def week(found: Consistency) -> list[Block]:
    """Return the week in one small line."""
    return [context(words("coaching/consistency", "week", c=found))]
