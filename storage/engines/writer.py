"""The writer: one connection, units of work in turn, many of them in one durable commit.

Several connections that write make SQLite back off for seconds, and a commit per request costs most of the
request. So units take turns on one connection, and whoever finishes while nobody waits commits for all. A unit is
acknowledged only after that commit. The first unit of a group is the whole transaction while it runs; each
later one has a savepoint of its own, so that undoing it leaves the others be.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.orm.session import JoinTransactionMode
from sqlmodel.ext.asyncio.session import AsyncSession

LONGEST_GROUP = 64  # units in one commit: bounds how long the first one waits


@dataclass
class Group:
    """Units that will share a commit. `kept` is resolved when they are durable, or fails for all of them."""

    connection: AsyncConnection
    kept: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    units: int = 0


class Writer:
    """Hands out turns on the single writing connection."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.turn = asyncio.Lock()
        self.waiting = 0
        self.group: Group | None = None

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[AsyncSession]:
        """Run a unit of work: durable when the block is left, undone if the block raises.

        Raises:
            DBAPIError: if the shared commit fails; then no unit of the group was kept.
        """
        await self.take_turn()
        try:
            group = self.group or await self.begin()
            try:
                async with session_of(group) as session:
                    yield session
            finally:
                group.units += 1
                if not self.waiting or group.units >= LONGEST_GROUP:
                    await self.commit(group)
        finally:
            self.turn.release()
        await asyncio.shield(group.kept)

    async def take_turn(self) -> None:
        """Wait for the turn. Whoever gives up waiting commits what earlier units left to them."""
        self.waiting += 1
        try:
            await self.turn.acquire()
        except asyncio.CancelledError:
            self.waiting -= 1
            if self.group is not None and not self.waiting and not self.turn.locked():
                with suppress(Exception):  # the units of the group are told themselves
                    await asyncio.shield(self.commit_left())
            raise
        self.waiting -= 1

    async def commit_left(self) -> None:
        async with self.turn:
            if self.group is not None and not self.waiting:
                await self.commit(self.group)

    async def begin(self) -> Group:
        connection = await self.engine.connect()
        try:
            await connection.begin()
        except BaseException:
            await connection.close()
            raise
        self.group = Group(connection)
        return self.group

    async def commit(self, group: Group) -> None:
        """Make the group durable and tell its units; called with the turn held."""
        self.group = None
        try:
            await group.connection.commit()
        except BaseException as error:
            group.kept.set_exception(error)
            group.kept.exception()  # read here: the failing unit may be the only one, and it re-raises below
            await group.connection.invalidate()
            raise
        else:
            group.kept.set_result(None)
        finally:
            await group.connection.close()


@asynccontextmanager
async def session_of(group: Group) -> AsyncIterator[AsyncSession]:
    """A session for one unit; an error undoes this unit's work and nobody else's."""
    alone = not group.units
    mode: JoinTransactionMode = "rollback_only" if alone else "create_savepoint"
    session = AsyncSession(bind=group.connection, expire_on_commit=False, join_transaction_mode=mode)
    try:
        yield session
        await session.commit()
    except BaseException:
        await session.rollback()
        if alone:
            await group.connection.rollback()
            await group.connection.begin()
        raise
    finally:
        await session.close()
