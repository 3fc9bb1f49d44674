"""Lease: for how long what was claimed together is ours."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sales.nudges.ledger import Timing

STEADY = getattr(
    time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC
)  # counts while the machine sleeps, where there is one


def steady() -> float:
    """Return the seconds of a clock that nobody sets: it only goes forward."""
    return time.clock_gettime(STEADY)


@dataclass(frozen=True)
class Lease:
    """How long claimed rows are ours, by two clocks, of which the more careful one counts.

    `until` is in the database, and others take the rows back when their clock is past it. A clock may be set back
    while we are frozen, and would then say that there is time. So `until_steady` keeps the same instant on a clock
    that nobody sets, read before the claim was asked for. A process that was stopped anywhere since then
    finds one of the two past, and does not write what somebody else may be about to write.
    """

    timing: Timing
    now: Callable[[], datetime]
    until: datetime
    until_steady: float

    @classmethod
    def from_now(cls, timing: Timing, now: Callable[[], datetime]) -> "Lease":
        """Return the lease of what is claimed right after this."""
        since = steady()
        return cls(timing, now, now() + timing.lease, since + timing.lease.total_seconds())

    @property
    def left(self) -> timedelta:
        return min(self.until - self.now(), timedelta(seconds=self.until_steady - steady()))

    def may_start(self) -> bool:
        """Say whether there is time for a post."""
        return self.timing.may_start(self.left)

    def may_write(self) -> bool:
        """Say whether there is time for a request that is written right now."""
        return self.timing.may_write(self.left)
