"""Faults on purpose, for tests of an app's delivery promise."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
FaultKind = Literal[
    "lost", "dropped", "failed", "failed_after", "ratelimited", "delayed", "refused", "duplicate"
]


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call.

    lost: the connection ends before Slack took the call. dropped: Slack took it, then the connection ends
    without an answer. failed: 5xx and nothing was done. failed_after: done, then 5xx. ratelimited: 429 with
    Retry-After `seconds`. delayed: answered `seconds` late (real time), after doing it. refused: Slack says no, by
    the name in `error` (plan_upgrade_required, edit_window_closed…). duplicate: Slack says that it knows the
    client_msg_id and cannot find what it belongs to.
    """

    kind: FaultKind
    seconds: float = 1.0
    status: int = 503
    error: str = ""

    def __post_init__(self) -> None:
        if self.kind == "duplicate" and not self.error:
            object.__setattr__(self, "error", "duplicate_message_not_found")
        if (self.kind in ("refused", "duplicate")) is not bool(self.error):
            raise ValueError("A refusal, and nothing else, has an error.")


@dataclass(frozen=True)
class Call:
    """One Web API call as a fault decider sees it. `number` counts calls of this method, from 1."""

    method: str
    number: int
    arguments: Json


Decider = Callable[[Call], Fault | None]


class Faults:
    """Decides, call by call, what goes wrong. Planned faults come first, in order; then `decide`, if set."""

    def __init__(self) -> None:
        self.decide: Decider | None = None
        self._planned: list[tuple[str, Fault]] = []
        self._counts: dict[str, int] = {}
        self.held = 0.0

    def plan(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next `times` calls of `method` meet this fault."""
        self._planned += [(method, fault)] * times

    def clear(self) -> None:
        self._planned.clear()
        self.decide = None

    def meets(self, method: str, arguments: Json) -> Fault | None:
        """The fault this call meets, or None. Counts the call, spends a planned fault, notes what is `held`."""
        found = self._met(method, arguments)
        if found is not None and found.kind == "delayed":
            self.held += found.seconds
        return found

    def _met(self, method: str, arguments: Json) -> Fault | None:
        number = self._counts[method] = self._counts.get(method, 0) + 1
        for at, (planned, fault) in enumerate(self._planned):
            if planned == method:
                del self._planned[at]
                return fault
        return self.decide(Call(method, number, arguments)) if self.decide is not None else None
