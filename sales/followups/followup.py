"""Follow-ups: commitments. Who owes what to whom by when, and why it is worth the customer's time."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, SQLModel

from sales.language.dates.instants import Instant
from sales.value import changed

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


class StoredFollowUp(FollowUp):
    """A commitment with the id that buttons carry."""

    id: int


SNOOZE = timedelta(
    hours=1
)  # "not now, but today": long enough for a meeting, short enough to be the same day


def done(followup: FollowUp, now: datetime) -> FollowUp:
    """Return a commitment once it is kept."""
    return changed(FollowUp, followup, state=FollowUpState.DONE, settled_at=now)


def dropped(followup: FollowUp, now: datetime, reason: str) -> FollowUp:
    """Return a commitment once it is given up, and why."""
    return changed(FollowUp, followup, state=FollowUpState.DROPPED, settled_at=now, drop_reason=reason)


def reopened(followup: FollowUp) -> FollowUp:
    """Return a commitment that turns out not to be settled after all."""
    return changed(FollowUp, followup, state=FollowUpState.OPEN, settled_at=None, drop_reason="")


def moved(followup: FollowUp, day: date, at: datetime | None = None) -> FollowUp:
    """Return a commitment once it is put off, or brought forward, to a day and maybe a time."""
    return changed(FollowUp, followup, due_on=day, due_at=at, moves=followup.moves + 1)


def edited(followup: FollowUp, said: FollowUp) -> FollowUp:
    """Return a commitment as its owner says it now; another day or time counts as a move."""
    is_moved = (said.due_on, said.due_at) != (followup.due_on, followup.due_at)
    return changed(
        FollowUp,
        followup,
        who=said.who,
        what=said.what,
        worth=said.worth,
        owes=said.owes,
        due_on=said.due_on,
        due_at=said.due_at,
        moves=followup.moves + is_moved,
    )


def subject(followup_id: int | None) -> str:
    """Return how the ledger calls one commitment, so that no two kinds of message bring it up at once."""
    return f"followup:{followup_id}"
