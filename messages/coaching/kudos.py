"""Kudos in words: who thanks whom for what, in a line."""

from messages.blocks import Message, actions, context, message_of, section
from messages.formatting import Mrkdwn, words
from messages.undo import undo_button

NOUN = "coaching/kudos"


def told(giver: str, receiver: str, deed: str) -> Message:
    """What the team's channel reads."""
    return message_of(words(NOUN, "told", giver=giver, receiver=receiver, deed=deed))


def told_alone(giver: str, deed: str, *, chose: bool) -> Message:
    """What somebody reads alone; `chose` says that they wanted it so."""
    said = words(NOUN, "alone", giver=giver, deed=deed)
    return message_of([section(said), context(words(NOUN, "alone_foot", chose=chose))])


def taken_back() -> Message:
    return message_of(words(NOUN, "taken_back"))


def given(receiver: str, channel: Mrkdwn, undo_id: int) -> Message:
    """Say where a word of thanks goes."""
    return with_undo(words(NOUN, "given", receiver=receiver, channel=channel), undo_id)


def given_alone(receiver: str, undo_id: int, *, chose: bool) -> Message:
    """Say that it goes to them alone, and why."""
    return with_undo(words(NOUN, "given_alone", receiver=receiver, chose=chose), undo_id)


def with_undo(said: Mrkdwn, undo_id: int) -> Message:
    return message_of([section(said), actions(undo_button(undo_id))])


def why(giver: str, *, in_channel: bool) -> Mrkdwn:
    return words(NOUN, "why", giver=giver, in_channel=in_channel)
