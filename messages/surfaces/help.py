"""Help: every command in a line, and how one is used."""

from collections.abc import Sequence
from typing import Protocol

from messages import blocks as kit
from messages.blocks import Message
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
    return kit.message(
        words("surfaces/help", "usage_text", command=command),
        [kit.section(words("surfaces/help", "usage", command=command))],
    )


def overview(commands: Sequence[CommandUsage]) -> Message:
    """Show every command in a line."""
    return kit.message(
        words("surfaces/help", "overview_text", count=len(commands)),
        [
            kit.section(words("surfaces/help", "overview", commands=commands)),
            kit.context(words("surfaces/help", "overview_hint")),
        ],
    )
