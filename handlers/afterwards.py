"""Afterwards: what shows an effect that is durable already, done while the person has their answer.

Opening a modal, editing the message acted on and publishing App Home may all be repeated or lost without harm,
and each is a call to Slack that nobody should wait for.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Afterwards:
    """Runs what follows an answer, one person's things in the order of their requests."""

    def __init__(self) -> None:
        self.latest: dict[str, asyncio.Task[None]] = {}

    @property
    def busy(self) -> bool:
        """Whether anything is still being shown."""
        return bool(self.latest)

    def start(self, person: str, work: Coroutine[Any, Any, None]) -> None:
        """Do this after whatever the person has waiting."""
        task = asyncio.create_task(self.in_turn(self.latest.get(person), work))
        self.latest[person] = task
        task.add_done_callback(lambda done: self.forget(person, done))

    async def in_turn(self, before: asyncio.Task[None] | None, work: Coroutine[Any, Any, None]) -> None:
        if before is not None:
            await asyncio.wait([before])
        await work

    def forget(self, person: str, done: asyncio.Task[None]) -> None:
        if self.latest.get(person) is done:
            del self.latest[person]

    async def finished(self) -> None:
        """Wait until everything is shown; before the process ends."""
        while self.latest:
            await asyncio.wait(self.latest.values())
