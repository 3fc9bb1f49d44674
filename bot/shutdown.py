"""Stopping: a first SIGTERM or SIGINT ends a process in order, within seconds; a second one ends it at once."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

log = structlog.get_logger()

SIGNALS = (signal.SIGTERM, signal.SIGINT)
ALL_IN_ALL = 15.0  # seconds; what sends may take twelve, and container engines are told to wait twenty


class Shutdown:
    """Listens to the signals that ask a process to end."""

    def __init__(self, give_up: Callable[[int], None] = os._exit) -> None:
        self.asked = asyncio.Event()
        self.ready = False
        self.give_up = give_up
        self.main: asyncio.Task[Any] | None = None

    async def around(self, work: Coroutine[Any, Any, None]) -> None:
        """Run the work; until it is `ready` a signal breaks it off, then it is asked to end by `asked`."""
        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            loop.add_signal_handler(number, self.heard, number)
        self.main = loop.create_task(work)
        try:
            await self.main
        except asyncio.CancelledError:
            if not self.asked.is_set():
                raise

    def heard(self, number: int) -> None:
        if self.asked.is_set():
            log.warning("stopped at once, as asked twice")
            self.give_up(128 + number)
            return
        log.info("stopping", signal=signal.Signals(number).name)
        self.asked.set()
        # A thread, as an event loop that hangs would not look at its own timers.
        watchdog = threading.Timer(ALL_IN_ALL, self.too_long)
        watchdog.daemon = True
        watchdog.start()
        if not self.ready and self.main is not None:
            self.main.cancel()

    def too_long(self) -> None:
        log.error("stopping took too long; what was left undone is taken up at the next start")
        self.give_up(1)

    async def until_asked(self) -> None:
        """Wait for the first signal; from now on it no longer breaks anything off."""
        self.ready = True
        await self.asked.wait()
