"""Content events in words: who used what, when, and that a call is due."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from messages.blocks import Block, Message, actions, context, line_sections, message_of, section
from messages.elements import button
from messages.formatting import Mrkdwn, words
from sales.language.figures import duration, listed, plural
from sales.language.typed_text import shorten
from sales.prospects.content_event import ContentAction, ContentReader, StoredContentEvent

NOUN = "prospects/content_event"
NEXT = "warmth.show"  # the whole list of whom to call
SHOWN = 5
THINGS = 2  # that one reader did, named
NAME_LENGTH = 80
DID = {
    ContentAction.READ: "read",
    ContentAction.DOWNLOADED: "downloaded",
    ContentAction.WATCHED: "watched",
    ContentAction.ATTENDED: "attended",
    ContentAction.ASKED: "asked for",
}


def prompt(found: Sequence[ContentReader], phones: Mapping[int, str], now: datetime) -> Message:
    """Say who just used what, and that they are called while they remember it."""
    if len(found) == 1:
        lines = [words(NOUN, "alone", line=reader_line(found[0], now), phone=phone_of(found[0], phones))]
        return message_of([section(lines[0]), whole_list()])
    head = words(NOUN, "several", count=len(found), names=names_of(found))
    lines = [
        words(NOUN, "line", line=reader_line(one, now), phone=phone_of(one, phones)) for one in found[:SHOWN]
    ]
    blocks: list[Block] = [section(head), *line_sections(lines)]
    if len(found) > SHOWN:
        blocks.append(context(words(NOUN, "more", count=len(found) - SHOWN)))
    return message_of([*blocks, whole_list()])


def note(found: Sequence[ContentReader], now: datetime) -> Block:
    """Say the same in a note, in as few lines as there are readers, three at most."""
    lines = [words(NOUN, "line", line=reader_line(one, now), phone="") for one in found[:3]]
    rest = len(found) - len(lines)
    return section(words(NOUN, "note", count=len(found), lines=lines, rest=rest))


def whole_list() -> Block:
    return actions(button("Whom to call first", NEXT))


def phone_of(one: ContentReader, phones: Mapping[int, str]) -> str:
    return phones.get(one.newest.lead_id or 0, "")


def names_of(found: Sequence[ContentReader]) -> str:
    return listed([shorten(one.who, 40) for one in found], most=2)


def reader_line(one: ContentReader, now: datetime) -> Mrkdwn:
    """Return who did what and when: "Dana Cole at Acme read “Pricing guide” 12 minutes ago"."""
    return words(
        NOUN,
        "reader",
        who=shorten(one.who, NAME_LENGTH),
        did=deeds(one.events[:THINGS], len(one.events) - THINGS),
        ago=ago(one.newest.happened_at, now),
    )


def deeds(events: Sequence[StoredContentEvent], others: int = 0) -> str:
    """Return what was done with what: "read “Prices” and “Demo”", "read “Prices” and 3 things more"."""
    told: dict[ContentAction, list[str]] = {}
    for event in events:
        told.setdefault(event.action, []).append(f"“{shorten(event.content, NAME_LENGTH)}”")
    found = [
        content if at else f"{DID[action]} {content}"
        for action, contents in told.items()
        for at, content in enumerate(contents)
    ]
    return listed([*found, f"{plural(others, 'thing')} more"] if others > 0 else found)


def ago(at: datetime, now: datetime) -> str:
    """Return how long ago something was: "12 minutes ago"."""
    return f"{duration(now - at)} ago"


def why() -> str:
    return str(words(NOUN, "why"))


def why_note() -> str:
    return str(words(NOUN, "why_note"))
