"""Replies that belong to no noun: refusals, trouble, faults."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from messages.blocks import (
    MESSAGE_BLOCKS,
    Block,
    Message,
    actions,
    context,
    divider,
    message_of,
    named_once,
    section,
)
from messages.elements import button
from messages.formatting import Mrkdwn, words
from messages.room import BODY, weight
from sales.refusal import Reading, Refusal

READING = "reading"  # the button of one way of reading what somebody typed
MOST_VALUE = 2_000  # characters of a button's value, Slack's limit


class Usage(Protocol):
    """What help needs to know of a command, or of a word after one."""

    @property
    def name(self) -> str: ...
    @property
    def usage(self) -> str: ...
    @property
    def summary(self) -> str: ...


class CommandUsage(Usage, Protocol):
    """A command with an example and the words that may follow it."""

    @property
    def example(self) -> str: ...
    @property
    def subcommands(self) -> Sequence[Usage]: ...


def refusal(refused: Refusal) -> Message:
    """Say what cannot be done and what would work; readings of it stand below as buttons, in place of an example.

    One that is too long for a button's value is left out.
    """
    offered = [one for one in refused.readings if len(one.typed) <= MOST_VALUE]
    example = refused.example if all(one.leads_on for one in offered) else None
    said = words("replies", "refusal", text=refused.text, example=example)
    if not offered:
        return message_of(said)
    buttons = (button(one.label, f"{READING}:{at}", one.typed) for at, one in enumerate(offered))
    return message_of([section(said), actions(*buttons)])


def unchanged() -> Mrkdwn:
    """Say of what was saved that it stood so already."""
    return words("replies", "unchanged")


def trouble(line: str) -> Message:
    """Say that something outside is in the way, in one line with its mend."""
    return message_of(words("replies", "trouble", line=line))


def fault(reference: str) -> Message:
    """Say that we failed, with the reference to pass on."""
    return message_of(words("replies", "fault", reference=reference))


def takes_long() -> Message:
    """Say that the answer is on its way: nothing is promised yet."""
    return message_of(words("replies", "takes_long"))


def kept() -> Message:
    """Say that a form was taken, later than it could be closed for."""
    return message_of(words("replies", "kept"))


def not_kept(errors: Mapping[str, str]) -> Message:
    """Say why a form was not taken, where it is not open any more."""
    return message_of(words("replies", "not_kept", why=" ".join(errors.values())))


def not_edited(message: Message) -> Message:
    """Say aside what a message could not be changed to any more."""
    note = words("replies", "not_edited")
    return message_of([context(note), *(message.blocks or [section(Mrkdwn(message.text))])])


def nearly(command: str) -> Message:
    """Say that plain words were not understood, but begin nearly as a command does."""
    return message_of(words("replies", "nearly", command=command))


def together(said: Sequence[Message]) -> Message:
    """Say several answers in one message, in their order; one that does not fit with its blocks says its sentence."""
    short: list[list[Block]] = [[divider(), section(Mrkdwn(one.text))] for one in said]
    found: list[Block] = []
    for at, one in enumerate(said):
        whole = [divider(), *one.blocks] if one.blocks else short[at]
        rest = [block for part in short[at + 1 :] for block in part]
        fits = (
            len(found) + len(whole) + len(rest) <= MESSAGE_BLOCKS and weight([*found, *whole, *rest]) <= BODY
        )
        found += whole if fits else short[at]
    return message_of(named_once(found[1:]))


def offered(readings: Sequence[Reading]) -> Message:
    """Ask which of these a sentence means that no phrase fits."""
    return refusal(Refusal(words("replies", "offered", count=len(readings)), readings=readings))


def courtesy(*, greets: bool) -> Message:
    """Answer somebody who only says something nice."""
    return message_of(words("replies", "courtesy", greets=greets))


def not_understood() -> Message:
    """Say that plain words were not understood, with some that are."""
    return message_of(words("replies", "not_understood"))


def needs_form(command: str) -> Message:
    """Say that a form opens from the command only: Slack opens none from a message."""
    return message_of(words("replies", "needs_form", command=command))


def as_modal(message: Message, title: str = "Rainmaker") -> dict[str, Any]:
    """Show a message where a modal was, with nothing left to do but close it."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": message.blocks,
    }
