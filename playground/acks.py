"""How a payload reaches the app and what came back."""

from dataclasses import dataclass
from typing import Any, Literal, Protocol

Json = dict[str, Any]
PayloadKind = Literal["slash_commands", "interactive", "events_api"]


@dataclass(frozen=True)
class Ack:
    """The app's answer. `failure` is None when it acked in time; else why not, in Slack's words for it."""

    payload: Json | None = None
    failure: Literal["timeout", "unreachable", "http_error"] | None = None
    status: int | None = None
    over_http: bool = False

    @property
    def ok(self) -> bool:
        return self.failure is None


@dataclass(frozen=True)
class Retry:
    """Which repetition of an event this is (1 to 3) and why."""

    number: int
    reason: str


class AckLine(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    @property
    def connected(self) -> bool:
        """Whether an app is there to be spoken to."""

    async def deliver(self, kind: PayloadKind, payload: Json, retry: Retry | None = None) -> Ack:
        """Send one payload and wait for its ack, no longer than the ack timeout. Never raises."""
