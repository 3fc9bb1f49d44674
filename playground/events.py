"""Events to the app, repeated as Slack repeats them: at once, after a minute, after five."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from playground import payloads
from playground.acks import Ack, AckLine, Retry
from playground.activity import PageActivity
from playground.clock import Clock
from playground.workspace import Workspace

Json = dict[str, Any]

RETRY_AFTER = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
REASONS = {"timeout": "http_timeout", "http_error": "http_error", "unreachable": "connection_failed"}

Start = Callable[[Coroutine[Any, Any, None]], None]


@dataclass(frozen=True)
class _Waiting:
    due: datetime
    payload: Json
    retry: Retry


class Events:
    """Sends event payloads over `line()` and keeps those nobody acked until their next try is due.

    The minutes are minutes of the workspace's clock, so a jump brings the next try on.
    """

    def __init__(
        self,
        workspace: Workspace,
        clock: Clock,
        line: Callable[[], AckLine],
        activity: PageActivity,
        start: Start,
        gave_up: Callable[[str], None],
    ) -> None:
        self._workspace, self._clock, self._line = workspace, clock, line
        self._activity, self._start, self._gave_up = activity, start, gave_up
        self._waiting: list[_Waiting] = []
        self._timer: asyncio.TimerHandle | None = None
        self._leave_clock = clock.subscribe(self._after_jump)

    async def send(self, event: Json) -> Ack:
        """Send one event and wait for its ack; an unacked one is tried again by itself."""
        payload = payloads.event_callback(
            self._workspace, event, number=self._workspace.number(), at=self._clock.now().timestamp()
        )
        return await self._try(payload, None)

    def announce(self, event: Json) -> None:
        """Send one event without waiting for it."""
        self._start(self._sent(event))

    def close(self) -> None:
        """Forget what is still to be repeated."""
        self._leave_clock()
        self._waiting.clear()
        if self._timer is not None:
            self._timer.cancel()

    async def _sent(self, event: Json) -> None:
        await self.send(event)

    async def _try(self, payload: Json, retry: Retry | None) -> Ack:
        with self._activity.under_way():
            ack = await self._line().deliver("events_api", payload, retry)
        if ack.failure is not None:
            self._again(payload, (retry.number if retry else 0) + 1, REASONS[ack.failure])
        return ack

    def _again(self, payload: Json, number: int, reason: str) -> None:
        if number > len(RETRY_AFTER):
            self._gave_up(
                f"The app did not take the event {payload['event']['type']}; Slack gave up after 3 retries."
            )
            return
        waiting = _Waiting(self._clock.now() + RETRY_AFTER[number - 1], payload, Retry(number, reason))
        if RETRY_AFTER[number - 1]:
            self._waiting.append(waiting)
            self._set_timer()
        else:
            self._start(self._retried(waiting))

    async def _retried(self, waiting: _Waiting) -> None:
        await self._try(waiting.payload, waiting.retry)

    async def _after_jump(self, now: datetime) -> None:
        due = [waiting for waiting in self._waiting if waiting.due <= now]
        self._waiting = [waiting for waiting in self._waiting if waiting.due > now]
        for waiting in due:
            await self._retried(waiting)
        self._set_timer()

    def _set_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._waiting and not self._clock.frozen:
            wait = min(waiting.due for waiting in self._waiting) - self._clock.now()
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(max(0.0, wait.total_seconds()), self._ring)

    def _ring(self) -> None:
        self._timer = None
        self._start(self._after_jump(self._clock.now()))
