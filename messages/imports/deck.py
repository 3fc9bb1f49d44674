"""A file of cards in its one message: what it would change, what came of it, and the way back; and decks as files."""

from collections.abc import Sequence
from typing import Any

from messages.blocks import Block, Message, actions, context, message_of, section
from messages.formatting import Mrkdwn, words
from sales.coaching.drill.deck_change import DeckOutlook
from sales.language.typed_text import shorten

NOUN = "imports/deck"
NAME = 60


def preview(name: str, outlook: DeckOutlook, ways: Sequence[dict[str, Any]]) -> Message:
    """Show what a file would change before anything does; `ways` go on from there."""
    said = words(NOUN, "preview", name=shorten(name, NAME), team=outlook.team)
    letters = [context(words(NOUN, "letters", letters=outlook.letters))] if outlook.letters else []
    return message_of([section(said), *changes(outlook), *letters, actions(*ways)])


def changes(outlook: DeckOutlook) -> list[Block]:
    """Return what a file changes, and what of it stays out."""
    counted = (("new", outlook.new, outlook.new_count), ("changed", outlook.changed, outlook.changed_count))
    lines = [words(NOUN, what, named=named, count=count) for what, named, count in counted if count]
    lines.append(words(NOUN, "same", count=outlook.same, changes=not outlook.changes_nothing))
    blocks = [section(Mrkdwn("\n".join(line for line in lines if line)))]
    if outlook.left:
        blocks.append(section(words(NOUN, "left", found=outlook.left, count=outlook.left_count)))
    return blocks


def taken(name: str, outlook: DeckOutlook, trouble: str, undo: dict[str, Any] | None) -> Message:
    """Say what came in, with the way back while there is one."""
    said = words(NOUN, "taken", name=shorten(name, NAME), team=outlook.team)
    waits = [context(words(NOUN, "not_undone", trouble=trouble))] if trouble else []
    back = [actions(undo)] if undo is not None and not outlook.changes_nothing else []
    return message_of([section(said), *changes(outlook), *waits, *back])


def undone(name: str, outlook: DeckOutlook) -> Message:
    """Say that a file is taken back."""
    return message_of(words(NOUN, "undone", name=shorten(name, NAME), team=outlook.team))


def how(*, team: str) -> Message:
    """Say how cards come in as a file; `team` is whose they will be, empty for the reader's own."""
    return message_of(words(NOUN, "how", team=team))


def files_coming() -> Message:
    return message_of(words(NOUN, "files_coming"))


def files_given(count: int) -> Mrkdwn:
    return words(NOUN, "files_given", count=count)


def file_trouble(what: str) -> Message:
    """Say why the files do not come: "not_let", "not_sent", "no_room"."""
    return message_of(words(NOUN, what))


def refused(what: str, **values: object) -> Mrkdwn:
    return words(NOUN, what, **values)
