"""The way to the app that is in use, with every payload counted as work under way."""

from collections.abc import Callable

from playground.acks import Ack, AckLine, Json, PayloadKind, Retry
from playground.activity import PageActivity


class Lines:
    """Sends over whichever line `current()` names at that moment."""

    def __init__(self, current: Callable[[], AckLine], activity: PageActivity) -> None:
        self._current, self._activity = current, activity

    @property
    def connected(self) -> bool:
        return self._current().connected

    async def deliver(self, kind: PayloadKind, payload: Json, retry: Retry | None = None) -> Ack:
        """Send one payload and wait for its ack."""
        with self._activity.under_way():
            return await self._current().deliver(kind, payload, retry)
