"""Connections that stay open, and are handed out one at a time."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.engines.engine import LOCK_SECONDS

NO_ANSWER = "no answer in time"  # `storage/trouble.py` says it in plain words


class CanClose(Protocol):
    @property
    def is_open(self) -> bool: ...

    def hang_up(self) -> None:
        """Close without a word, where the other end may not answer."""

    async def part(self) -> None:
        """Close with a word, and wait for the other end to hear it; not for long."""


AnyDriver = TypeVar("AnyDriver", bound=CanClose)


class Link(Generic[AnyDriver]):
    """One open connection: as SQLAlchemy has it, and as its driver has it."""

    def __init__(self, connection: AsyncConnection, driver: AnyDriver) -> None:
        self.connection = connection
        self.driver = driver
        self.sound = True  # whether its state is known, so that it may be used again
        self.silent = False  # whether the other end did not answer

    async def drop(self) -> None:
        """Give the connection up: nobody knows what state it is in."""
        self.driver.hang_up()
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
    async def lease(self, until: float | None = None) -> AsyncIterator[Link[AnyDriver]]:
        """Hand out a connection; whoever leaves it in a state that nobody knows says that it is not sound.

        `until` is an instant of the event loop's clock, `LOCK_SECONDS` from now if none is said.

        Raises:
            PoolTimeout: if none gets free until then.
            OSError: if none can be opened until then.
        """
        if until is None:
            until = asyncio.get_running_loop().time() + LOCK_SECONDS
        await self.place(until)
        try:
            link = await self.open_one(until)
            try:
                yield link
            finally:
                if link.sound:
                    self.free.append(link)
                else:
                    await asyncio.shield(self.drop(link))
        finally:
            self.places.release()

    async def place(self, until: float) -> None:
        if not self.places.locked():
            await self.places.acquire()
            return
        try:
            async with asyncio.timeout_at(until):
                await self.places.acquire()
        except TimeoutError:
            raise PoolTimeout(f"no connection became free within {LOCK_SECONDS:g} s") from None

    async def drop(self, link: Link[AnyDriver]) -> None:
        """Give a connection up; where nobody answered on it, those that idle beside it lead nowhere either."""
        idle = list(self.free) if link.silent else []
        if idle:
            self.free.clear()
        for one in (link, *idle):
            await one.drop()

    async def open_one(self, until: float) -> Link[AnyDriver]:
        """Return a connection that is open as far as anybody knows: the server may have restarted meanwhile."""
        while self.free:
            link = self.free.pop()
            if link.driver.is_open:
                return link
            await link.drop()
        try:
            async with asyncio.timeout_at(until):
                return await self.opened()
        except TimeoutError:
            raise ConnectionError(NO_ANSWER) from None

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
        free, self.free = self.free, []
        await asyncio.gather(*(link.driver.part() for link in free))
        for link in free:
            await link.connection.close()
