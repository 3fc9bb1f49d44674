"""The queue in front of what units take turns on: whoever cannot be served in time is turned away at once.

A person who waits for two seconds to hear that nothing was stored has waited for nothing, and so has everybody behind.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.engines.engine import LOCK_SECONDS
from storage.trouble import Crowded

SHORT = 8  # units; so many may always wait, so that a pace that was slow once is measured again
SURE = 0.8  # of the time there is; who nearly made it waits for nothing too
WEIGHT = 1 / 16  # of the last turn in the pace


class Queue:
    """Turns, one after the other, and the pace at which they are over: seconds of a turn, the last ones counting most.

    `waiting` is how many units wait for theirs.
    """

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting = 0
        self.pace = 0.0

    def look(self, left: float) -> None:
        """Return if a turn can be expected within so many seconds.

        Raises:
            Crowded: if it cannot.
        """
        if self.waiting >= SHORT and (self.waiting + 1) * self.pace > SURE * left:
            raise Crowded(f"{self.waiting} wait already, {self.pace:.3f} s each")

    @asynccontextmanager
    async def turn(self, until: float, *, patient: bool = False) -> AsyncIterator[None]:
        """Wait for the turn until an instant of the event loop's clock, and take it.

        Raises:
            Crowded: if it cannot be expected by then, and this one is not `patient`.
            PoolTimeout: if it did not come by then.
        """
        if not patient:
            self.look(until - asyncio.get_running_loop().time())
        self.waiting += 1
        try:
            async with asyncio.timeout_at(until):
                await self.lock.acquire()
        except TimeoutError:
            raise PoolTimeout(f"no turn within {LOCK_SECONDS:g} s") from None
        finally:
            self.waiting -= 1
        began = time.perf_counter()
        try:
            yield
        finally:
            self.pace += (time.perf_counter() - began - self.pace) * WEIGHT
            self.lock.release()
