"""Flood control: after a silence, what is late leaves in order, behind what is due now (delivery.md §2)."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b

from sales.nudges.ledger import LATE, ON_TIME, Nudge
from sales.nudges.rate_limit import POST

BEATS_TO_BE_LATE = 2  # one may be missed while the process restarts
LONGEST_SPREAD = timedelta(minutes=15)


def is_late(due_at: datetime, now: datetime, beat: timedelta) -> bool:
    """Say whether what fell due at `due_at` was noticed long after, hearts beating every `beat`."""
    return now - due_at > BEATS_TO_BE_LATE * beat


def spread(waiting: int) -> timedelta:
    """Return the time over which this many late messages of one workspace are spread: min(15 min, n / rate).

    The burst that the workspace's gate lets through at once is not spread at all.
    """
    return min(LONGEST_SPREAD, timedelta(seconds=max(0, waiting - POST.burst) / POST.per_second))


def turn(kind: str, subject_id: str, span: timedelta) -> timedelta:
    """Return the subject's own place in a span, from its beginning: the same in every process and every time."""
    digest = blake2b(f"late\0{kind}\0{subject_id}".encode(), digest_size=8).digest()
    return span * (int.from_bytes(digest, "big") / 2**64)


def held_back(nudge: Nudge, subject_id: str, waiting: int, now: datetime) -> Nudge:
    """Return a late message as it goes into the ledger: behind all that is on time, at its subject's own turn.

    What has a priority of its own keeps it, and its time. The turn comes while the message is still worth sending.
    """
    if nudge.priority != ON_TIME:
        return nudge
    span = spread(waiting)
    if nudge.expires_at is not None:
        span = min(span, max(timedelta(), (nudge.expires_at - now) / 2))
    if not span:
        return replace(nudge, priority=LATE)
    return replace(nudge, priority=LATE, not_before=now + turn(nudge.kind, subject_id, span))
