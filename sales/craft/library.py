"""The library: what a team says and asks, kept by four keys, with an owner and a day to look at it again (15, 16, 48).

The keys are who is spoken to (buying influence), their sector, what hurts them, and the competitor whose gap it names.
An entry is offered where none of its keys is contradicted, the one with the most that fit first.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.language.figures import number
from sales.language.names.match import name_key, unaccented
from sales.language.typed_text import clean, on_one_line, seen
from sales.prospects.persona import is_role, role_words
from sales.refusal import Refusal

MAX_TITLE = 120  # characters: one line on a phone, and one of Slack's options with its mark cut
MAX_TEXT = 1_500  # what a person reads in a minute before they call
MAX_KEY = 200
HOLDS = timedelta(days=182)  # half a year; what was true of customers longer ago is worth a look
MOST_ENTRIES = 500  # of a team; nobody reads more, and a page of Slack's never shows more
WORD = re.compile(r"[^\W_]{3,}")
BLANK_LINES = re.compile(r"\n{3,}")


class EntryKind(StrEnum):
    """What an entry is for, in the order in which the library shows them."""

    TALKING_POINT = "talking_point"
    QUESTION = "question"
    VALUE_PROPOSITION = "value_proposition"
    PERSONA = "persona"  # kept as a card of the team's (`sales/prospects/persona.py`); here it is read and written too
    OBJECTION = "objection"
    PLAY = "play"


KINDS: dict[EntryKind, tuple[str, str]] = {
    EntryKind.TALKING_POINT: ("talking point", "talking points"),
    EntryKind.QUESTION: ("discovery question", "discovery questions"),
    EntryKind.VALUE_PROPOSITION: ("value proposition", "value propositions"),
    EntryKind.PERSONA: ("persona", "personas"),
    EntryKind.OBJECTION: ("objection", "objections"),
    EntryKind.PLAY: ("play", "plays"),
}


class EntryKey(StrEnum):
    """By what an entry is found."""

    ROLE = "role"
    SECTOR = "sector"
    PAIN = "pain"
    COMPETITOR = "competitor"


class LibraryEntry(SQLModel):
    """One thing that is ready to be said or asked. A key that is empty fits everybody.

    `role` is a buying influence in words, several separated by commas; of a persona, its other titles. `starter` is the
    name of the entry of ours that it began as; empty for one of the team's own. Without an owner nobody looks after it.
    """

    kind: EntryKind
    title: str = Field(min_length=1, max_length=MAX_TITLE)
    text: str = Field(min_length=1, max_length=MAX_TEXT)
    role: str = Field(default="", max_length=MAX_KEY)
    sector: str = Field(default="", max_length=MAX_KEY)
    pain: str = Field(default="", max_length=MAX_KEY)
    competitor: str = Field(default="", max_length=MAX_KEY)
    owner_id: str | None = None
    review_by: date | None = None
    starter: str = Field(default="", max_length=40)

    @property
    def roles(self) -> tuple[str, ...]:
        """Return the buying influences that it is for; of a persona, every title that means it."""
        named = (self.title, self.role) if self.kind is EntryKind.PERSONA else (self.role,)
        return tuple(one.strip() for said in named for one in said.split(",") if one.strip())

    @property
    def keys(self) -> dict[EntryKey, str]:
        """Return the keys that it has, with what they say."""
        every = {key: str(getattr(self, key.value)) for key in EntryKey}
        return {key: said for key, said in every.items() if said}

    @property
    def called(self) -> tuple[EntryKind, str]:
        """Return what tells it from the others of a library."""
        return self.kind, name_key(self.title)

    @property
    def fingerprint(self) -> str:
        """Return what changes with every word of it, so that whoever began to change it earlier is told."""
        said = self.model_dump_json(include=set(LibraryEntry.model_fields))
        return sha256(said.encode()).hexdigest()[:16]

    def is_due(self, today: date) -> bool:
        """Say whether the day to look at it again is past."""
        return self.review_by is not None and self.review_by < today


class StoredEntry(LibraryEntry):
    """An entry with the id that buttons carry; one of ours that a team has not changed has none."""

    id: int = 0

    @property
    def key(self) -> str:
        """Return how it is named in buttons: "entry:12", "persona:3", "starter:bad-week"."""
        if not self.id:
            return f"starter:{self.starter}"
        return f"persona:{self.id}" if self.kind is EntryKind.PERSONA else f"entry:{self.id}"


@dataclass(frozen=True)
class Occasion:
    """Whom something is prepared for, as far as it is known: the titles of those spoken to, and what was said of it.

    `pain` and `competitor` are words of any length in which either may be named: obstacles, needs, notes.
    """

    roles: Sequence[str] = ()
    sector: str = ""
    pain: str = ""
    competitor: str = ""


class RankedEntry(NamedTuple):
    """An entry that can be used on an occasion, and which of its keys fit."""

    entry: StoredEntry
    fits: tuple[EntryKey, ...]


def entries_for(
    entries: Iterable[StoredEntry], kind: EntryKind, occasion: Occasion, most: int
) -> list[RankedEntry]:
    """Return at most so many entries of a kind for an occasion: those of which the most keys fit come first.

    One whose key is contradicted is left out, and so is one against a competitor who is not named. Of those that fit
    alike come first the ones with the fewest keys nobody can tell, then the team's own before ours, then by title.
    """
    found = [
        RankedEntry(one, fits)
        for one in entries
        if one.kind is kind and (fits := fitting_keys(one, occasion)) is not None
    ]
    found.sort(
        key=lambda each: (
            -len(each.fits),
            len(each.entry.keys) - len(each.fits),
            not each.entry.id,
            unaccented(each.entry.title),
        )
    )
    return found[:most]


def fitting_keys(entry: LibraryEntry, occasion: Occasion) -> tuple[EntryKey, ...] | None:
    """Return which keys of an entry fit an occasion; None where one is contradicted."""
    fits = {
        EntryKey.ROLE: role_fits(entry, occasion.roles),
        EntryKey.SECTOR: sector_fits(entry.sector, occasion.sector),
        EntryKey.PAIN: any_in(entry.pain, occasion.pain) or None,
        EntryKey.COMPETITOR: competitor_fits(entry.competitor, occasion.competitor),
    }
    if any(fit is False for fit in fits.values()):
        return None
    return tuple(key for key, fit in fits.items() if fit)


def role_fits(entry: LibraryEntry, titles: Sequence[str]) -> bool | None:
    """Say whether an entry is for one of these titles; None where it names nobody or nobody is known."""
    wanted = [role_words(one) for one in entry.roles]
    known = [words for one in titles if (words := role_words(one))]
    if not wanted or not known:
        return None
    return any(is_role(own, words) for own in wanted for words in known)


def sector_fits(wanted: str, sector: str) -> bool | None:
    """Say whether a sector is one of those wanted, separated by commas; None where either is not known."""
    if not wanted or not sector:
        return None
    return any(words_in(one, sector) or words_in(sector, one) for one in wanted.split(","))


def competitor_fits(wanted: str, text: str) -> bool | None:
    """Say whether a competitor is named, whatever stands behind the colon of a gap: "Haulmate: no night shift"."""
    return any_in(wanted.partition(":")[0], text) if wanted else None


def any_in(wanted: str, text: str) -> bool:
    """Say whether one of the things of a key, separated by commas, is named in a text."""
    return any(words_in(one, text) for one in wanted.split(","))


def words_in(wanted: str, text: str) -> bool:
    """Say whether each word of a key stands in a text, plurals too: "late truck" in "trucks come late"."""
    asked = stems(wanted)
    return bool(asked) and asked <= stems(text)


def stems(text: str) -> frozenset[str]:
    """Return the words of a text without the endings of plurals; shorter ones than three letters are none."""
    return frozenset(stem(word) for word in WORD.findall(unaccented(text)))


def stem(word: str) -> str:
    """Return a word without the ending of a plural: "deliveries" and "delivery" meet."""
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def searched(entries: Iterable[StoredEntry], asked: str) -> list[StoredEntry]:
    """Return the entries in which every word of a search stands, those first that have it in their title."""
    wanted = [stem(one) for one in unaccented(asked).split()]
    found = [one for one in entries if wanted and all(word in searchable(one) for word in wanted)]
    return sorted(found, key=lambda one: not all(word in unaccented(one.title) for word in wanted))


def searchable(entry: LibraryEntry) -> str:
    return unaccented(" ".join((entry.title, entry.text, *entry.keys.values(), KINDS[entry.kind][0])))


def titled(entries: Iterable[StoredEntry], title: str) -> list[StoredEntry]:
    """Return the entries with exactly this title, of whatever kind."""
    return [one for one in entries if name_key(one.title) == name_key(title)]


def due_of(entries: Iterable[StoredEntry], today: date) -> list[StoredEntry]:
    """Return the entries whose day to look at them again is past, the one that waits longest first."""
    return sorted((one for one in entries if one.is_due(today)), key=lambda one: one.review_by or today)


def read_title(typed: str, field: str | None = None) -> str:
    """Return a title as it is kept.

    Raises:
        Refusal: if nothing is left of it, or too much.
    """
    title = clean(typed, MAX_TITLE, field)
    if not name_key(title):
        raise Refusal("What is it called? A few words will do.", field=field)
    return title


def read_text(typed: str, field: str | None = None) -> str:
    """Return what an entry says, with its lines.

    Raises:
        Refusal: if nothing is left of it, or too much.
    """
    lines = (line.rstrip() for line in seen(typed).replace("\r\n", "\n").expandtabs(4).split("\n"))
    text = BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
    if not on_one_line(text):
        raise Refusal("What does it say? One sentence will do.", field=field)
    if len(text) > MAX_TEXT:
        raise Refusal(
            f"That is {number(len(text))} characters; {number(MAX_TEXT)} is the most that fits."
            " Make two entries of it.",
            field=field,
        )
    return text


def read_key(typed: str, field: str | None = None) -> str:
    """Return a key as it is kept, a list with its commas.

    Raises:
        Refusal: if it is too long.
    """
    said = clean(typed, MAX_KEY, field)
    return ", ".join(dict.fromkeys(filter(None, (one.strip() for one in re.split(r"[,;]", said)))))


def is_worth_saying(review_days: Iterable[date], since: date, today: date) -> bool:
    """Say whether the note of a day tells of entries past these days: the first of a month, or one newly past.

    `since` is the day of the note before. So whoever leaves them as they are reads of it once a month.
    """
    new_month = (since.year, since.month) != (today.year, today.month)
    return any(new_month or since <= day < today for day in review_days)
