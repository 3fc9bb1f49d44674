"""Kinds of message and jobs: everything about what a feature sends, and what recurs for it, in one place each."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from handlers.section import Sections
from messages.blocks import Message
from sales.nudges.declared import MemberSpec, Recurring, Subject, TeamSpec
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import Ambiguity, Nudge
from sales.nudges.policy import Late, Skip
from sales.nudges.schedule import CatchUp, Occurrence
from storage.database import Database
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.scope import Ledger, Scope

Rendered = Message | Skip | Late
Renderer = Callable[[Scope, DeliveryRow, datetime], Awaitable[Rendered]]
Again = Callable[[Scope, DeliveryRow, Sequence[int], datetime], Awaitable[Message]]
Decider = Callable[[Scope, ScheduleRow, Occurrence, datetime], Awaitable[list[Nudge]]]
Work = Callable[[Database, ScheduleRow, datetime], Awaitable[None]]


RowsAhead = Callable[[Scope, Sequence[DeliveryRow], datetime], Awaitable[None]]
ClaimAhead = Callable[[Ledger, Sequence[DeliveryRow], datetime], Awaitable[None]]


async def nothing_ahead(ledger: Ledger, rows: Sequence[DeliveryRow], now: datetime) -> None:
    """Read nothing: each message asks for itself."""


class ReadingAhead(NamedTuple):
    """What is read at once for messages that leave together: before they are judged, and before those are rendered
    that may leave. Each finds there what it would have asked for itself."""

    judged: ClaimAhead = nothing_ahead
    shown: ClaimAhead = nothing_ahead


NOTHING_AHEAD = ReadingAhead()


class Made(NamedTuple):
    """How a kind of message is made, as `Kind` has it."""

    render: Renderer
    again: Again | None = None
    ahead: RowsAhead | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of message that is sent unasked: the policy's rules for it, and how it is made when it leaves.

    `render` makes it as things stand; None for the bundle alone, which is made of the others. `again` shows one that
    was sent as things stand now, whatever became of the items it listed by id. `ambiguity` says what becomes of one
    that may have arrived where nobody can look. A message made of what other features have to say `collects`: both
    are then made from all sections there are. Of messages that leave together, `ahead` reads at once what `render` is
    going to ask for each. One that is `rehearsed` works out what takes long, and is made once before it is due.
    """

    rules: NudgeKind
    render: Renderer | None = None
    again: Again | None = None
    ambiguity: Ambiguity = Ambiguity.SKIP
    collects: Callable[[Sections], Made] | None = None
    ahead: RowsAhead | None = None
    rehearsed: bool = False

    @property
    def key(self) -> str:
        return self.rules.key

    def of(self, sections: Sections) -> "Kind":
        """Return the kind as it is made from these sections, if it collects any."""
        if self.collects is None:
            return self
        made = self.collects(sections)
        return replace(self, render=made.render, again=made.again, ahead=made.ahead)


@dataclass(frozen=True)
class Job:
    """Something that recurs: for whom and when, which occurrences are made up for, and what one asks to be sent.

    `spec` says when, from what a team and a member decided (`of` MEMBER), or a team and its id (TEAM, CHANNEL).
    `decide` returns the messages an occurrence asks for, none if nothing is worth saying. Where the message of a
    missed occurrence would have been written down had it been seen in time, `accounts` is true, and the heartbeat
    records that it was skipped or superseded.

    `work` is what takes too long for a unit of work: it runs before, in short ones of its own, while nobody waits,
    and behind everything else that is due. Should it be interrupted it is done again, so doing it twice must change
    nothing.
    """

    key: str
    catch_up: CatchUp
    decide: Decider
    of: Subject
    spec: MemberSpec | TeamSpec
    accounts: bool = True
    work: Work | None = None

    @property
    def recurring(self) -> Recurring:
        """What the schedules are made from."""
        if self.of is Subject.MEMBER:
            return Recurring(self.key, self.of, member_spec=self.spec)  # type: ignore[arg-type]  # `of` says which
        return Recurring(self.key, self.of, team_spec=self.spec)  # type: ignore[arg-type]  # `of` says which
