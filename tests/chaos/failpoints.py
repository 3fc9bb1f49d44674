"""Failpoints: where a replica can be made to die. The product has none; they are built from what it lets one observe.

`committed` is called after every durable unit of work, and an aiohttp trace sees every call to Slack on its way: so
each commit, and each step of each call, is a point with a name and a number that can be counted and be the last.
"""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import aiohttp

COMMIT = "commit"
KILLED = 137  # what a shell calls death by SIGKILL


class Points:
    """Counts the points a process passes; `last` names the one after which it does not go on.

    A point is named `commit#3` or `chat.postMessage:written#1`; a call is started, connected, written, and then
    answered or failed. `freeze` stops the process there instead of ending it.
    `tell` hears of the last one, and with `every` of each.
    """

    def __init__(
        self, tell: Callable[[str], None], last: str = "", *, every: bool = False, freeze: bool = False
    ) -> None:
        self.tell, self.last, self.every, self.freeze = tell, last, every, freeze
        self.passed: Counter[str] = Counter()

    def committed(self) -> None:
        self.passes(COMMIT)

    def passes(self, point: str) -> None:
        self.passed[point] += 1
        name = f"{point}#{self.passed[point]}"
        if self.every or name == self.last:
            self.tell(name)
        if name == self.last:
            if self.freeze:
                os.kill(os.getpid(), signal.SIGSTOP)
            else:
                os._exit(KILLED)

    def trace(self) -> aiohttp.TraceConfig:
        """Return a trace that passes a point at every step of a Web API call."""
        trace = aiohttp.TraceConfig()

        async def started(_: Any, context: SimpleNamespace, params: aiohttp.TraceRequestStartParams) -> None:
            context.method = params.url.name if params.url.path.startswith("/api/") else "elsewhere"
            self.passes(f"{context.method}:started")

        async def sent(_: Any, context: SimpleNamespace, params: Any) -> None:
            # Called just before the bytes go to the socket, which takes them in the same turn of the event loop.
            asyncio.get_running_loop().call_soon(self.passes, f"{context.method}:written")

        def step(name: str) -> Any:
            async def passed(_: Any, context: SimpleNamespace, params: Any) -> None:
                self.passes(f"{context.method}:{name}")

            return passed

        trace.on_request_start.append(started)
        trace.on_connection_create_end.append(step("connected"))
        trace.on_connection_reuseconn.append(step("connected"))
        trace.on_request_chunk_sent.append(sent)
        trace.on_response_chunk_received.append(step("answered"))
        trace.on_request_exception.append(step("failed"))
        return trace
