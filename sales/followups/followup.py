"""Follow-ups: commitments. Who owes what to whom by when, and why it is worth the customer's time."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import Field, SQLModel

from sales.language.dates.instants import Instant

REMINDER = "reminder"


class Owes(StrEnum):
    """Which side of the table owes it."""

    ME = "me"
    THEM = "them"


class FollowUpState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class FollowUp(SQLModel):
    """A commitment. `due_on` is the rep's local date; `due_at` is set only when a time was named."""

    owner_id: str
    who: str = Field(min_length=1, max_length=200)
    what: str = Field(min_length=1, max_length=500)
    worth: str = Field(default="", max_length=500)
    owes: Owes = Owes.ME
    due_on: date
    due_at: Instant | None = None
    state: FollowUpState = FollowUpState.OPEN
    settled_at: Instant | None = None
    drop_reason: str = Field(default="", max_length=500)
    moves: int = Field(default=0, ge=0)
    source_link: str | None = Field(default=None, max_length=1000)


SNOOZE = timedelta(
    hours=1
)  # "not now, but today": long enough for a meeting, short enough to be the same day


def done(now: datetime) -> dict[str, Any]:
    """Return what a commitment says once it is kept."""
    return {"state": FollowUpState.DONE, "settled_at": now}


def dropped(now: datetime, reason: str) -> dict[str, Any]:
    """Return what a commitment says once it is given up, and why."""
    return {"state": FollowUpState.DROPPED, "settled_at": now, "drop_reason": reason}


def reopened() -> dict[str, Any]:
    """Return what a commitment says when it turns out not to be settled after all."""
    return {"state": FollowUpState.OPEN, "settled_at": None, "drop_reason": ""}


def moved(followup: FollowUp, day: date, at: datetime | None = None) -> dict[str, Any]:
    """Return what a commitment says once it is put off, or brought forward, to a day and maybe a time."""
    return {"due_on": day, "due_at": at, "moves": followup.moves + 1}


def subject(followup_id: int | None) -> str:
    """Return how the ledger calls one commitment, so that no two kinds of message bring it up at once."""
    return f"followup:{followup_id}"
