"""PostgreSQL: several processes, on several machines, beside each other (delivery.md §7)."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, ClassVar

from asyncpg import Connection, InterfaceError, PostgresError
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.engines.connections import Connections, Link
from storage.engines.engine import BUSY_SECONDS
from storage.engines.unit import Unit
from storage.migrations import upgrade

WRITERS = 6
READERS = 4
SETTINGS = {
    "application_name": "rainmaker",
    "synchronous_commit": "on",
    "statement_timeout": "5s",
    # A process that freezes in the middle of a unit holds its locks; the server ends it, and the unit is undone.
    "idle_in_transaction_session_timeout": "30s",
    "timezone": "UTC",
}
MIGRATION = 7_246_245_633  # the number of the lock under which the schema changes; any that nobody else uses
LOCK_OF = "SELECT hashtextextended($1, 0)"


class ServerWire:
    """A connection to the server, as units ask it."""

    def __init__(self, connection: "Connection[Any]") -> None:
        self.connection = connection

    @property
    def is_open(self) -> bool:
        return not self.connection.is_closed()

    async def fetch(self, sql: str, values: Sequence[Any]) -> Sequence[Any]:
        """Run one statement and return all its rows."""
        found: Sequence[Any] = await self.connection.fetch(sql, *values)
        return found

    async def say(self, sql: str) -> None:
        """Run statements that answer nothing, in one exchange."""
        await self.connection.execute(sql)


class PostgreSQL:
    """Connections that write, and others that may only read."""

    shared: ClassVar[bool] = True
    errors: ClassVar[tuple[type[BaseException], ...]] = (PostgresError, InterfaceError)

    def __init__(self, url: URL) -> None:
        self.writing = engine(url, WRITERS)
        self.reading = engine(url, READERS, default_transaction_read_only="on")
        self.writers: Connections[ServerWire] = Connections(self.writing, WRITERS, ServerWire)
        self.readers: Connections[ServerWire] = Connections(self.reading, READERS, ServerWire)
        self.locks: dict[str, int] = {}

    @asynccontextmanager
    async def unit(self, workspace_id: str | None) -> AsyncIterator[Unit]:
        async with self.writers.lease() as link:
            await self.begin(link, await self.lock_of(link, workspace_id))
            unit = Unit(link.connection, link.driver)
            try:
                yield unit
                await unit.finish()
                await link.driver.say("COMMIT")
            except BaseException as error:
                link.sound = isinstance(error, Exception) and await ended(link, unit)
                raise

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Unit]:
        async with self.readers.lease() as link:
            unit = Unit(link.connection, link.driver)
            try:
                yield unit
                await unit.close()
            except BaseException as error:
                link.sound = isinstance(error, Exception) and await ended(link, unit)
                raise

    async def begin(self, link: Link[ServerWire], lock: int | None) -> None:
        """Begin a transaction, behind the workspace's other units where it is one's; in one exchange."""
        wait = f"; SELECT pg_advisory_xact_lock({lock})" if lock is not None else ""
        await link.driver.say(f"BEGIN{wait}")

    async def lock_of(self, link: Link[ServerWire], workspace_id: str | None) -> int | None:
        """Return the number of a workspace's lock, which is the same for every process; asked once."""
        if workspace_id is None:
            return None
        if workspace_id not in self.locks:
            ((self.locks[workspace_id],),) = await link.driver.fetch(LOCK_OF, [workspace_id])
        return self.locks[workspace_id]

    async def prepare(self) -> None:
        async with self.unit(None) as unit, unit.connection.begin():
            await self.begin_migration(unit)
            await unit.connection.run_sync(upgrade)

    async def begin_migration(self, unit: Unit) -> None:
        await unit.driver.fetch("SET LOCAL statement_timeout = 0", [])
        await unit.driver.fetch("SELECT pg_advisory_xact_lock($1)", [MIGRATION])

    def look(self) -> None:
        """The server says so itself."""

    async def close(self) -> None:
        await self.writers.close()
        await self.readers.close()
        await self.writing.dispose()
        await self.reading.dispose()


async def ended(link: Link[ServerWire], unit: Unit) -> bool:
    """Undo what a unit did; say whether its connection can be used again."""
    try:
        await unit.abandon()
        if link.driver.connection.is_in_transaction():
            await link.driver.say("ROLLBACK")
    except (
        DBAPIError,
        PostgresError,
        InterfaceError,
        OSError,
    ):  # the server has gone, the transaction with it
        return False
    return link.driver.is_open


def engine(url: URL, size: int, **settings: str) -> AsyncEngine:
    return create_async_engine(
        url,
        isolation_level="AUTOCOMMIT",  # units begin and end their transactions themselves
        pool_size=size,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        connect_args={"timeout": BUSY_SECONDS, "server_settings": {**SETTINGS, **settings}},
    )
