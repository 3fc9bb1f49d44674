"""The playground's clock: it ticks like a real one and can be moved by hand."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from playground import jump

Subscriber = Callable[[datetime], Awaitable[None]]


class Clock:
    """Now, as the workspace sees it.

    Starts at `at` (aware; the real time when None) and ticks at real speed unless `frozen`. Subscribers are
    awaited in order after every jump, with the new time. Moving backwards is allowed.
    """

    def __init__(
        self,
        at: datetime | None = None,
        *,
        frozen: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._base = _utc(at) if at is not None else datetime.now(UTC)
        self.frozen = frozen
        self._monotonic = monotonic
        self._since = monotonic()
        self._subscribers: list[Subscriber] = []

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        if self.frozen:
            return self._base
        return self._base + timedelta(seconds=self._monotonic() - self._since)

    async def set(self, at: datetime) -> datetime:
        """Move to `at` (aware) and wait until every subscriber has dealt with it. Returns the new time."""
        self._base, self._since = _utc(at), self._monotonic()
        for subscriber in list(self._subscribers):
            await subscriber(self._base)
        return self._base

    async def advance(self, delta: timedelta) -> datetime:
        """Move by `delta`, which may be negative."""
        return await self.set(self.now() + delta)

    async def jump(self, words: str, zone: str = "UTC") -> datetime:
        """Move to the time a person names, read in the IANA zone `zone`.

        Knows “16:30”, “to monday”, “tomorrow 9:00”, “+90m”, “+1d”, ISO with or without an offset. Raises
        ValueError with examples, worded for the person, when the words name no time.
        """
        return await self.set(jump.target(words, self.now(), ZoneInfo(zone)))

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call `subscriber(now)` after every jump. Returns what ends the subscription."""
        self._subscribers.append(subscriber)

        def leave() -> None:
            if subscriber in self._subscribers:
                self._subscribers.remove(subscriber)

        return leave


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A time for the clock needs a zone: datetime(…, tzinfo=UTC) or the person's own.")
    return at.astimezone(UTC)
