"""Knowing when the app has finished: nothing under way, and nothing new for a moment."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

QUIET_SECONDS = 0.03  # longer than a durable write plus a loopback call, short enough for thousands of steps
LIMIT_SECONDS = 10.0  # an app that never stops calling must not hang a test


class PageActivity:
    """Counts what is under way: API requests in flight and payloads awaiting their ack."""

    def __init__(self, quiet: float = QUIET_SECONDS, limit: float = LIMIT_SECONDS) -> None:
        self.quiet = quiet
        self.limit = limit
        self._under_way = 0
        self._last = 0.0
        self._free = asyncio.Event()
        self._free.set()
        self._busy: list[Callable[[], bool]] = []

    def begin(self) -> None:
        """One more piece of work is under way."""
        self._under_way += 1
        self._free.clear()
        self._touch()

    def end(self) -> None:
        """One piece of work is done; the quiet time starts again."""
        self._under_way -= 1
        self._touch()
        if not self._under_way:
            self._free.set()

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Mark one piece of work from entering to leaving."""
        self.begin()
        try:
            yield
        finally:
            self.end()

    def busy_when(self, probe: Callable[[], bool]) -> None:
        """Also wait while `probe()` is true: for an app in this process that knows it is not done."""
        self._busy.append(probe)

    async def settled(self, limit: float | None = None) -> bool:
        """Wait until nothing is under way and nothing new came for the quiet time.

        Returns False if that did not happen within `limit` seconds, usually those it was made with; never raises.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + (self.limit if limit is None else limit)
        while (now := loop.time()) < end:
            if self._under_way:
                await self._freed(end - now)
            elif any(probe() for probe in self._busy):
                await asyncio.sleep(min(self.quiet, 0.005))
                self._touch()
            elif (rest := self._last + self.quiet - now) > 0:
                await asyncio.sleep(min(rest, end - now))
            else:
                return True
        return False

    async def _freed(self, patience: float) -> None:
        try:
            async with asyncio.timeout(patience):
                await self._free.wait()
        except TimeoutError:
            return

    def _touch(self) -> None:
        self._last = asyncio.get_running_loop().time()
