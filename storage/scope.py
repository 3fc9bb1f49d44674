"""Scopes: one workspace, or the whole ledger, inside one unit of work. No query runs without one.

What many questions of one unit need, such as who somebody is and when they work, is read once and kept with the
unit: `Scope.once`.
"""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from sales.nudges.declared import Declared

T = TypeVar("T")
KEPT = "kept"  # the name in a session's info under which its unit keeps what was read once


@dataclass(frozen=True)
class Scope:
    """One workspace's rows in one unit of work; what a query may see.

    `told` is what the features of this process declare, None where the database was opened without.
    """

    session: AsyncSession
    workspace_id: str
    told: Declared | None = None

    @property
    def declared(self) -> Declared:
        """The kinds of message, what recurs and what can be undone, as the features declare them."""
        return required(self.told)

    @property
    def ledger(self) -> "Ledger":
        """The ledger in the same unit of work."""
        return Ledger(self.session, self.told)

    async def once(self, noun: type, key: Hashable, read: Callable[[], Awaitable[T]]) -> T:
        """Return what `read` finds; the database is asked the first time in a unit of work, also if it finds nothing.

        `key` says which of a noun. Whoever writes such a noun calls `forget`, so that the unit sees what it wrote.
        """
        kept: dict[Hashable, T] = self.session.info.setdefault(KEPT, {}).setdefault(noun, {})
        place = self.workspace_id, key
        if place not in kept:
            kept[place] = await read()
        return kept[place]

    def keep(self, noun: type, key: Hashable, found: object) -> None:
        """Let `once` return this from now on in this unit of work: more is known of a noun than the database says."""
        self.session.info.setdefault(KEPT, {}).setdefault(noun, {})[self.workspace_id, key] = found

    def forget(self, noun: type) -> None:
        """Let everything of a noun be read anew in this unit of work: some of it was written."""
        self.session.info.get(KEPT, {}).pop(noun, None)


@event.listens_for(Session, "after_soft_rollback")
def forget_all(session: Session, undone: object) -> None:
    """Keep nothing that was read before a unit, or a savepoint in it, was undone: it may have been written there."""
    session.info.pop(KEPT, None)


@dataclass(frozen=True)
class Ledger:
    """All workspaces' schedules and deliveries in one unit of work; for the heartbeat and delivery alone."""

    session: AsyncSession
    told: Declared | None = None

    @property
    def declared(self) -> Declared:
        """The same as a scope's."""
        return required(self.told)

    def workspace(self, workspace_id: str) -> Scope:
        """Return the scope of one workspace in the same unit of work."""
        return Scope(self.session, workspace_id, self.told)


def required(told: Declared | None) -> Declared:
    """Return what the features declare; without it nothing would recur, and nobody would notice."""
    if told is None:
        raise LookupError(
            "this database was opened without what the features declare: Database.open(…, declared=…)"
        )
    return told
