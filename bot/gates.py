"""Rate gates: Slack's limits kept on our side, so that a message is never claimed to sit in a queue.

Generic cell rate (GCRA) on the monotonic clock: Slack counts real seconds, whatever the workspace's date.
The numbers are from delivery.md §6.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

POST_PER_SECOND = 4.0  # per workspace: "several hundred per minute"
POST_BURST = 20
CHANNEL_PER_SECOND = 1.0
CHANNEL_BURST = 1
OPEN_PER_SECOND = 0.8  # tier 3 allows 50 a minute; a channel is opened once and remembered
OPEN_BURST = 20


@dataclass
class Gate:
    """One limit: `per_second` on average, `burst` at once. `arrival` is the theoretical arrival time."""

    per_second: float
    burst: int
    arrival: float = 0.0
    blocked_until: float = 0.0

    def wait(self, now: float) -> float:
        """Return the seconds until the next call may pass; 0 if it may pass now."""
        allowed = self.arrival - (self.burst - 1) / self.per_second
        return max(0.0, allowed - now, self.blocked_until - now)

    def passed(self, now: float) -> None:
        """Count a call that passes at `now`."""
        self.arrival = max(self.arrival, now) + 1 / self.per_second


@dataclass
class Gates:
    """The gates by key, made when first needed."""

    unlimited: bool = False
    gates: dict[str, Gate] = field(default_factory=dict)

    def gate(self, key: str, per_second: float, burst: int) -> Gate:
        return self.gates.setdefault(key, Gate(per_second, burst))

    async def post_through(self, workspace_id: str, channel_id: str, longest: float) -> float:
        """Wait until a post to the channel may leave, at most `longest` seconds; return what is left to wait."""
        post = self.gate(f"{workspace_id}:chat.postMessage", POST_PER_SECOND, POST_BURST)
        return await self.through(
            [post, self.gate(f"chan:{channel_id}", CHANNEL_PER_SECOND, CHANNEL_BURST)], longest
        )

    async def open_through(self, workspace_id: str, longest: float) -> float:
        """Wait until a direct channel may be opened, at most `longest` seconds; return what is left to wait."""
        return await self.through([self.gate(f"{workspace_id}:open", OPEN_PER_SECOND, OPEN_BURST)], longest)

    async def through(self, gates: Sequence[Gate], longest: float) -> float:
        started = time.monotonic()
        while not self.unlimited:
            now = time.monotonic()
            wait = max(gate.wait(now) for gate in gates)
            if wait <= 0:
                break
            if now + wait - started > longest:
                return wait
            await asyncio.sleep(wait)
        now = time.monotonic()
        for gate in gates:
            gate.passed(now)
        return 0.0

    def block(self, workspace_id: str, seconds: float) -> None:
        """Let nothing of a workspace pass for a while: Slack said Retry-After."""
        post = self.gate(f"{workspace_id}:chat.postMessage", POST_PER_SECOND, POST_BURST)
        post.blocked_until = max(post.blocked_until, time.monotonic() + seconds)
