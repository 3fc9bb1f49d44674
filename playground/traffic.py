"""What went between Slack and the app: every call with its answer, every payload with its ack."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from playground.acks import Ack, PayloadKind
from playground.workspace import Workspace

Json = dict[str, Any]
Direction = Literal["from the app", "to the app"]

KEPT = 500  # a played week of the sample team comes to some three hundred


@dataclass(frozen=True)
class Exchange:
    """One request and what came back. `person`, `channel` and `ts` say whom and which message it was about."""

    number: int
    at: datetime
    direction: Direction
    kind: str
    name: str
    ok: bool
    outcome: str
    sent: Json
    answered: Any
    person: str | None = None
    channel: str | None = None
    ts: str | None = None


class Traffic:
    """The newest exchanges, oldest first."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept: deque[Exchange] = deque(maxlen=KEPT)
        self._count = 0

    def call(self, at: datetime, method: str, given: Json, answer: Json) -> None:
        """The app called; `answer` is the body it got."""
        ok = answer.get("ok") is True
        self._keep(
            at, "from the app", "call", method, ok, "ok" if ok else str(answer.get("error")), given, answer
        )

    def payload(self, at: datetime, kind: PayloadKind, payload: Json, ack: Ack) -> None:
        """The app was told something, and acknowledged it or did not."""
        outcome = "acknowledged" if ack.ok else str(ack.failure)
        self._keep(at, "to the app", kind, named(payload), ack.ok, outcome, payload, ack.payload)

    def newest(self, person: str | None = None, ts: str | None = None) -> Iterator[Exchange]:
        """Newest first, of one person and about one message if they are named."""
        for one in reversed(self._kept):
            if person in (None, one.person) and ts in (None, one.ts):
                yield one

    def numbered(self, number: int) -> Exchange | None:
        return next((one for one in self._kept if one.number == number), None)

    def _keep(
        self,
        at: datetime,
        direction: Direction,
        kind: str,
        name: str,
        ok: bool,
        outcome: str,
        sent: Json,
        answered: Any,
    ) -> None:
        self._count += 1
        channel = _channel(sent) or _text(answered, "channel")
        place = self._workspace.channels.get(channel or "")
        person = place.person if place is not None and place.person else _person(sent)
        ts = _ts(sent) or _text(answered, "ts") or _text(answered, "message_ts")
        self._kept.append(
            Exchange(self._count, at, direction, kind, name, ok, outcome, sent, answered, person, channel, ts)
        )


def named(payload: Json) -> str:
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


def _inner(sent: Json) -> Json:
    event = sent.get("event")
    return event if isinstance(event, dict) else sent


def _channel(sent: Json) -> str | None:
    found = _inner(sent).get("channel") or sent.get("channel_id")
    return _text(found, "id") if isinstance(found, dict) else found if isinstance(found, str) else None


def _person(sent: Json) -> str | None:
    found = _inner(sent).get("user") or sent.get("user_id")
    return _text(found, "id") if isinstance(found, dict) else found if isinstance(found, str) else None


def _ts(sent: Json) -> str | None:
    inner = _inner(sent)
    for holder in (inner.get("message"), sent.get("container"), inner):
        found = _text(holder, "message_ts") or _text(holder, "ts")
        if found:
            return found
    return None


def _text(holder: Any, name: str) -> str | None:
    found = holder.get(name) if isinstance(holder, dict) else None
    return found if isinstance(found, str) and found else None
