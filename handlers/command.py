"""What a command is: its words, who may use it, and which handler answers."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.ask import Handler
from sales.people.member import Member
from sales.people.team import Team


@dataclass(frozen=True)
class Subcommand:
    """A word after the command, with a handler of its own."""

    name: str
    usage: str
    summary: str
    run: Handler
    may: Callable[[Member, Team | None], bool] | None = None


@dataclass(frozen=True)
class Command:
    """A slash command: what it is for, how it is used, one example that works, and who may.

    With `mentions`, Slack sends `@ana` as `<@U1>`; without, a name such as acme.com stays as it was typed.
    """

    name: str
    usage: str
    summary: str
    example: str
    run: Handler
    subcommands: tuple[Subcommand, ...] = ()
    may: Callable[[Member, Team | None], bool] | None = None
    mentions: bool = False

    def route(self, text: str) -> tuple["Command | Subcommand", str]:
        """Return the command or the subcommand that the text begins with, and the rest of the text."""
        first, _, rest = text.strip().partition(" ")
        for sub in self.subcommands:
            if sub.name == first.casefold():
                return sub, rest.strip()
        return self, text.strip()
