"""The machine's clock: the words to admins while nothing falls due, and when it is right again."""

from messages.blocks import Message, message_of
from messages.formatting import words


def wrong(trouble: str) -> Message:
    """Say that nothing falls due, and why."""
    text = words("nudges/clock", "wrong", trouble=trouble)
    return message_of(text)


def right() -> Message:
    """Say that things fall due again."""
    text = words("nudges/clock", "right")
    return message_of(text)
