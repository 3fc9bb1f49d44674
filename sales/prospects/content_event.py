"""Content events: somebody read, downloaded, watched or asked for something of ours (mechanism 41).

They come from the systems that publish it, by a signed webhook or as a file, and each counts once by its id.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from pydantic import field_validator
from sqlmodel import Field, SQLModel

from sales.language.names.match import folded
from sales.language.typed_text import MAX_NAME

CONTENT_TOUCHED = "content_touched"
MAX_EVENT_ID = 100
MAX_EMAIL = 254
NEWS_FOR = timedelta(days=1)  # what we hear of later is history: it warms a list, and wakes nobody
PROMPT_FOR = timedelta(hours=2)  # a prompt that leaves later is no use; it stands in the next note then
SETTLES = timedelta(minutes=2)  # who reads one page reads a second; both are told at once
ONE_READER = timedelta(hours=1)  # in which one reader is told of once
PROMPTS_A_DAY = 2  # of a rep: the other half of the day's messages is for what they promised themselves
WARM_FOR = timedelta(days=14)  # so long a reader remembers what they read


class ContentAction(StrEnum):
    """What somebody did with what we publish; the later, the more it says."""

    READ = "read"
    DOWNLOADED = "downloaded"
    WATCHED = "watched"
    ATTENDED = "attended"
    ASKED = "asked"  # filled in a form: wants to be spoken to


class ContentEvent(SQLModel):
    """Somebody used something that we publish; an e-mail address, a name, a firm or several of them say who it was."""

    event_id: str = Field(min_length=1, max_length=MAX_EVENT_ID)
    email: str = Field(default="", max_length=MAX_EMAIL)
    name: str = Field(default="", max_length=MAX_NAME)
    account: str | None = Field(default=None, max_length=MAX_NAME)
    content: str = Field(min_length=1, max_length=MAX_NAME)
    action: ContentAction = ContentAction.READ
    happened_at: datetime

    @field_validator("email")
    @classmethod
    def address_in_lower_case(cls, address: str) -> str:
        return address.strip().lower()

    @property
    def who(self) -> str:
        """Return whom it is about as people say it: "Dana Cole at Acme", "dana@acme.com"."""
        person = self.name or self.email
        if person and self.account and folded(person) != folded(self.account):
            return f"{person} at {self.account}"
        return person or str(self.account)


class OwnedEvent(ContentEvent):
    """An event with the lead or the deal it is about, and whose business that is; None for nobody's."""

    owner_id: str | None = None
    lead_id: int | None = None
    deal_id: int | None = None


class StoredContentEvent(OwnedEvent):
    """An event with its id, and when we got it."""

    id: int
    received_at: datetime


class ContentReader(NamedTuple):
    """Somebody with what they did lately, the newest first, each thing once."""

    events: Sequence[StoredContentEvent]

    @property
    def newest(self) -> StoredContentEvent:
        return self.events[0]

    @property
    def who(self) -> str:
        return self.newest.who

    @property
    def firm(self) -> str:
        """Return by what a touch of theirs is known: the firm, else the person."""
        return self.newest.account or self.newest.name or self.newest.email

    @property
    def asks(self) -> bool:
        """Whether they want to be spoken to."""
        return any(one.action is ContentAction.ASKED for one in self.events)


def readers(events: Iterable[StoredContentEvent]) -> list[ContentReader]:
    """Return who did something, the latest first; who reads one thing three times is told of it once."""
    found: dict[object, list[StoredContentEvent]] = {}
    for event in sorted(events, key=lambda one: (one.happened_at, one.id), reverse=True):
        theirs = found.setdefault(reader_key(event), [])
        if all((one.action, folded(one.content)) != (event.action, folded(event.content)) for one in theirs):
            theirs.append(event)
    return [ContentReader(tuple(theirs)) for theirs in found.values()]


def reader_key(event: OwnedEvent) -> object:
    """Return by what events are one person's: their lead, else their address, else their name at their firm."""
    if event.lead_id is not None:
        return event.lead_id
    return event.email or (folded(event.name), folded(event.account or ""))


def untouched(
    found: Iterable[ContentReader], spoken: Collection[tuple[str, datetime]]
) -> list[ContentReader]:
    """Return those with whom nobody was in touch since; `spoken` are names, folded, each with when it was noted."""
    return [
        one
        for one in found
        if not any(
            name in {folded(one.firm), folded(one.newest.name)} and at >= one.newest.received_at
            for name, at in spoken
        )
    ]
