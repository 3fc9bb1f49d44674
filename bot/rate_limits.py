"""Gates: a call to Slack passes here first, so that it is seldom refused and never claimed to sit in a queue.

Slack counts real seconds, so these do too, whatever the workspace's date. Where several processes share a
database they meet in its table; a process by itself keeps its gates in memory, and writes down only what Slack
asked for.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from math import ceil

from sales.nudges.rate_limit import (
    CHANNEL,
    FRESH,
    HISTORY,
    OPEN,
    POST,
    SECOND,
    GateState,
    Limit,
    passed,
    throttled,
    tokens,
    waiting_time,
)
from storage.database import Database
from storage.nudges.rate_limit import blocked_until, keep_gate, let_through, rate_gates, throttle

POSTING = "chat.postMessage"
OPENING = "conversations.open"
READING = "conversations.history"
LIMITS = {POSTING: POST, OPENING: OPEN, READING: HISTORY}

Rest = Callable[[float], Awaitable[object]]


def wall_ms() -> int:
    """Return the real time, in milliseconds since 1970: what replicas on several machines have in common."""
    return time.time_ns() // 1_000_000


def key_of(workspace_id: str, method: str) -> str:
    return f"{workspace_id}:{method}"


def channel_key(channel_id: str) -> str:
    return f"chan:{channel_id}"


class RateLimits:
    """The gates of one process. With a database, what Slack asked for outlives it. `unlimited` is for tests."""

    def __init__(
        self,
        database: Database | None = None,
        *,
        unlimited: bool = False,
        now_ms: Callable[[], int] = wall_ms,
    ) -> None:
        self.database = database
        self.unlimited = unlimited
        self.now_ms = now_ms
        self.known: dict[str, GateState] = {}

    async def recall(self) -> None:
        """Read what Slack asked for before this process began."""
        if self.database is not None and not self.unlimited:
            async with self.database.read_ledger() as ledger:
                self.known.update(await blocked_until(ledger, self.now_ms()))

    async def tokens(self, workspace_ids: Collection[str]) -> Mapping[str, int]:
        """Return how many messages each workspace may post at once now."""
        if self.unlimited:
            return dict.fromkeys(workspace_ids, POST.burst)
        await self.look([key_of(one, POSTING) for one in workspace_ids])
        now = self.now_ms()
        return {one: tokens(self.known.get(key_of(one, POSTING), FRESH), POST, now) for one in workspace_ids}

    async def through(
        self, workspace_id: str, method: str, longest: float, channel_id: str = "", rest: Rest = asyncio.sleep
    ) -> float:
        """Wait until a call may leave, at most `longest` seconds; return the seconds that are left to wait.

        A post names its channel, which has a gate of its own. `rest` waits some seconds, or until the process ends.
        """
        asked = {key_of(workspace_id, method): LIMITS[method]}
        if channel_id:
            asked = {channel_key(channel_id): CHANNEL} | asked
        until = self.now_ms() + round(longest * SECOND)
        while not self.unlimited and (wait := await self.attempt(asked)):
            if self.now_ms() + wait > until:
                return wait / SECOND
            await rest(wait / SECOND)
        return 0.0

    async def throttled(self, workspace_id: str, method: str, seconds: float) -> None:
        """Let no call of a method pass for a while: Slack said Retry-After."""
        key, limit = key_of(workspace_id, method), LIMITS[method]
        state = throttled(self.known.get(key, FRESH), limit, ceil(seconds * SECOND), self.now_ms())
        self.known[key] = state
        if self.database is not None and not self.unlimited:
            async with self.database.write_ledger() as ledger:
                await keep_gate(ledger, key, state)

    async def look(self, keys: Collection[str]) -> None:
        """Learn how the gates are; in memory they are known."""

    async def attempt(self, asked: Mapping[str, Limit]) -> int:
        """Count a call through all of these gates and return 0, or count nothing and return the wait."""
        now = self.now_ms()
        states = {key: self.known.get(key, FRESH) for key in asked}
        wait = max(waiting_time(states[key], limit, now) for key, limit in asked.items())
        if not wait:
            self.known |= {key: passed(states[key], limit, now) for key, limit in asked.items()}
        return wait


class SharedGates(RateLimits):
    """Gates in the table of a database that several processes use: what one passes, all have passed."""

    database: Database

    async def throttled(self, workspace_id: str, method: str, seconds: float) -> None:
        key, limit = key_of(workspace_id, method), LIMITS[method]
        async with self.database.write_ledger() as ledger:
            self.known[key] = await throttle(ledger, key, limit, ceil(seconds * SECOND), self.now_ms())

    async def look(self, keys: Collection[str]) -> None:
        async with self.database.read_ledger() as ledger:
            self.known.update(await rate_gates(ledger, keys))

    async def attempt(self, asked: Mapping[str, Limit]) -> int:
        now = self.now_ms()
        try:
            async with self.database.write_ledger() as ledger:
                for key, limit in asked.items():
                    if not await let_through(ledger, key, limit, self.known.get(key, FRESH), now):
                        raise RateRefused  # so that the gates before this one count nothing either
        except RateRefused:
            await self.look(asked)
            return max(
                1, *(waiting_time(self.known.get(key, FRESH), limit, now) for key, limit in asked.items())
            )
        return 0


class RateRefused(Exception):
    """A gate did not let a call through."""


def gates_of(database: Database) -> RateLimits:
    """Return the gates that fit a database: shared where processes may share it."""
    return SharedGates(database) if database.engine.shared else RateLimits(database)
