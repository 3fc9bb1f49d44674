"""Writing back: what of a deal may go to its CRM, what a person said yes to, and what becomes of it there.

Off until a team wants it. What is sent is what was shown: where theirs is another by now, both are shown and nothing is
written; where theirs is ours already, there is nothing to do; a deal that is closed there is never opened again
(docs/crm.md, "Writing back").
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlmodel import JSON, Field, SQLModel

from sales.imports.sync.merge import plain


class Writable(StrEnum):
    """What may be written back, each for itself."""

    NEXT_STEP = "next_step"
    CLOSE = "close"
    STAGE = "stage"


class WriteState(StrEnum):
    """Where something that was approved is on its way."""

    PENDING = "pending"
    UNKNOWN = "unknown"  # sent, and the answer was lost: it is read back before anything else
    DONE = "done"
    CONFLICT = "conflict"  # theirs is another than was shown; somebody chooses
    REFUSED = "refused"  # the CRM does not take it as it is
    DROPPED = "dropped"  # somebody chose theirs, or said something else since


UNDERWAY = frozenset({WriteState.PENDING, WriteState.UNKNOWN})


class CrmWrite(SQLModel):
    """Something that a person approved: of which deal, each field as it is here and as it was shown to be there.

    `ours` and `shown` are text by `Writable`, "" for nothing; a stage is its name here, and there its label. `theirs`
    is what stood there where that was another. Instants are aware UTC.
    """

    opportunity_id: int
    external_id: str = Field(max_length=100)
    approval: str = Field(max_length=100)
    ours: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    shown: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    theirs: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    state: WriteState = WriteState.PENDING
    approved_by: str
    approved_at: datetime
    tried_at: datetime | None = None
    done_at: datetime | None = None
    trouble: str = Field(default="", max_length=500)


class FieldOf(NamedTuple):
    """One field of a deal on both sides, as text."""

    what: Writable
    ours: str
    theirs: str


class WriteVerdict(StrEnum):
    """What becomes of something approved once theirs was read."""

    WRITE = "write"
    DONE = "done"
    CONFLICT = "conflict"
    CLOSED = "closed"


def wanted(said: str) -> frozenset[Writable]:
    """Return what a connection lets be written back."""
    return frozenset(Writable(one) for one in said.split() if one in set(Writable))


def differing_fields(
    allowed: frozenset[Writable], ours: Mapping[Writable, str], theirs: Mapping[Writable, str]
) -> list[FieldOf]:
    """Return what says something else here than there, of what may be written; what is nothing here is left."""
    return [
        FieldOf(what, ours[what], theirs.get(what, ""))
        for what in Writable
        if what in allowed and ours.get(what) and ours[what] != theirs.get(what, "")
    ]


def decided(write: CrmWrite, field: FieldOf) -> bool:
    """Say whether somebody decided to keep a field as it is there, in the last that was approved of a deal."""
    dropped = write.state is WriteState.DROPPED
    return dropped and (write.ours.get(field.what), write.theirs.get(field.what)) == (
        field.ours,
        field.theirs,
    )


def verdict(write: CrmWrite, theirs: Mapping[str, str], *, is_open: bool) -> WriteVerdict:
    """Return what becomes of a write. `theirs` is what stands there now; `is_open` whether the deal is open there."""
    left = [what for what in write.ours if theirs.get(what, "") != write.ours[what]]
    if not left:
        return WriteVerdict.DONE
    if not is_open:
        return WriteVerdict.CLOSED
    moved = [what for what in left if theirs.get(what, "") != write.shown.get(what, "")]
    return WriteVerdict.CONFLICT if moved else WriteVerdict.WRITE


def approval_of(external_id: str, fields: Sequence[FieldOf], view_id: str) -> str:
    """Return what tells one yes from the next: the form it was said in, and what it was said to."""
    return f"{view_id}:{external_id}:{'.'.join(one.what.value for one in fields)}"[:100]


def day_text(value: Any) -> str:
    """Return a day as it is compared: ISO, or "" for none."""
    return value.isoformat() if isinstance(value, date) else plain(value)
