"""What the ledger machine knows beside the ledger: a plain Slack, what may happen to a post, and what is lawful."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from enum import Enum, auto
from itertools import count
from random import Random

from sqlmodel import select

from sales.nudges.ledger import TIMING, DeliveryState, PostOutcome
from storage.nudges.ledger.rows import DeliveryRow

# What may become of a row in one step, whoever makes it.
PENDING, LEASED, SENDING, UNCERTAIN, RECON, SENT, SKIPPED, SUPERSEDED, DEAD = DeliveryState
LEGAL = {
    PENDING: {LEASED, SUPERSEDED},
    UNCERTAIN: {RECON},
    LEASED: {SENDING, PENDING, SKIPPED, SUPERSEDED, DEAD},
    SENDING: {SENT, UNCERTAIN, PENDING, DEAD},
    RECON: {SENT, UNCERTAIN, PENDING, DEAD},
    DEAD: {PENDING, UNCERTAIN},  # tried again by hand
    SENT: set(),
    SKIPPED: set(),
    SUPERSEDED: set(),
}
# What the examples below have to have seen, lest they prove nothing.
MET = {
    PENDING: {LEASED},
    LEASED: {SENDING, PENDING},
    SENDING: {SENT, UNCERTAIN},
    UNCERTAIN: {RECON},
    RECON: {SENT, UNCERTAIN, PENDING},
    DEAD: {PENDING, UNCERTAIN},
}
HELD = {LEASED, SENDING, RECON}


class Odd(Enum):
    """Where a look or an unclear answer may lead to, beside the usual."""

    CANNOT_LOOK = auto()
    GIVES_UP = auto()


GIVES_UP = (DEAD, Odd.GIVES_UP)
# How a step may go: mostly as usual, else a row ends before it is posted, or what is odd comes later.
Way = DeliveryState | Odd | None
WAYS: tuple[Way, ...] = (None,) * 10 + (DEAD, PENDING, SUPERSEDED, SKIPPED, *3 * tuple(Odd))
# What can happen to a post, and how often: whether Slack has it, and what the worker makes of what it hears.
ARRIVED, ANSWER_LOST, LOST = (
    (True, PostOutcome.SENT),
    (True, PostOutcome.AMBIGUOUS),
    (False, PostOutcome.AMBIGUOUS),
)
REFUSALS = (
    PostOutcome.THROTTLED,
    PostOutcome.NOT_SENT,
    PostOutcome.TARGET_BROKEN,
    PostOutcome.WORKSPACE_BROKEN,
)
FATES = (ARRIVED,) * 3 + (ANSWER_LOST,) * 4 + (LOST,) * 4 + tuple((False, refusal) for refusal in REFUSALS)


class PostLuck:
    """What happens in one rule, drawn from one number, so that the steps of all rows differ."""

    def __init__(self, seed: str) -> None:
        self.drawn = Random(seed)

    def way(self) -> Way:
        return self.drawn.choice(WAYS)

    def fate(self) -> tuple[bool, PostOutcome]:
        return self.drawn.choice(FATES)

    def delay(self) -> timedelta:
        """How long Slack takes to show a message."""
        return TIMING.grace * self.drawn.random()


class NoTrouble(PostLuck):
    """Everything as it should be, though Slack takes its time."""

    def way(self) -> Way:
        return None

    def fate(self) -> tuple[bool, PostOutcome]:
        return ARRIVED

    def delay(self) -> timedelta:
        return TIMING.grace


@dataclass
class Slack:
    """What Slack has, and from when it shows it."""

    shown_from: dict[str, datetime] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    stamps: Iterator[int] = field(default_factory=lambda: count(1))

    def accept(self, key: str, shown_from: datetime) -> str:
        ts = f"{next(self.stamps)}.0"
        self.keys[ts], self.shown_from[ts] = key, shown_from
        return ts

    def find(self, key: str, now: datetime) -> str:
        """Return the ts of a message of an occurrence, if it is shown by now; else nothing."""
        return next((ts for ts in self.keys if self.keys[ts] == key and self.shown_from[ts] <= now), "")

    def copies(self) -> Counter[str]:
        return Counter(self.keys.values())


@dataclass
class Work:
    """A row as a worker holds it, and what it heard of its post, once it made one."""

    row: DeliveryRow
    heard: PostOutcome | None = None
    ts: str | None = None
    dropped: bool = False  # the row was lost to somebody else

    @property
    def over(self) -> bool:
        return self.dropped or self.row.state not in HELD


@dataclass(frozen=True)
class LedgerSeen:
    """What the database says of a row."""

    id: str
    occurrence_key: str
    user_id: str | None
    state: DeliveryState
    fence: int
    priority: int
    not_before: datetime
    lease_owner: str | None
    lease_until: datetime | None
    first_post_at: datetime | None
    slack_ts: str | None
    dismissed_at: datetime | None


LOOK = select(*(getattr(DeliveryRow, each.name) for each in fields(LedgerSeen)))
