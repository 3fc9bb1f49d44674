"""The clock: the only place that reads it. The playground and the tests pass their own."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Return the present instant, in UTC."""
    return datetime.now(UTC)
