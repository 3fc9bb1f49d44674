"""How long an event loop is held: somebody who sleeps for 1 ms, again and again, and notes how late they wake."""

import asyncio
import time

NAP = 0.001


class LoopHold:
    def __init__(self) -> None:
        self.task: asyncio.Task[None] | None = None
        self.most = 0.0

    async def begin(self) -> None:
        self.most = 0.0
        self.task = asyncio.create_task(self.beside())
        await asyncio.sleep(0)

    async def beside(self) -> None:
        while True:
            started = time.perf_counter()
            await asyncio.sleep(NAP)
            self.most = max(self.most, time.perf_counter() - started - NAP)

    async def longest(self) -> float:
        """Return the longest time in milliseconds that the loop was held since `begin`."""
        await asyncio.sleep(NAP)  # a hold that just ended is noted
        assert self.task is not None
        self.task.cancel()
        await asyncio.wait([self.task])
        return self.most * 1000
