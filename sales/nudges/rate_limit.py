"""Gates: Slack's limits kept on our side, by the generic cell rate algorithm (GCRA, delivery.md §6).

Instants and spans are whole milliseconds, as the gates of all replicas meet in one table.
"""

from dataclasses import dataclass, replace
from math import ceil

SECOND = 1_000
CLEAN = 60 * SECOND  # a minute in which Slack never asked to wait earns some of the rate back
EARNED = 1.05
HALVED = 0.5
SLOWEST = 0.25  # a second; slower than Slack ever asks for, and an hour still brings 900 messages
LONGEST_CLIMB = 100  # clean minutes; from the slowest rate to the fastest takes 57


@dataclass(frozen=True)
class Limit:
    """`per_second` on average and `burst` at once; `adapts` if Slack gives no number and the rate is found out."""

    per_second: float
    burst: int
    adapts: bool = False

    @property
    def tolerance(self) -> int:
        """How far the theoretical arrival may lie ahead. It stays when the rate falls, so that no burst grows."""
        return (self.burst - 1) * interval(self.per_second)


POST = Limit(4.0, 20, adapts=True)  # per workspace: "several hundred per minute"
CHANNEL = Limit(1.0, 1)
OPEN = Limit(0.8, 20)  # tier 3 allows 50 a minute; a channel is opened once and remembered
HISTORY = Limit(0.75, 15)  # 45 a minute of the 50 that tier 3 allows


@dataclass(frozen=True)
class GateState:
    """What is known of a gate: the theoretical arrival time of the next call, and what Slack asked for.

    `per_second` is the rate Slack was found to bear at `changed_ms`; None while it never asked us to wait.
    """

    tat_ms: int = 0
    blocked_until_ms: int = 0
    per_second: float | None = None
    changed_ms: int = 0


FRESH = GateState()


def interval(per_second: float) -> int:
    """Return the milliseconds between two calls at a rate, rounded up: rather too slow than too fast."""
    return ceil(SECOND / per_second)


def rate(state: GateState, limit: Limit, now: int) -> float:
    """Return the calls a second that are allowed now, between `SLOWEST` and the limit's own rate."""
    if state.per_second is None:
        return limit.per_second
    minutes = min(LONGEST_CLIMB, max(0, now - state.changed_ms) // CLEAN)
    return min(limit.per_second, state.per_second * EARNED**minutes)


def waiting_time(state: GateState, limit: Limit, now: int) -> int:
    """Return the milliseconds until the next call may pass; 0 if it may pass now."""
    return max(0, state.tat_ms - limit.tolerance - now, state.blocked_until_ms - now)


def passed(state: GateState, limit: Limit, now: int) -> GateState:
    """Return the gate after a call passed at `now`."""
    return replace(state, tat_ms=max(state.tat_ms, now) + interval(rate(state, limit, now)))


def tokens(state: GateState, limit: Limit, now: int) -> int:
    """Return how many calls may pass at once now, from 0 to the limit's burst."""
    if waiting_time(state, limit, now) > 0:
        return 0
    ahead = max(0, state.tat_ms - now)
    return 1 + (limit.tolerance - ahead) // interval(rate(state, limit, now))


def throttled(state: GateState, limit: Limit, retry_after: int, now: int) -> GateState:
    """Return the gate after Slack asked to wait: nothing passes until then, and an adapting rate is halved.

    Answers to calls that left before the block, and come while it holds, tell nothing new and halve nothing.
    """
    until = max(state.blocked_until_ms, now + retry_after)
    if not limit.adapts or now < state.blocked_until_ms:
        return replace(state, blocked_until_ms=until)
    slower = max(SLOWEST, rate(state, limit, now) * HALVED)
    return replace(state, blocked_until_ms=until, per_second=slower, changed_ms=until)
