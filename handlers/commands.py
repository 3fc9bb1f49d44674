"""Commands: those that features declare, each with the words that may follow it, and the plain words that mean them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Protocol

from handlers.declaration import Command, Phrase
from sales.language.names.match import is_slip
from sales.language.phrases import Saying
from sales.language.typed_text import shorten
from sales.refusal import Reading

OURS = "rainmaker"  # the command under which every other one works too
LONGEST_LABEL = 60  # of a button that says a whole line


class Declaring(Protocol):
    """What declares commands and plain words: a feature."""

    @property
    def name(self) -> str: ...
    @property
    def commands(self) -> tuple[Command, ...]: ...
    @property
    def phrases(self) -> tuple[Phrase, ...]: ...


@dataclass(frozen=True)
class SlashCommand(Command):
    """A command with the words that may follow it, in the order in which help lists them."""

    subcommands: tuple[Command, ...] = ()

    @property
    def takes_mentions(self) -> bool:
        """Whether Slack sends people and channels as tags: it does so for a command with all words after it."""
        return self.mentions or any(one.mentions for one in self.subcommands)

    def route(self, text: str) -> tuple[Command, str]:
        """Return the command, or the one that the text begins with, a colon behind it or not, and what is left."""
        first, _, rest = text.strip().partition(" ")
        for sub in self.subcommands:
            if sub.name == first.casefold().removesuffix(":"):
                return sub, rest.strip()
        return self, text.strip()

    def nearly(self, text: str) -> Reading | None:
        """Return what a text says whose first word is a word after this command with one letter wrong; else None."""
        first, _, rest = text.strip().partition(" ")
        for sub in self.subcommands:
            if is_slip(first, sub.name):
                typed = f"/{self.name} {sub.name} {rest}".strip()
                return Reading(shorten(typed, LONGEST_LABEL), typed)
        return None


def slash_commands(features: Iterable[Declaring]) -> tuple[SlashCommand, ...]:
    """Put the words after a command under it."""
    every = list(features)
    declared = sorted(chain.from_iterable(one.commands for one in every), key=lambda one: one.order)
    owners = {command.name: one.name for one in every for command in one.commands}
    made = {one.name: SlashCommand(**vars(one)) for one in declared if " " not in one.name}
    for one in declared:
        command, _, word = one.name.partition(" ")
        if not word:
            continue
        if command not in made:
            raise ValueError(f"{owners[one.name]}: there is no command {command!r} for the word {word!r}")
        held = made[command]
        made[command] = replace(held, subcommands=(*held.subcommands, replace(one, name=word)))
    return tuple(made.values())


def sayings(features: Iterable[Declaring], commands: Iterable[SlashCommand]) -> Iterator[Saying]:
    """Yield the ways of saying commands in plain words, the commands' own names last."""
    every = tuple(commands)
    known = {one.name for one in every}
    known |= {sub.name for one in every if one.name == OURS for sub in one.subcommands}
    for one in features:
        for phrase in one.phrases:
            if phrase.command not in known:
                raise ValueError(
                    f"{one.name}: {phrase.pattern!r} means the command {phrase.command!r}, which is none"
                )
            yield phrase.saying
    names = "|".join(sorted(known - {OURS}))
    yield Phrase(rf"/?(?:{OURS}\s+)?({names})(?:\s+(.*))?", r"\1", r"\2").saying
    yield Phrase(rf"/?{OURS}(?:\s+(.*))?", OURS, r"\1").saying
