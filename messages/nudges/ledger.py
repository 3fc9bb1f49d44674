"""Delivery: what a message says of its own way here."""

from messages.blocks import MESSAGE_BLOCKS, Message, context, message_of
from messages.formatting import words

MARK = "(may repeat)"


def may_repeat(message: Message) -> Message:
    """Return a message with a note that it may be there twice."""
    text = f"{message.text} {MARK}"
    if not message.blocks:
        return Message(text)
    note = message_of("-", [context(words("nudges/ledger", "may_repeat"))])
    return Message(text, [*message.blocks[: MESSAGE_BLOCKS - 1], *note.blocks])
