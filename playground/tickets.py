"""Short-lived permissions Slack hands to an app: trigger ids and response URLs."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

Json = dict[str, Any]

TRIGGER_SECONDS = 3.0
HOOK_USES = 5
Source = Literal["", "modal", "submission"]
HOOK_LIFE = timedelta(minutes=30)


class TicketError(Exception):
    """A ticket that opens nothing; `code` is Slack's error name."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class _Trigger:
    person: str
    born: float
    source: Source = ""
    used: bool = False


class Triggers:
    """Trigger ids: good for 3 s of real time after the payload left, and for one use.

    Each knows whether it came from a click in a modal, from a modal's submission, or from elsewhere.
    """

    def __init__(self, monotonic: Callable[[], float], life: float = TRIGGER_SECONDS) -> None:
        self._monotonic = monotonic
        self._life = life
        self._known: dict[str, _Trigger] = {}

    def mint(self, person: str, source: Source = "") -> str:
        number = len(self._known) + 1
        id_ = f"{13_400_000 + number}.{number:06d}.{secrets.token_hex(16)}"
        self._known[id_] = _Trigger(person, self._monotonic(), source)
        return id_

    def source(self, trigger_id: str) -> Source:
        """Where a trigger came from; elsewhere for one that was never given out."""
        return self._known[trigger_id].source if trigger_id in self._known else ""

    def person(self, trigger_id: str) -> str | None:
        """Whose trigger this is, used or not; None for one that was never given out."""
        return self._known[trigger_id].person if trigger_id in self._known else None

    def redeem(self, trigger_id: str) -> str:
        """The person this trigger belongs to. Raises TicketError with Slack's error name."""
        trigger = self._known.get(trigger_id)
        if trigger is None:
            raise TicketError("invalid_trigger_id")
        if trigger.used:
            raise TicketError("exchanged_trigger_id")
        if self._monotonic() - trigger.born > self._life:
            raise TicketError("expired_trigger_id")
        trigger.used = True
        return trigger.person


@dataclass
class Hook:
    """A response_url: where it answers (`channel`, for `person`) and which message it may replace (`ts`)."""

    channel: str
    person: str
    born: datetime
    ts: str | None = None
    uses: int = 0


class Hooks:
    """Response URLs: 5 uses within 30 minutes of the workspace's clock."""

    def __init__(self) -> None:
        self._known: dict[str, Hook] = {}

    def mint(self, channel: str, person: str, at: datetime, ts: str | None = None) -> str:
        id_ = f"{channel}{len(self._known) + 1:08d}"
        self._known[id_] = Hook(channel, person, at, ts)
        return id_

    def peek(self, id_: str) -> Hook:
        """The hook without spending a use: the ack's own answer is free. Raises TicketError when unknown."""
        if id_ not in self._known:
            raise TicketError("expired_url")
        return self._known[id_]

    def use(self, id_: str, at: datetime) -> Hook:
        """Spend one use. Raises TicketError: `used_url` after five, `expired_url` after 30 minutes."""
        hook = self._known.get(id_)
        if hook is None or at - hook.born > HOOK_LIFE:
            raise TicketError("expired_url")
        if hook.uses >= HOOK_USES:
            raise TicketError("used_url")
        hook.uses += 1
        return hook
