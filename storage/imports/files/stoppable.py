"""Reading a file in a thread that ends with whoever waits for it: a process that is to end waits for no file."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from threading import Event
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
Text = TypeVar("Text", str, bytes)

_stop: ContextVar[Event | None] = ContextVar("stop", default=None)


class LookStopped(Exception):
    """Nobody waits any more for what is being looked through."""


async def in_a_thread(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run what reads a file in a thread. Where this is cancelled, that ends with its next line, and this then."""
    asked = Event()
    before = _stop.set(asked)
    try:
        running = asyncio.ensure_future(
            asyncio.to_thread(function, *args, **kwargs)
        )  # it takes the context along
    finally:
        _stop.reset(before)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        asked.set()
        with suppress(Exception):
            await running
        raise


def go_on() -> None:
    """Return unless nobody waits any more.

    Raises:
        LookStopped: where nobody does.
    """
    asked = _stop.get()
    if asked is not None and asked.is_set():
        raise LookStopped


def stoppable(readline: Callable[[int], Text]) -> Callable[[int], Text]:
    """Return what reads lines as long as somebody waits for what becomes of them."""
    asked = _stop.get()
    if asked is None:
        return readline

    def read(most: int) -> Text:
        if asked.is_set():
            raise LookStopped
        return readline(most)

    return read
