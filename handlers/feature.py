"""Features: what a noun answers to. Each handler module declares one; the registry merges them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from handlers.context import Handler
from messages.blocks import Message
from sales.nudges.ledger import Ambiguity, Nudge
from sales.nudges.policy import Late, Skip
from sales.nudges.schedule import CatchUp, Occurrence
from sales.people.member import Member
from sales.people.team import Team
from storage.database import Database
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.scope import Scope

__all__ = ["Again", "Decider", "Feature", "Job", "Rendered", "Renderer", "Work"]

Rendered = Message | Skip | Late
Renderer = Callable[[Scope, DeliveryRow, datetime], Awaitable[Rendered]]
Again = Callable[[Scope, DeliveryRow, Sequence[int], datetime], Awaitable[Message]]
Decider = Callable[[Scope, ScheduleRow, Occurrence, datetime], Awaitable[list[Nudge]]]
Work = Callable[[Database, ScheduleRow, datetime], Awaitable[None]]


@dataclass(frozen=True)
class Job:
    """Something that recurs: which occurrences are made up for, and what an occurrence asks to be sent.

    `decide` returns the messages an occurrence asks for, none if nothing is worth saying. Where the message
    of a missed occurrence would have been written down had it been seen in time, `accounts` is true, and the
    heartbeat records that it was skipped or superseded.

    `work` is what takes too long for a unit of work: it runs before, in short ones of its own, while nobody waits,
    and behind everything else that is due. Should it be interrupted it is done again, so doing it twice must change
    nothing.
    """

    catch_up: CatchUp
    decide: Decider
    accounts: bool = True
    work: Work | None = None


@dataclass(frozen=True)
class Feature:
    """What one noun answers to, by Slack's ids and event types and by our kinds of schedule and message.

    `again` shows a message that was sent as things stand now, whatever became of the items it listed by id.
    `ambiguous` says what becomes of a message that may have arrived where nobody can look; it is skipped unless
    told otherwise.
    """

    actions: Mapping[str, Handler] = field(default_factory=dict)
    views: Mapping[str, Handler] = field(default_factory=dict)
    shortcuts: Mapping[str, Handler] = field(default_factory=dict)
    events: Mapping[str, Handler] = field(default_factory=dict)
    jobs: Mapping[str, Job] = field(default_factory=dict)
    renderers: Mapping[str, Renderer] = field(default_factory=dict)
    again: Mapping[str, Again] = field(default_factory=dict)
    ambiguous: Mapping[str, Ambiguity] = field(default_factory=dict)


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
