"""PostgreSQL: several processes, on several machines, beside each other (delivery.md §7).

None of them waits for another that froze: a unit gives up on what holds it up, and the server undoes the unit of a
process that says nothing more.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, ClassVar

from asyncpg import (
    Connection,
    IdleInTransactionSessionTimeoutError,
    InterfaceError,
    InternalClientError,
    PostgresError,
)
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.engines.connections import Connections, Link
from storage.engines.engine import BUSY_SECONDS, IDLE_SECONDS, LOCK_SECONDS
from storage.engines.queue import Queue
from storage.engines.unit import Unit
from storage.migrations import upgrade
from storage.trouble import Unsure

WRITERS = 6
READERS = 4
ANSWER_SECONDS = 4.5  # for an answer of the server's; it ends a statement before that, unless nobody is there
ON_THE_WAY = 0.25  # seconds that an answer may be on its way
SETTINGS = {
    "application_name": "rainmaker",
    "synchronous_commit": "on",
    "statement_timeout": "4s",
    # A process that freezes in the middle of a unit holds its locks; the server ends it, and the unit is undone.
    "idle_in_transaction_session_timeout": "5s",
    # The server lets go of a connection whose other end went away without a word.
    "tcp_user_timeout": "10s",
    "tcp_keepalives_idle": "10s",
    "tcp_keepalives_interval": "3s",
    "tcp_keepalives_count": "3",
    "timezone": "UTC",
}
# A migration may take long, and so may whoever waits for one that another process makes.
MIGRATING = {"statement_timeout": "0", "idle_in_transaction_session_timeout": "60s"}
MIGRATION = 7_246_245_633  # the number of the lock under which the schema changes; any that nobody else uses
LOCK_OF = "SELECT hashtextextended($1, 0)"
LOST = (PostgresError, InterfaceError, OSError)  # what comes of a connection that ends
# The same where the server ended it while nobody asked anything; then nothing is sent any more.
ENDED_BEFORE = InternalClientError
ENDED = "connection is closed: the server ended it before the commit"
UNDONE = "the transaction was undone: a statement of it had failed, and nobody said so"


class ServerWire:
    """A connection to the server, as units ask it."""

    def __init__(self, connection: "Connection[Any]") -> None:
        self.connection = connection

    @property
    def is_open(self) -> bool:
        return not self.connection.is_closed()

    def hang_up(self) -> None:
        """Close without a word; whoever waits for an answer would wait for this one too."""
        self.connection.terminate()

    async def part(self) -> None:
        """Close with a word, and wait a moment for the server to hear it."""
        with suppress(ENDED_BEFORE, *LOST):
            await self.connection.close(timeout=ON_THE_WAY)

    async def fetch(self, sql: str, values: Sequence[Any]) -> Sequence[Any]:
        """Run one statement and return all its rows."""
        found: Sequence[Any] = await self.connection.fetch(sql, *values)
        return found

    async def say(self, sql: str, patience: float | None = None) -> str:
        """Run statements that answer nothing, in one exchange; return what the server calls the last one."""
        return str(await self.connection.execute(sql, timeout=patience))


class PostgreSQL:
    """Connections that write, and others that may only read.

    A turn, a lock and a connection together are waited for `patience` seconds; a unit may rest for `idle` seconds.
    """

    shared: ClassVar[bool] = True
    errors: ClassVar[tuple[type[BaseException], ...]] = (PostgresError, InterfaceError, ENDED_BEFORE)

    def __init__(self, url: URL) -> None:
        self.url = url
        self.patience, self.idle = LOCK_SECONDS, IDLE_SECONDS
        self.writing = engine(url, WRITERS)
        self.reading = engine(url, READERS, default_transaction_read_only="on")
        self.writers: Connections[ServerWire] = Connections(self.writing, WRITERS, ServerWire)
        self.readers: Connections[ServerWire] = Connections(self.reading, READERS, ServerWire)
        self.locks: dict[str, int] = {}
        self.turns: dict[str, Queue] = {}

    @property
    def until(self) -> float:
        """The instant of the event loop's clock until which what is begun now waits."""
        return asyncio.get_running_loop().time() + self.patience

    @asynccontextmanager
    async def unit(self, workspace_id: str | None, *, slow: bool = False) -> AsyncIterator[Unit]:
        """Run a unit of work.

        Raises:
            Unsure: if nobody knows whether it was kept.
        """
        until = self.until
        async with self.turn(workspace_id, until), self.writers.lease(until) as link:
            unit = Unit(link.connection, link.driver)
            try:
                await self.begin(link, await self.lock_of(link, workspace_id), until, slow=slow)
                yield unit
                await unit.finish()
                await keep(link.driver)
            except BaseException as error:
                await leave(link, unit, error)
                raise

    @asynccontextmanager
    async def turn(self, workspace_id: str | None, until: float) -> AsyncIterator[None]:
        """Take turns within this process: one unit of a workspace at most holds or awaits its lock at the server.

        Were it more, and this process froze, each would get the lock after the other and rest with it, while all
        other processes wait. So too the connections are left to other workspaces and to delivery.

        Raises:
            PoolTimeout: if it was not its turn by then, or cannot be.
        """
        if workspace_id is None:
            yield
            return
        if workspace_id not in self.turns:
            self.turns[workspace_id] = Queue()
        async with self.turns[workspace_id].turn(until):
            yield

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Unit]:
        async with self.readers.lease(self.until) as link:
            unit = Unit(link.connection, link.driver)
            try:
                yield unit
                await unit.close()
            except BaseException as error:
                await leave(link, unit, error)
                raise

    async def begin(self, link: Link[ServerWire], lock: int | None, until: float, *, slow: bool) -> None:
        """Begin a transaction, behind the workspace's other units where it is one's; in one exchange.

        All locks together are waited for until that instant, and whoever holds up others may not rest.
        """
        left = max(until - asyncio.get_running_loop().time(), 0.001)
        said = f"BEGIN; SET LOCAL lock_timeout = {max(1, round(left * 1000))}"
        if not slow:
            said += f"; SET LOCAL idle_in_transaction_session_timeout = {round(self.idle * 1000)}"
        if lock is not None:
            said += f"; SELECT pg_advisory_xact_lock({lock})"
        await link.driver.say(said, left + ON_THE_WAY)

    async def lock_of(self, link: Link[ServerWire], workspace_id: str | None) -> int | None:
        """Return the number of a workspace's lock, which is the same for every process; asked once."""
        if workspace_id is None:
            return None
        if workspace_id not in self.locks:
            ((self.locks[workspace_id],),) = await link.driver.fetch(LOCK_OF, [workspace_id])
        return self.locks[workspace_id]

    async def prepare(self) -> None:
        migrating = engine(self.url, 1, patience=None, **MIGRATING)
        try:
            async with migrating.connect() as connection:
                wire = ServerWire((await connection.get_raw_connection()).driver_connection)
                await wire.say(f"BEGIN; SELECT pg_advisory_xact_lock({MIGRATION})")
                async with connection.begin():
                    await connection.run_sync(upgrade)
                await keep(wire)
        finally:
            await migrating.dispose()

    def look(self) -> None:
        """The server says so itself."""

    async def close(self) -> None:
        await self.writers.close()
        await self.readers.close()
        await self.writing.dispose()
        await self.reading.dispose()


async def keep(wire: ServerWire) -> None:
    """Commit.

    Raises:
        Unsure: if the answer was lost on its way.
        PostgresError, InterfaceError: if nothing was kept.
    """
    if not wire.is_open:
        raise InterfaceError(ENDED)
    try:
        said = await wire.say("COMMIT", ANSWER_SECONDS)
    except LOST as error:
        if isinstance(error, PostgresError) and (
            error.severity_en == "ERROR" or isinstance(error, IdleInTransactionSessionTimeoutError)
        ):
            raise
        raise Unsure from error
    if said != "COMMIT":
        raise RuntimeError(UNDONE)


async def leave(link: Link[ServerWire], unit: Unit, error: BaseException) -> None:
    """Undo what a unit did, and say whether its connection can be used again."""
    link.silent = isinstance(error, TimeoutError) or isinstance(error.__cause__, TimeoutError)
    usable = isinstance(error, Exception) and not isinstance(error, Unsure) and not link.silent
    link.sound = usable and await ended(link, unit)


async def ended(link: Link[ServerWire], unit: Unit) -> bool:
    """Undo what a unit did; say whether its connection can be used again."""
    try:
        await unit.abandon()
        if link.driver.is_open and link.driver.connection.is_in_transaction():
            await link.driver.say("ROLLBACK", ON_THE_WAY + 1)
    except (DBAPIError, ENDED_BEFORE, *LOST):  # the server has gone, the transaction with it
        return False
    return link.driver.is_open


def engine(url: URL, size: int, *, patience: float | None = ANSWER_SECONDS, **settings: str) -> AsyncEngine:
    """Return connections on which an answer is waited for as long as `patience` says."""
    return create_async_engine(
        url,
        isolation_level="AUTOCOMMIT",  # units begin and end their transactions themselves
        pool_size=size,
        max_overflow=0,
        pool_timeout=LOCK_SECONDS,
        connect_args={
            "timeout": BUSY_SECONDS,
            "command_timeout": patience,
            "server_settings": {**SETTINGS, **settings},
        },
    )
