"""SQLite: one file, one process; WAL and `synchronous=FULL`, so that a confirmed write survives a power cut.

The settings and their reasons are those of delivery.md §7.
"""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import URL, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from storage.engines.connection import NearConnection
from storage.engines.connections import Connections
from storage.engines.engine import LOCK_SECONDS
from storage.engines.file import DatabaseFile
from storage.engines.unit import Unit
from storage.engines.writer import Writer
from storage.migrations import upgrade

READERS = 4


class SQLite:
    """One writer, whose units take turns and share commits, and readers beside it."""

    shared: ClassVar[bool] = False
    errors: ClassVar[tuple[type[BaseException], ...]] = (sqlite3.Error,)

    def __init__(self, url: URL) -> None:
        self.file = DatabaseFile(Path(url.database or ""))
        self.writing = engine(url, writes=True)
        self.reading = engine(url, writes=False)
        self.writer = Writer(Connections(self.writing, 1, lambda near: near), self.file)
        self.readers: Connections[NearConnection] = Connections(self.reading, READERS, lambda near: near)

    def unit(self, workspace_id: str | None, *, slow: bool = False) -> AbstractAsyncContextManager[Unit]:
        # All units take turns, so those of one workspace do. Nobody waits for those of the ledger.
        return self.writer.unit(patient=workspace_id is None)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Unit]:
        async with self.readers.lease() as link:
            await link.driver.say("BEGIN")  # all that is read is of one instant
            unit = Unit(link.connection, link.driver)
            try:
                yield unit
            finally:
                await unit.close()
                await link.driver.undo()

    async def prepare(self) -> None:
        self.file.make_private()
        async with self.unit(None) as unit, unit.connection.begin():
            await unit.connection.run_sync(upgrade)
        self.file.remember()

    def look(self) -> None:
        self.file.look()

    async def close(self) -> None:
        await self.writer.close()
        await self.readers.close()
        await self.writing.dispose()
        await self.reading.dispose()


def engine(url: URL, *, writes: bool) -> AsyncEngine:
    made = create_async_engine(
        url,
        async_creator=lambda: NearConnection(url),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1 if writes else READERS,
        max_overflow=0,
        pool_timeout=LOCK_SECONDS,
    )

    # A writer waits for the lock in its thread (`NearConnection.begin`); on the event loop nothing waits. It begins
    # IMMEDIATE: a deferred transaction that turns into a write fails at once whatever the busy timeout. Readers never
    # take the write lock, which would block everybody.
    @event.listens_for(made.sync_engine, "connect")
    def prepare(connection: Any, record: object) -> None:
        try:
            connection.isolation_level = None  # transactions are begun by units, never by the driver
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout={round(LOCK_SECONDS * 1000)}")
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA journal_mode=WAL" if writes else "PRAGMA query_only=1")
            if writes:
                cursor.execute("PRAGMA busy_timeout=0")
            cursor.close()
        except BaseException:
            connection.close()  # nobody else knows of it yet
            raise

    return made
