"""How long an event loop is held: somebody who sleeps for 1 ms, again and again, and notes how late they wake.

On a machine that others use, a process that has no processor wakes late too; `busiest` is the most of its own work, of
all its threads, that lay in one such time.
"""

import asyncio
import time

NAP = 0.001


class LoopHold:
    def __init__(self) -> None:
        self.task: asyncio.Task[None] | None = None
        self.most = self.busiest = 0.0

    async def begin(self) -> None:
        self.most = self.busiest = 0.0
        self.task = asyncio.create_task(self.beside())
        await asyncio.sleep(0)

    async def beside(self) -> None:
        while True:
            started, worked = time.perf_counter(), time.process_time()
            await asyncio.sleep(NAP)
            late = time.perf_counter() - started - NAP
            self.most = max(self.most, late)
            self.busiest = max(self.busiest, min(late, time.process_time() - worked))

    async def longest(self) -> float:
        """Return the longest time in milliseconds that the loop was held since `begin`."""
        await asyncio.sleep(NAP)  # a hold that just ended is noted
        assert self.task is not None
        self.task.cancel()
        await asyncio.wait([self.task])
        return self.most * 1000
