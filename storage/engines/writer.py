"""The writer: one connection, units of work in turn, many of them in one durable commit.

Several connections that write make SQLite back off for seconds, and a commit per request costs most of the
request. So units take turns on one connection, and whoever finishes while nobody waits commits for all. A unit is
acknowledged only after that commit. Each has a savepoint of its own, so that undoing it leaves the others be.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.engines.connection import NearConnection
from storage.engines.connections import Connections, Link
from storage.engines.engine import LOCK_SECONDS
from storage.engines.file import GONE, DatabaseFile
from storage.engines.queue import Queue
from storage.engines.unit import Unit

LONGEST_GROUP = 64  # units in one commit: bounds how long the first one waits
PART = "part"  # the savepoint of one unit
GIVEN_UP = "a unit was stopped while it waited for an answer, and the connection with it"


@dataclass
class Group:
    """Units that will share a commit. `kept` is resolved when they are durable, or fails for all of them."""

    link: Link[NearConnection]
    let_go: AsyncExitStack
    kept: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    units: int = 0
    lost: BaseException | None = None  # what made SQLite undo the whole group

    @asynccontextmanager
    async def part(self) -> AsyncIterator[Unit]:
        """Give one unit its savepoint; an error undoes this unit's work and nobody else's."""
        near = self.link.driver
        await near.say(f"SAVEPOINT {PART}")
        unit = Unit(self.link.connection, near)
        try:
            yield unit
            await unit.finish()
        except BaseException as error:
            await unit.abandon()
            if near.in_transaction:
                await near.say(f"ROLLBACK TO {PART}")
                await near.say(f"RELEASE {PART}")
            else:  # SQLite undoes everything where, say, the disk is full
                self.lost = error if isinstance(error, Exception) else PoolTimeout(GIVEN_UP)
            raise
        await near.say(f"RELEASE {PART}")

    async def keep(self) -> None:
        """Make the units durable.

        Raises:
            Error: SQLite's, if they are not; none of them is.
        """
        if self.lost is not None:
            raise self.lost
        await self.link.driver.keep()


class Writer:
    """Hands out turns on the single writing connection."""

    def __init__(self, connections: Connections[NearConnection], file: DatabaseFile) -> None:
        self.connections = connections
        self.file = file
        self.last: Link[NearConnection] | None = None
        self.queue = Queue()
        self.group: Group | None = None

    @asynccontextmanager
    async def unit(self, *, patient: bool = False) -> AsyncIterator[Unit]:
        """Run a unit of work: durable when the block is left, undone if the block raises.

        Raises:
            Error: SQLite's, if the shared commit fails; then no unit of the group was kept.
            Crowded: if its turn cannot be expected within `LOCK_SECONDS`, and it is not `patient`.
            PoolTimeout: if it was not its turn, or another program held the file, for `LOCK_SECONDS`.
        """
        until = asyncio.get_running_loop().time() + LOCK_SECONDS
        async with self.turn(until, patient=patient):
            group = self.group or await self.begin(until)
            try:
                async with group.part() as unit:
                    yield unit
            except BaseException:
                with suppress(Exception):  # the others are told; this one has a reason of its own
                    await self.leave(group)
                raise
            await self.leave(group)
        await asyncio.shield(group.kept)

    @asynccontextmanager
    async def turn(self, until: float, *, patient: bool) -> AsyncIterator[None]:
        """Take the turn. Whoever gives up waiting commits what earlier units left to them."""
        has_come = False
        try:
            async with self.queue.turn(until, patient=patient):
                has_come = True
                yield
        except (asyncio.CancelledError, PoolTimeout):
            left = not has_come and self.group is not None
            if left and not self.queue.waiting and not self.queue.lock.locked():
                with suppress(Exception):  # the units of the group are told themselves
                    await asyncio.shield(self.commit_left())
            raise

    async def commit_left(self) -> None:
        async with self.queue.lock:
            if self.group is not None and not self.queue.waiting:
                await self.commit(self.group)

    async def leave(self, group: Group) -> None:
        """Count a unit as done; commit if nobody waits to join the group."""
        group.units += 1
        if not self.queue.waiting or group.units >= LONGEST_GROUP or group.lost is not None:
            await self.commit(group)

    async def begin(self, until: float) -> Group:
        let_go = AsyncExitStack()
        link = await let_go.enter_async_context(self.connections.lease())
        try:
            if link is not self.last:
                self.last = link
                self.file.forget_log()
            self.file.look()
            await link.driver.begin(until - asyncio.get_running_loop().time())
        except BaseException:
            await let_go.aclose()
            raise
        self.group = Group(link, let_go)
        return self.group

    async def commit(self, group: Group) -> None:
        """Make the group durable and tell its units; called with the turn held."""
        self.group = None
        try:
            await group.keep()
            self.file.look()
        except BaseException as error:
            group.kept.set_exception(error)
            group.kept.exception()  # read here: the failing unit may be the only one, and it re-raises below
            group.link.sound = str(error) == GONE  # a new connection would make a new file
            raise
        else:
            group.kept.set_result(None)
        finally:
            await group.let_go.aclose()
            if not group.link.sound:
                self.file.forget_log()  # it goes with the last connection

    async def close(self) -> None:
        """Close the connection; nothing is under way any more."""
        await self.connections.close()
