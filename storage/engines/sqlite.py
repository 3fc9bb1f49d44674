"""SQLite: one file, one process; WAL and `synchronous=FULL`, so that a confirmed write survives a power cut.

The settings and their reasons are those of delivery.md §7.
"""

from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar

from sqlalchemy import URL, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.engines.connection import NearConnection
from storage.engines.engine import BUSY_SECONDS
from storage.engines.writer import Writer
from storage.migrations import upgrade

READERS = 4


class SQLite:
    """One writer, whose units take turns and share commits, and readers beside it."""

    shared: ClassVar[bool] = False

    def __init__(self, url: URL) -> None:
        self.writing = engine(url, writes=True)
        self.reading = engine(url, writes=False)
        self.writer = Writer(self.writing)

    def unit(self, workspace_id: str | None) -> AbstractAsyncContextManager[AsyncSession]:
        return self.writer.unit()  # all units take turns, so those of one workspace do

    async def prepare(self) -> None:
        async with self.writing.begin() as connection:
            await connection.run_sync(upgrade)

    async def close(self) -> None:
        await self.writing.dispose()
        await self.reading.dispose()


def engine(url: URL, *, writes: bool) -> AsyncEngine:
    made = create_async_engine(
        url,
        async_creator=lambda: NearConnection(url),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1 if writes else READERS,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
    )

    @event.listens_for(made.sync_engine, "connect")
    def prepare(connection: Any, record: object) -> None:
        try:
            connection.isolation_level = None  # transactions are begun below, never by the driver
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout={round(BUSY_SECONDS * 1000)}")
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA journal_mode=WAL" if writes else "PRAGMA query_only=1")
            cursor.close()
        except BaseException:
            connection.close()  # nobody else knows of it yet
            raise

    # BEGIN IMMEDIATE on the writer only: a deferred transaction that turns into a write fails at once
    # whatever the busy timeout, and a reader that takes the write lock blocks everybody.
    @event.listens_for(made.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made
