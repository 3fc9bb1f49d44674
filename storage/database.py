"""The database: one writer, readers beside it, migrated at start-up.

SQLite runs with WAL and `synchronous=FULL`: a confirmed write survives a power cut (delivery.md §7).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.connection import NearConnection
from storage.migrations import upgrade
from storage.scope import Ledger, Scope
from storage.trouble import StorageTrouble, explained
from storage.writer import Writer

BUSY_SECONDS = 10.0
READERS = 4


class Database:
    """Opens, migrates and hands out units of work. Create with `Database.open`."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        if self.url.get_backend_name() != "sqlite":
            raise StorageTrouble(
                f"DATABASE_URL names {self.url.get_backend_name()}; SQLite is what this version runs on."
            )
        self.writing = sqlite_engine(self.url, writes=True)
        self.reading = sqlite_engine(self.url, writes=False)
        self.writer = Writer(self.writing)

    @classmethod
    async def open(cls, url: str) -> "Database":
        """Return a database whose schema is up to date.

        Raises:
            StorageTrouble: in one line, if the file cannot be used or a newer version wrote it.
        """
        database = cls(url)
        try:
            with plain_trouble():
                async with database.writing.begin() as connection:
                    await connection.run_sync(upgrade)
        except BaseException:
            await database.close()
            raise
        return database

    async def close(self) -> None:
        await self.writing.dispose()
        await self.reading.dispose()

    @asynccontextmanager
    async def write(self, workspace_id: str) -> AsyncIterator[Scope]:
        """Run one unit of work in a workspace: all of it is durable on leaving, or none of it happened."""
        with plain_trouble():
            async with self.writer.unit() as session:
                yield Scope(session, workspace_id)

    @asynccontextmanager
    async def write_ledger(self) -> AsyncIterator[Ledger]:
        """Run one unit of work over all workspaces' schedules and deliveries."""
        with plain_trouble():
            async with self.writer.unit() as session:
                yield Ledger(session)

    @asynccontextmanager
    async def read(self, workspace_id: str) -> AsyncIterator[Scope]:
        """Read one workspace's rows as they are now, without waiting for the writer."""
        async with self.read_ledger() as ledger:
            yield ledger.workspace(workspace_id)

    @asynccontextmanager
    async def read_ledger(self) -> AsyncIterator[Ledger]:
        """Read all workspaces' schedules and deliveries."""
        with plain_trouble():
            async with AsyncSession(self.reading, expire_on_commit=False) as session:
                yield Ledger(session)


class plain_trouble:  # noqa: N801 -- reads as a statement: `with plain_trouble():`
    """Turn database errors that describe the database's state into one line with its mend."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DBAPIError | OSError | TimeoutError | asyncio.TimeoutError):
            trouble = explained(error)
            if trouble is not None:
                raise trouble from error


def sqlite_engine(url: URL, *, writes: bool) -> AsyncEngine:
    engine = create_async_engine(
        url,
        async_creator=lambda: NearConnection(url),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1 if writes else READERS,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
    )

    @event.listens_for(engine.sync_engine, "connect")
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
    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
