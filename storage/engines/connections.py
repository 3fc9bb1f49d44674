"""Connections that stay open, and are handed out one at a time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.engines.engine import LOCK_SECONDS


class CanClose(Protocol):
    @property
    def is_open(self) -> bool: ...


AnyDriver = TypeVar("AnyDriver", bound=CanClose)


class Link(Generic[AnyDriver]):
    """One open connection: as SQLAlchemy has it, and as its driver has it."""

    def __init__(self, connection: AsyncConnection, driver: AnyDriver) -> None:
        self.connection = connection
        self.driver = driver
        self.sound = True  # whether its state is known, so that it may be used again

    async def drop(self) -> None:
        """Give the connection up: nobody knows what state it is in."""
        with suppress(Exception):
            await self.connection.invalidate()
        await self.connection.close()


class Connections(Generic[AnyDriver]):
    """As many connections of an engine as are asked for at once, `most` at most; the one used last goes first.

    A checkout from SQLAlchemy's pool costs more than most questions, so what it hands out is kept. `wrap` makes of the
    driver's own connection what units ask.
    """

    def __init__(self, engine: AsyncEngine, most: int, wrap: Callable[[Any], AnyDriver]) -> None:
        self.engine = engine
        self.wrap = wrap
        self.free: list[Link[AnyDriver]] = []
        self.places = asyncio.Semaphore(most)

    @asynccontextmanager
    async def lease(self) -> AsyncIterator[Link[AnyDriver]]:
        """Hand out a connection; whoever leaves it in a state that nobody knows says that it is not sound.

        Raises:
            PoolTimeout: if none gets free within `LOCK_SECONDS`.
        """
        await self.place()
        try:
            link = await self.open_one()
            try:
                yield link
            finally:
                if link.sound:
                    self.free.append(link)
                else:
                    await asyncio.shield(link.drop())
        finally:
            self.places.release()

    async def place(self) -> None:
        if not self.places.locked():
            await self.places.acquire()
            return
        try:
            await asyncio.wait_for(self.places.acquire(), LOCK_SECONDS)
        except TimeoutError:
            raise PoolTimeout(f"no connection became free within {LOCK_SECONDS:g} s") from None

    async def open_one(self) -> Link[AnyDriver]:
        """Return a connection that is open as far as anybody knows: the server may have restarted meanwhile."""
        while self.free:
            link = self.free.pop()
            if link.driver.is_open:
                return link
            await link.drop()
        return await self.opened()

    async def opened(self) -> Link[AnyDriver]:
        connection = await self.engine.connect()
        try:
            raw = await connection.get_raw_connection()
        except BaseException:
            await connection.close()
            raise
        return Link(connection, self.wrap(raw.driver_connection))

    async def close(self) -> None:
        """Close every connection that is not in use, and forget it."""
        for link in self.free:
            await link.connection.close()
        self.free.clear()
