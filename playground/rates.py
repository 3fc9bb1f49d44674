"""Slack's rate limits, on real time: tiers per method, and chat.postMessage's own."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

TIER_PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}


@dataclass
class _Bucket:
    size: float
    per_second: float
    level: float
    seen: float

    def wait(self, now: float) -> float:
        """Seconds until one more fits; 0 when it fits now (nothing is taken yet)."""
        self.level = min(self.size, self.level + (now - self.seen) * self.per_second)
        self.seen = now
        return 0.0 if self.level >= 1 else (1 - self.level) / self.per_second

    def take(self) -> None:
        self.level -= 1


@dataclass
class MethodRates:
    """How much the app may call. Buckets fill at real speed; a refused call takes nothing.

    `per_channel` and `per_workspace` are messages a second with chat.postMessage; the bursts are how many may
    come at once. Methods with a tier get that tier's calls a minute, all of which may come at once.
    """

    per_channel: float = 1.0
    channel_burst: int = 5
    per_workspace: float = 5.0
    workspace_burst: int = 20
    tiers: dict[int, int] = field(default_factory=lambda: dict(TIER_PER_MINUTE))
    monotonic: Callable[[], float] = time.monotonic
    _buckets: dict[str, _Bucket] = field(default_factory=dict, repr=False)

    def retry_after(self, method: str, tier: int | None, channel: str | None) -> int | None:
        """None when the call may pass (and is counted), else whole seconds for Retry-After, at least 1."""
        now = self.monotonic()
        asked = [self._bucket(*bucket, now) for bucket in self._limits(method, tier, channel)]
        wait = max((bucket.wait(now) for bucket in asked), default=0.0)
        if wait > 0:
            return max(1, math.ceil(wait))
        for bucket in asked:
            bucket.take()
        return None

    def _limits(self, method: str, tier: int | None, channel: str | None) -> list[tuple[str, float, float]]:
        if method == "chat.postMessage":
            return [
                (f"{method}:{channel}", self.channel_burst, self.per_channel),
                (method, self.workspace_burst, self.per_workspace),
            ]
        if tier is None:
            return []
        per_minute = self.tiers[tier]
        return [(method, per_minute, per_minute / 60)]

    def _bucket(self, name: str, size: float, per_second: float, now: float) -> _Bucket:
        return self._buckets.setdefault(name, _Bucket(size, per_second, size, now))
