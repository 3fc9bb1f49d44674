"""The way to the app that is in use, with every payload counted as work under way."""

from collections.abc import Callable

from playground.acks import Ack, AckLine, Json, PayloadKind, Retry
from playground.activity import PageActivity
from playground.patience import OWN_SECONDS, OwnTime


class Lines:
    """Sends over whichever line `current()` names at that moment.

    An ack that comes, but so late that Slack might not have waited for it, is a `problem`. `held()` is how long
    answers to the app were held back on purpose so far, in seconds.
    """

    def __init__(
        self,
        current: Callable[[], AckLine],
        activity: PageActivity,
        problem: Callable[[str], None],
        held: Callable[[], float],
    ) -> None:
        self._current, self._activity = current, activity
        self._problem, self._held = problem, held

    @property
    def connected(self) -> bool:
        return self._current().connected

    async def deliver(self, kind: PayloadKind, payload: Json, retry: Retry | None = None) -> Ack:
        """Send one payload and wait for its ack."""
        with self._activity.under_way():
            async with OwnTime(self._held) as own:
                ack = await self._current().deliver(kind, payload, retry)
        if ack.ok and own.seconds > OWN_SECONDS:
            self._problem(f"The app took {own.seconds:.1f} s to acknowledge {_named(payload)}.")
        return ack


def _named(payload: Json) -> str:
    """What a payload is about, in the words of its app."""
    actions = payload.get("actions") or [{}]
    names = (
        payload.get("command"),
        payload.get("event", {}).get("type"),
        actions[0].get("action_id"),
        payload.get("view", {}).get("callback_id"),
        payload.get("callback_id"),
        payload.get("type"),
    )
    return str(next(name for name in names if name))
