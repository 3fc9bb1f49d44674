"""Rate gates: Slack's limits kept on our side, so that a message is never claimed to sit in a queue.

Generic cell rate (GCRA) on the monotonic clock: Slack counts real seconds, whatever the workspace's date.
The numbers are from delivery.md §6.
"""

import asyncio
import time
from dataclasses import dataclass, field

POST_PER_SECOND = 4.0  # per workspace: "several hundred per minute"
POST_BURST = 20
CHANNEL_PER_SECOND = 1.0
CHANNEL_BURST = 1


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

    async def pass_through(self, workspace_id: str, channel_id: str, longest: float) -> float:
        """Wait until a post to the channel may leave, at most `longest` seconds; return what is left to wait."""
        post = self.gate(f"{workspace_id}:chat.postMessage", POST_PER_SECOND, POST_BURST)
        channel = self.gate(f"chan:{channel_id}", CHANNEL_PER_SECOND, CHANNEL_BURST)
        started = time.monotonic()
        while not self.unlimited:
            now = time.monotonic()
            wait = max(post.wait(now), channel.wait(now))
            if wait <= 0:
                break
            if now + wait - started > longest:
                return wait
            await asyncio.sleep(wait)
        now = time.monotonic()
        post.passed(now)
        channel.passed(now)
        return 0.0

    def block(self, workspace_id: str, seconds: float) -> None:
        """Let nothing of a workspace pass for a while: Slack said Retry-After."""
        post = self.gate(f"{workspace_id}:chat.postMessage", POST_PER_SECOND, POST_BURST)
        post.blocked_until = max(post.blocked_until, time.monotonic() + seconds)
