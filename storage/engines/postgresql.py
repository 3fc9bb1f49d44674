"""PostgreSQL: several processes, on several machines, beside each other (delivery.md §7)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

from sqlalchemy import URL, func, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.engines.engine import BUSY_SECONDS
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
MIGRATION = 7_246_245_633  # the name of the lock under which the schema changes; any number nobody else uses


class PostgreSQL:
    """A pool of connections that write and one of connections that may only read."""

    shared: ClassVar[bool] = True

    def __init__(self, url: URL) -> None:
        self.writing = engine(url, WRITERS)
        self.reading = engine(url, READERS, default_transaction_read_only="on")

    @asynccontextmanager
    async def unit(self, workspace_id: str | None) -> AsyncIterator[AsyncSession]:
        async with AsyncSession(self.writing, expire_on_commit=False) as session, session.begin():
            if workspace_id is not None:
                await session.exec(select(func.pg_advisory_xact_lock(func.hashtextextended(workspace_id, 0))))
            yield session

    async def prepare(self) -> None:
        async with self.writing.begin() as connection:
            await connection.execute(text("SET LOCAL statement_timeout = 0"))
            await connection.execute(select(func.pg_advisory_xact_lock(MIGRATION)))
            await connection.run_sync(upgrade)

    async def close(self) -> None:
        await self.writing.dispose()
        await self.reading.dispose()


def engine(url: URL, size: int, **settings: str) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        pool_pre_ping=True,  # a server that was restarted is noticed before a unit is begun, not within it
        connect_args={"timeout": BUSY_SECONDS, "server_settings": {**SETTINGS, **settings}},
    )
