"""App Home: who is shown what changes on it."""

from datetime import datetime, timedelta

# A working day: where Home stays in view all day, it follows. Slack tells us of each opening, also of coming back to
# it, and each shows the present; so one that was seen longer ago is nowhere in view.
LATELY = timedelta(hours=8)
NOTED_EVERY = timedelta(hours=1)  # short beside LATELY, and one write an hour is nothing


def in_view_lately(seen_at: datetime | None, now: datetime) -> bool:
    """Say whether a person had Home in view within the last eight hours; so they had if the clock went back since."""
    return seen_at is not None and now - seen_at < LATELY


def worth_noting(seen_at: datetime | None, now: datetime) -> bool:
    """Say whether it is worth a write that a person has Home in view: the last is an hour old, or ahead of time."""
    return seen_at is None or not timedelta() <= now - seen_at < NOTED_EVERY
