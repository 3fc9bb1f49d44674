"""How long an app took itself until its ack: what others took of that time is not its own."""

import asyncio
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

OWN_SECONDS = 2.0  # of Slack's three; the rest belongs to the network between
TICK = 0.05
STALL = 0.25  # less is how any loop is late now and then, while an app waits all the same


class OwnTime:
    """Measures from entering to leaving, in real seconds.

    Neither what `held()` says was held back on purpose counts, nor what a busy machine gave to others: time in which
    this loop could not run counts as far as this process was computing in it.
    """

    def __init__(self, held: Callable[[], float]) -> None:
        self._held = held
        self._lag = 0.0
        self.seconds = 0.0

    async def __aenter__(self) -> Self:
        self._began = (time.monotonic(), time.process_time(), self._held())
        self._ticker = asyncio.get_running_loop().create_task(self._tick())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ticker.cancel()
        wall, computing, held = self._began
        took, computed = time.monotonic() - wall, time.process_time() - computing
        self.seconds = took - self._lag + min(self._lag, computed) - (self._held() - held)

    async def _tick(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(TICK)
            late = time.monotonic() - before - TICK
            self._lag += late if late > STALL else 0.0
