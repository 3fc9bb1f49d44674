"""Misfortune: what goes wrong between a replica and Slack, decided by seed and written down."""

import json
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from playground.clock import Clock
from playground.faults import Call, Fault, FaultKind

POST, LOOK, OPEN = "chat.postMessage", "conversations.history", "conversations.open"
KINDS: tuple[FaultKind, ...] = ("lost", "dropped", "failed", "failed_after", "ratelimited", "delayed")


@dataclass(frozen=True)
class Met:
    """One call that met a fault: when, which, and about which message if it says."""

    at: datetime
    method: str
    kind: str
    key: str


class Misfortune(Protocol):
    """Decides for the double what a call meets, and remembers it."""

    met: list[Met]

    def decide(self, call: Call) -> Fault | None: ...


def key_of(arguments: dict[str, Any]) -> str:
    """The occurrence key of the message that a call posts; empty if it posts none of ours."""
    metadata = arguments.get("metadata") or "{}"
    read = json.loads(metadata) if isinstance(metadata, str) else metadata
    return str((read.get("event_payload") or {}).get("key", ""))


@dataclass
class FirstCalls:
    """The first call of a method, for each message by itself, meets the fault planned for it."""

    clock: Clock
    plan: dict[str, Fault]
    met: list[Met] = field(default_factory=list)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)

    def decide(self, call: Call) -> Fault | None:
        fault = self.plan.get(call.method)
        place = key_of(call.arguments) or str(call.arguments.get("channel", ""))
        self.seen[call.method, place] += 1
        if fault is None or self.seen[call.method, place] > 1:
            return None
        self.met.append(Met(self.clock.now(), call.method, fault.kind, key_of(call.arguments)))
        return fault


@dataclass
class Storm:
    """A share of all calls meets some fault; the same call of the same seed always meets the same one."""

    clock: Clock
    seed: int
    share: float
    late: float  # seconds: longer than a post may take
    methods: frozenset[str] = frozenset({POST, LOOK, OPEN, "users.info", "views.publish", "auth.test"})
    met: list[Met] = field(default_factory=list)

    def decide(self, call: Call) -> Fault | None:
        if call.method not in self.methods:
            return None
        dice = random.Random(f"{self.seed}:{call.method}:{call.number}")
        if dice.random() >= self.share:
            return None
        kind = dice.choice(KINDS)
        seconds = self.late if kind == "delayed" else 1.0
        self.met.append(Met(self.clock.now(), call.method, kind, key_of(call.arguments)))
        return Fault(kind, seconds, status=dice.choice((500, 502, 503)))
