"""In time: Slack gives up on an answer after three seconds; so whoever asked hears before that, whatever is slow.

What is slow goes on meanwhile, and is shown when it is done. The word before says nothing of what will come of it:
nothing is confirmed that is not stored. What was asked is stored before that word, so that it is done even if this
process ends first.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, Protocol

import structlog

from handlers.context import Request
from handlers.effects import Effects
from handlers.responses import Answered
from messages import replies
from storage.trouble import StorageTrouble

log = structlog.get_logger()

PATIENCE = (
    2.2  # seconds; what is left of Slack's three is for storing the request, and for the way there and back
)
KEEPING = 0.5  # seconds for storing it
WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)  # seconds between tries while the database is in trouble
LEFT_ALONE = timedelta(seconds=15)  # whoever kept a request and lives is mostly done with it by then
FINISHING = 2.5  # seconds at the end; what is not done by then is done when we start again


class Pending(Protocol):
    """Where requests are kept that are acknowledged before they are done."""

    async def keep(self, request: Request) -> None: ...
    async def forget(self, request: Request) -> None: ...
    async def kept(self, age: timedelta) -> list[Request]: ...


class Punctual:
    """Answers in time, and shows later what came later. `work` does a request, whatever comes of it."""

    def __init__(
        self, effects: Effects, work: Callable[[Request], Awaitable[Answered]], pending: Pending
    ) -> None:
        self.effects = effects
        self.work = work
        self.pending = pending
        self.patience = PATIENCE
        self.following: dict[str, asyncio.Task[None]] = {}

    @property
    def busy(self) -> bool:
        """Whether something is still being worked on that was answered for the time being."""
        return bool(self.following)

    async def within(self, request: Request) -> dict[str, Any]:
        """Return what to acknowledge with: what the work came to, or a word for the time being.

        An event that cannot be kept is waited for: nobody looks at its acknowledgement, and Slack sends it again.

        Raises:
            Exception: what the work raised.
        """
        task = asyncio.ensure_future(self.work(request))
        done, _ = await asyncio.wait({task}, timeout=self.patience)
        if not done:
            log.warning("an answer takes long", request=request.name)
            kept = await self.keep(request)
            if kept or request.kind != "events":
                self.go_on(request, task)
                return for_now(request)
        answered = await task
        self.effects.start(request, answered.reply, sees_home=answered.sees_home)
        return answered.ack

    async def keep(self, request: Request) -> bool:
        """Store a request that is not done yet; say whether it is stored."""
        try:
            async with asyncio.timeout(KEEPING):
                await self.pending.keep(request)
        except (StorageTrouble, TimeoutError) as trouble:
            log.warning(
                "a request that takes long could not be kept", request=request.name, trouble=str(trouble)
            )
            return False
        return True

    async def take_up(self, *, left_alone: bool = False) -> None:
        """Do what was acknowledged and not done when a process ended; `left_alone` only what nobody does for a while.

        What another process does at this moment has its effect once all the same.
        """
        for request in await self.pending.kept(LEFT_ALONE if left_alone else timedelta()):
            if request.key not in self.following:
                log.warning("a request is taken up that was not done yet", request=request.name)
                self.go_on(request, asyncio.ensure_future(self.work(request)))

    def go_on(self, request: Request, work: "asyncio.Future[Answered]") -> None:
        following = asyncio.create_task(self.follow(request, work))
        self.following[request.key] = following
        following.add_done_callback(lambda _: self.following.pop(request.key, None))

    async def follow(self, request: Request, work: "asyncio.Future[Answered]") -> None:
        """Show what came of a request in the end, tried again while the database is in trouble.

        What still could not be done stays kept, and is taken up again.
        """
        try:
            answered = await self.tried_again(request, work)
            self.effects.start(request, answered.reply, sees_home=answered.sees_home, late=True)
            await self.pending.forget(request)
        except Exception as fault:  # the edge: nobody waits for this, and the request is kept
            log.exception("a request that took long was not done", request=request.name, exc_info=fault)

    async def tried_again(self, request: Request, work: "asyncio.Future[Answered]") -> Answered:
        for wait in WAITS:
            try:
                return await work
            except StorageTrouble as trouble:
                log.warning(
                    "a request that took long is tried again", request=request.name, trouble=str(trouble)
                )
            await asyncio.sleep(wait)
            work = asyncio.ensure_future(self.work(request))
        return await work

    async def finished(self) -> None:
        """Wait until what is late was answered and everything is shown, before the process ends."""
        if self.following:
            await asyncio.wait(set(self.following.values()), timeout=FINISHING)
        await self.effects.finished()


def for_now(request: Request) -> dict[str, Any]:
    """Return what acknowledges a request that is not done yet."""
    if request.kind == "commands":
        message = replies.takes_long()
        return {"response_type": "ephemeral", "text": message.text, "blocks": message.blocks}
    if request.kind == "views":
        return {"response_action": "update", "view": replies.as_modal(replies.takes_long())}
    return {}
