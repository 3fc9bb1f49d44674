"""The way to the app that is in use, with every payload counted as work under way."""

from collections.abc import Callable

from playground.acks import Ack, AckLine, Json, PayloadKind, Retry
from playground.activity import PageActivity
from playground.patience import OWN_SECONDS, OwnTime
from playground.traffic import named


class Lines:
    """Sends over whichever line `current()` names at that moment.

    An ack that comes, but so late that Slack might not have waited for it, is a `problem`. `held()` is how long
    answers to the app were held back on purpose so far, in seconds; `noted` hears of every payload and its ack.
    """

    def __init__(
        self,
        current: Callable[[], AckLine],
        activity: PageActivity,
        problem: Callable[[str], None],
        held: Callable[[], float],
        noted: Callable[[PayloadKind, Json, Ack], None],
    ) -> None:
        self._current, self._activity = current, activity
        self._problem, self._held, self._noted = problem, held, noted

    @property
    def connected(self) -> bool:
        return self._current().connected

    async def deliver(self, kind: PayloadKind, payload: Json, retry: Retry | None = None) -> Ack:
        """Send one payload and wait for its ack."""
        with self._activity.under_way():
            async with OwnTime(self._held) as own:
                ack = await self._current().deliver(kind, payload, retry)
        self._noted(kind, payload, ack)
        if ack.ok and own.seconds > OWN_SECONDS:
            self._problem(f"The app took {own.seconds:.1f} s to acknowledge {named(payload)}.")
        return ack
