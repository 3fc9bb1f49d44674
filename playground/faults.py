"""Faults on purpose, for tests of an app's delivery promise."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]
FaultKind = Literal["lost", "dropped", "failed", "failed_after", "ratelimited", "delayed"]


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call.

    lost: the connection ends before Slack took the call. dropped: Slack took it, then the connection ends
    without an answer. failed: 5xx and nothing was done. failed_after: done, then 5xx. ratelimited: 429 with
    Retry-After `seconds`. delayed: answered `seconds` late (real time), after doing it.
    """

    kind: FaultKind
    seconds: float = 1.0
    status: int = 503


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

    def plan(self, method: str, fault: Fault, times: int = 1) -> None:
        """Let the next `times` calls of `method` meet this fault."""
        self._planned += [(method, fault)] * times

    def clear(self) -> None:
        self._planned.clear()
        self.decide = None

    def meets(self, method: str, arguments: Json) -> Fault | None:
        """The fault this call meets, or None. Counts the call and spends a planned fault."""
        number = self._counts[method] = self._counts.get(method, 0) + 1
        for at, (planned, fault) in enumerate(self._planned):
            if planned == method:
                del self._planned[at]
                return fault
        return self.decide(Call(method, number, arguments)) if self.decide is not None else None
