"""Help: every command in a line, and how one is used."""

from collections.abc import Sequence
from typing import Protocol

from messages.blocks import Message, context, message_of, section
from messages.formatting import words


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


def usage(command: CommandUsage) -> Message:
    """Show how one command is used."""
    return message_of(
        words("surfaces/help", "usage_text", command=command),
        [section(words("surfaces/help", "usage", command=command))],
    )


def overview(commands: Sequence[CommandUsage]) -> Message:
    """Show every command in a line."""
    return message_of(
        words("surfaces/help", "overview_text", count=len(commands)),
        [
            section(words("surfaces/help", "overview", commands=commands)),
            context(words("surfaces/help", "overview_hint")),
        ],
    )
