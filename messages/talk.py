"""The small talk: refusals, trouble, faults, and help."""

from collections.abc import Sequence
from typing import Any, Protocol

from messages import kit
from messages.kit import Message
from messages.words import words
from sales.refusal import Refusal


class Usage(Protocol):
    """What help needs to know of a command."""

    @property
    def name(self) -> str: ...
    @property
    def usage(self) -> str: ...
    @property
    def summary(self) -> str: ...


class CommandUsage(Usage, Protocol):
    """A command with an example and subcommands."""

    @property
    def example(self) -> str: ...
    @property
    def subcommands(self) -> Sequence[Usage]: ...


def refusal(refused: Refusal) -> Message:
    """Say what cannot be done and what would work."""
    return kit.message(words("talk", "refusal", text=refused.text, example=refused.example))


def trouble(line: str) -> Message:
    """Say that something outside is in the way, in one line with its mend."""
    return kit.message(words("talk", "trouble", line=line))


def fault(reference: str) -> Message:
    """Say that we failed, with the reference to pass on."""
    return kit.message(words("talk", "fault", reference=reference))


def not_understood() -> Message:
    """Say that plain words were not understood, with some that are."""
    return kit.message(words("talk", "not_understood"))


def needs_form(command: str) -> Message:
    """Say that a form opens from the command only: Slack opens none from a message."""
    return kit.message(words("talk", "needs_form", command=command))


def usage(command: CommandUsage) -> Message:
    """Show how one command is used."""
    return kit.message(
        words("talk", "usage_text", command=command), [kit.section(words("talk", "usage", command=command))]
    )


def overview(commands: Sequence[CommandUsage]) -> Message:
    """Show every command in a line."""
    return kit.message(
        words("talk", "overview_text", count=len(commands)),
        [
            kit.section(words("talk", "overview", commands=commands)),
            kit.context(words("talk", "overview_hint")),
        ],
    )


def as_modal(message: Message, title: str = "Rainmaker") -> dict[str, Any]:
    """Show a message where a modal was, with nothing left to do but close it."""
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": title},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": message.blocks,
    }
