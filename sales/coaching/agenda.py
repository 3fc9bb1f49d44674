"""Agendas: what a rep and a manager of theirs want to talk about, what was noted of a talk, and what was agreed on (6).

A pair is a rep and one manager. What one of them writes is read by both and by nobody else: whoever follows that
manager begins with an empty page.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Field, SQLModel

from sales.followups.followup import FollowUpState, StoredFollowUp
from sales.language.dates.instants import Instant
from sales.language.typed_text import MAX_NAME, something

MAX_ITEM = 200  # characters: a line to talk about
MAX_NOTE = 1_000
MOST_ITEMS = 100  # open ones of a pair; a page that nobody clears is no agenda
ITEMS_SHOWN = 5
NOTES_SHOWN = 3
ACTIONS_SHOWN = 6
REMEMBERED = timedelta(days=42)  # for which what was agreed on stands on the page once its day is over


class Pair(SQLModel):
    """A rep and one of their managers."""

    rep_id: str = Field(max_length=MAX_NAME)
    manager_id: str = Field(max_length=MAX_NAME)

    def other(self, user_id: str) -> str:
        """Return who of the two it is that somebody talks with."""
        return self.rep_id if user_id == self.manager_id else self.manager_id


class AgendaItem(Pair):
    """Something to talk about, by whichever of the pair added it; `settled_at` once they have."""

    by: str = Field(max_length=MAX_NAME)
    text: str = Field(max_length=MAX_ITEM)
    added_at: Instant
    settled_at: Instant | None = None


class StoredItem(AgendaItem):
    """An item with the id that its box carries."""

    id: int


class TalkNote(Pair):
    """What one of a pair noted of a talk on a day; without words that there was one."""

    by: str = Field(max_length=MAX_NAME)
    text: str = Field(default="", max_length=MAX_NOTE)
    on: date


class AgreedAction(Pair):
    """A follow-up of either of a pair that was agreed on in a talk."""

    followup_id: int
    agreed_on: date


@dataclass(frozen=True)
class Agenda:
    """The page of a pair: what is open to talk about, the newest notes first, and what was agreed on, by whom.

    `new` are the ids of what was agreed on today.
    """

    items: Sequence[StoredItem] = ()
    notes: Sequence[TalkNote] = ()
    actions: Sequence[StoredFollowUp] = ()
    new: Collection[int] = ()

    @property
    def talked_on(self) -> date | None:
        """Return the day of the latest talk that was noted; None without any."""
        return max((one.on for one in self.notes), default=None)


def read_item(typed: str, field: str | None = None) -> str:
    """Return something to talk about as it is kept.

    Raises:
        Refusal: for nothing, and for what is no line any more.
    """
    return something(typed, MAX_ITEM, "What do you want to talk about?", field)


def read_note(typed: str, field: str | None = None) -> str:
    """Return a note of a talk as it is kept.

    Raises:
        Refusal: for nothing, and for what is longer than a note.
    """
    return something(typed, MAX_NOTE, "What is worth remembering of it?", field)


def same_item(text: str, items: Iterable[AgendaItem]) -> bool:
    """Say whether this is on an agenda already, however it is capitalised."""
    return any(one.text.casefold() == text.casefold() for one in items)


def agreed_last(actions: Iterable[StoredFollowUp]) -> list[StoredFollowUp]:
    """Return what was agreed on as it is read back: what is open first, the earliest due first."""
    return sorted(actions, key=lambda one: (one.state is not FollowUpState.OPEN, one.due_on, one.id))
