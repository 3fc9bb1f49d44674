"""In time: Slack gives up on an answer after three seconds; so whoever asked hears before that, whatever is slow.

What is slow goes on meanwhile, and is shown when it is done. The word before says nothing of what will come of it:
nothing is confirmed that is not stored.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from handlers.context import Request
from handlers.effects import Effects
from handlers.responses import Answered
from messages import replies

log = structlog.get_logger()

PATIENCE = 2.5  # seconds; what is left of Slack's three is for the way there and back


class Punctual:
    """Answers in time, and shows later what came later."""

    def __init__(self, effects: Effects) -> None:
        self.effects = effects
        self.late: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> bool:
        """Whether something is still being worked on that was answered for the time being."""
        return bool(self.late)

    async def within(self, request: Request, work: Coroutine[Any, Any, Answered]) -> dict[str, Any]:
        """Return what to acknowledge with: what the work came to, or a word for the time being.

        An event is waited for: nobody looks at its acknowledgement, and Slack sends it again meanwhile.

        Raises:
            Exception: what the work raised.
        """
        if request.kind == "events":
            answered = await work
        else:
            task = asyncio.create_task(work)
            done, _ = await asyncio.wait({task}, timeout=PATIENCE)
            if not done:
                return self.for_now(request, task)
            answered = task.result()
        self.effects.start(request, answered.reply, sees_home=answered.sees_home)
        return answered.ack

    def for_now(self, request: Request, task: asyncio.Task[Answered]) -> dict[str, Any]:
        log.warning("an answer takes long", request=request.name)
        following = asyncio.create_task(self.follow(request, task))
        self.late.add(following)
        following.add_done_callback(self.late.discard)
        if request.kind == "commands":
            message = replies.takes_long()
            return {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}
        if request.kind == "views":
            return {"response_action": "update", "view": replies.as_modal(replies.takes_long())}
        return {}

    async def follow(self, request: Request, task: asyncio.Task[Answered]) -> None:
        answered = await task
        self.effects.start(request, answered.reply, sees_home=answered.sees_home, late=True)

    async def finished(self) -> None:
        """Wait until what is late was answered and everything is shown, before the process ends."""
        if self.late:
            await asyncio.wait(set(self.late), timeout=PATIENCE)
        await self.effects.finished()
