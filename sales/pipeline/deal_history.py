"""The history of a deal: what it said, what it says since, from which day, and who moved it (mechanisms 23, 62)."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sqlmodel import Field, SQLModel

from sales.pipeline.opportunity import Opportunity, Stage
from sales.value import changed

MAX_SAID = 500


class DealField(StrEnum):
    """What of a deal has a history."""

    STAGE = "stage"
    STAGE_LABEL = "stage_label"
    VALUE = "value_minor"
    LIST_PRICE = "list_price_minor"
    EXPECTED = "expected_on"
    OPENED = "opened_on"
    CLOSED = "closed_on"
    NAME = "name"
    ACCOUNT = "account"
    PRODUCT = "product"
    SOURCE = "source"
    OWNER = "owner_name"
    TENDER = "is_tender"
    PARKED_UNTIL = "parked_until"
    WAKES = "wakes"
    ENTRY_REASON = "entry_reason"
    WORTH = "worth"
    # What stands beside it, as people read it.
    SHOWN = "shown"  # a word of the entry gate's questions
    CONTACT = "contact"
    OBSTACLE = "obstacle"
    DISCOUNT = "discount"  # what became of a wish, and the minor units wished for: "asked 1500000"
    REASON = "reason"  # why it was lost or parked
    FINDING = "finding"  # what of it is not asked any more, as somebody knows why


WAITING = frozenset({DealField.PARKED_UNTIL, DealField.WAKES})
# Says of a deal that somebody looked at it, and not that anything happened on it.
TRACES = frozenset({DealField.FINDING})


class MovedBy(StrEnum):
    """Who wanted a close date moved (mechanism 62)."""

    BUYER = "buyer"
    US = "us"
    UNKNOWN = "unknown"
    SLIP = "slip"  # nobody did: it was typed wrong, and put right at once


class DealChange(SQLModel):
    """One thing that a deal said otherwise from a day on.

    `was` and `now` are what the column held, as text: minor units, ISO dates, words; empty for nothing. `on` is the
    local day it was known by; `since` is set where it may have happened any day from that one to `on`, as between
    two imports. `by` is whoever typed it, empty for an import. `moved_by` says who wanted it, where that was asked.
    """

    opportunity_id: int
    what: DealField
    was: str = Field(default="", max_length=MAX_SAID)
    now: str = Field(default="", max_length=MAX_SAID)
    on: date
    since: date | None = None
    by: str = Field(default="", max_length=40)
    moved_by: MovedBy | None = None

    @property
    def days_later(self) -> int:
        """By how many days a close date was moved out; below 0 where it was pulled forward, 0 for anything else."""
        return days_between(self.was, self.now) if self.what is DealField.EXPECTED else 0


def days_between(was: str, now: str) -> int:
    """Return how many days lie between two days as a history keeps them; 0 where one of them is none."""
    return (date.fromisoformat(now) - date.fromisoformat(was)).days if was and now else 0


class StoredChange(DealChange):
    """A change with the id that buttons carry."""

    id: int


Change = TypeVar("Change", bound=DealChange)


def put_right(changes: Iterable[Change]) -> list[list[Change]]:
    """Return changes, each slip together with what put it right: the one moves nothing without the other."""
    every: list[list[Change]] = []
    last: dict[DealField, list[Change]] = {}
    for change in changes:
        held = last.get(change.what)
        if held is not None and held[-1].moved_by is MovedBy.SLIP:
            held.append(change)
        else:
            last[change.what] = [change]
            every.append(last[change.what])
    return every


def settled(changes: Iterable[StoredChange]) -> list[StoredChange]:
    """Return changes without slips: one that was put right leads from what was before it; none where that came back."""
    ends = [(held[0], held[-1]) for held in put_right(changes)]
    return [
        last if first is last else changed(StoredChange, last, was=first.was)
        for first, last in ends
        if first.was != last.now
    ]


def text_of(held: object) -> str:
    """Return what a field of a deal holds as a history keeps it; empty for nothing."""
    if held is None or held is False:
        return ""
    return str(getattr(held, "value", held))[:MAX_SAID]


def differing(was: Opportunity, now: Opportunity) -> list[tuple[DealField, str, str]]:
    """Return each field that has a history and says something else now, with both."""
    every = (
        (what, text_of(getattr(was, what.value)), text_of(getattr(now, what.value)))
        for what in DealField
        if what.value in Opportunity.model_fields
    )
    return [(what, before, after) for what, before, after in every if before != after]


def before(deal: Opportunity, changes: Iterable[DealChange]) -> Opportunity:
    """Return a deal as it was before some of its latest changes, given the oldest first."""
    first: dict[str, str] = {}
    for change in changes:
        if change.what.value in Opportunity.model_fields:
            first.setdefault(change.what.value, change.was)
    held = {name: was or None for name, was in first.items()}
    if DealField.TENDER.value in held:
        held[DealField.TENDER.value] = str(bool(first[DealField.TENDER.value]))
    for words in (DealField.STAGE_LABEL, DealField.OWNER, DealField.ENTRY_REASON, DealField.WORTH):
        if words.value in held:
            held[words.value] = first[words.value]
    return Opportunity.model_validate({**deal.model_dump(include=set(Opportunity.model_fields)), **held})


def events(changes: Iterable[DealChange]) -> list[DealChange]:
    """Return the changes by which something happened on a deal: that somebody looked at it is no such thing."""
    return [change for change in changes if change.what not in TRACES]


def pushes(changes: Iterable[StoredChange]) -> list[StoredChange]:
    """Return each time that a close date was moved to a later day, slips aside."""
    return [change for change in settled(changes) if change.days_later > 0]


def telling(changes: Sequence[DealChange]) -> list[DealChange]:
    """Return changes without what only follows from another of the same day, in their order.

    A deal that is won or lost leaves its team's stage and is closed that day; one that is opened again is closed no
    more; one that passes its gate is opened that day; one that is parked no more waits for nothing.
    """
    changes = without_waking(changes)
    moved = {(change.on, change.by) for change in changes if change.what is DealField.STAGE}
    return [
        change
        for change in changes
        if (change.on, change.by) not in moved
        or not (
            (change.what is DealField.CLOSED and change.now in ("", change.on.isoformat()))
            or (change.what is DealField.OPENED and change.now == change.on.isoformat())
            or (change.what is DealField.STAGE_LABEL and not change.now)
        )
    ]


def without_waking(changes: Iterable[DealChange]) -> list[DealChange]:
    """Return changes without those by which a deal that was opened waits for nothing any more.

    One that was parked anew, for something else, still says what it no longer waits for.
    """
    found, is_awake = list[DealChange](), False
    for change in changes:
        if change.what is DealField.STAGE:
            is_awake = change.was == Stage.PARKED
        if change.what not in WAITING or change.now or not is_awake:
            found.append(change)
    return found
