"""Delivery: what a message says of its own way here."""

from dataclasses import replace

from messages.blocks import MESSAGE_BLOCKS, Message, context, joined
from messages.formatting import Mrkdwn, words


def may_repeat(message: Message) -> Message:
    """Return a message with a note that it may be there twice; one without blocks has it in its text."""
    note = words("nudges/ledger", "may_repeat")
    if not message.blocks:
        return Message(joined([Mrkdwn(message.text), note], " "))
    return replace(message, blocks=[*message.blocks[: MESSAGE_BLOCKS - 1], context(note)])
