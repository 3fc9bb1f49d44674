"""What the double remembers for judges: every message it accepted, and everything it had to object to."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

NEWEST_PROBLEMS = 200  # the page shows 50; tests may want a longer look back


@dataclass(frozen=True)
class Accepted:
    """One message Slack has: it exists from here on, whatever the caller was told.

    `key` is `metadata.event_payload.key`, the app's own name for the occurrence, or None.
    """

    at: datetime
    method: str
    channel: str
    ts: str
    text: str
    key: str | None = None
    event_type: str | None = None
    client_msg_id: str | None = None
    only_for: str | None = None


@dataclass(frozen=True)
class Problem:
    """Something the real Slack would have refused, limited or given up on, in plain words."""

    at: datetime
    text: str
    method: str = ""
    error: str = ""


class Log:
    """Append-only record. A test of the delivery promise reads `accepted`, never the app's own table."""

    def __init__(self) -> None:
        self.accepted: list[Accepted] = []
        self.problems: deque[Problem] = deque(maxlen=NEWEST_PROBLEMS)

    def with_key(self, key: str) -> list[Accepted]:
        """Every accepted message that carries this metadata key: two entries are a duplicate."""
        return [entry for entry in self.accepted if entry.key == key]

    def keys(self) -> list[str]:
        """The metadata keys of all accepted messages, in order, repeats included."""
        return [entry.key for entry in self.accepted if entry.key is not None]
