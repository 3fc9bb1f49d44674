"""Follow-ups: commitments. Who owes what to whom by when, and why it is worth the customer's time."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from sqlmodel import Field, SQLModel

from sales.followups.recurrence import RepeatPattern, read_stored
from sales.followups.slip import SlipReason
from sales.language.dates.instants import Instant, local_instant
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
    """A commitment. `due_on` is the rep's local date; `due_at` is set only when a time was named.

    One that comes again says in `repeats` how, as `RepeatPattern.stored` does, and in `repeats_on` which day of the
    pattern it is for, wherever it was moved to. It is done or dropped by itself, and the next one is another.

    `promised_on` is the day it was first for, once it was moved; None of what was moved before that was kept. `slip` is
    why it came later the last time, where that was said (mechanism 59).
    """

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
    repeats: str = Field(default="", max_length=60)
    repeats_on: date | None = None
    promised_on: date | None = None
    slip: SlipReason | None = None

    @property
    def recurs(self) -> str:
        """How it comes again, in words; empty for what comes once."""
        recurrence = read_stored(self.repeats)
        return recurrence.words if recurrence is not None else ""


class StoredFollowUp(FollowUp):
    """A commitment with the id that buttons carry."""

    id: int


Listed = TypeVar("Listed", bound=FollowUp)

HINT_EVERY = timedelta(weeks=1)  # oftener, nobody reads it any more; mechanism 58


def may_hint(hinted_at: datetime | None, now: datetime) -> bool:
    """Say whether somebody may be asked what is in it for a customer, asked last at an instant, None for never."""
    return hinted_at is None or now - hinted_at >= HINT_EVERY


SNOOZE = timedelta(
    hours=1
)  # "not now, but today": long enough for a meeting, short enough to be the same day


def comes_later(followup: FollowUp, now: datetime, today: date) -> bool:
    """Say whether a commitment comes up later by itself than a snooze from now would bring it."""
    return followup.due_at > now + SNOOZE if followup.due_at is not None else followup.due_on > today


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
    """Return a commitment once it is put off, or brought forward, to a day and maybe a time; to its own is no move."""
    if (day, at) == (followup.due_on, followup.due_at):
        return changed(FollowUp, followup)
    return changed(FollowUp, followup, due_on=day, due_at=at, **as_moved(followup))


def as_moved(followup: FollowUp) -> dict[str, object]:
    """Return what a move changes beside the day: one move more, whose reason nobody said, and the first day stays."""
    first = followup.promised_on if followup.moves else followup.due_on
    return {"moves": followup.moves + 1, "promised_on": first, "slip": None}


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
        **(as_moved(followup) if is_moved else {}),
    )


def once(followup: FollowUp) -> FollowUp:
    """Return a commitment that does not come again."""
    return changed(FollowUp, followup, repeats="", repeats_on=None)


def next_one(
    followup: FollowUp, today: date, zone: str, working_day: Callable[[date], date]
) -> FollowUp | None:
    """Return the commitment that comes after one that repeats; None where it does not, or its last day has been.

    The pattern keeps the day that was named: the next one is counted from the day this one was for, not from where it
    was moved to, and none comes for days that are over. `working_day` says where a day off is put, the next working day
    of who owes it; the one after that is on the day named again.
    """
    recurrence = read_stored(followup.repeats)
    if recurrence is None or followup.repeats_on is None:
        return None
    day = recurrence.after(followup.repeats_on, today)
    if day is None:
        return None
    return on_pattern(reopened(followup), recurrence, day, zone, working_day).model_copy(
        update={"moves": 0, "promised_on": None, "slip": None}
    )


def on_pattern(
    followup: FollowUp, recurrence: RepeatPattern, day: date, zone: str, working_day: Callable[[date], date]
) -> FollowUp:
    """Return a commitment for a day of a pattern: due then or, on a day off, on the working day after it."""
    due_on = working_day(day)
    at = local_instant(zone, recurrence.at, due_on) if recurrence.at is not None else None
    return changed(FollowUp, followup, repeats=recurrence.stored(), repeats_on=day, due_on=due_on, due_at=at)


def in_list_order(items: Sequence[Listed]) -> list[Listed]:
    """Return promises as a list shows them: what is owed first, then what others owe, each as it came."""
    return sorted(items, key=lambda item: item.owes is Owes.THEM)


def subject(followup_id: int | None) -> str:
    """Return how the ledger calls one commitment, so that no two kinds of message bring it up at once."""
    return f"followup:{followup_id}"
