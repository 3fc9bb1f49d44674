"""A file for the library in its one message: what it would change, what came of it, and the way back."""

from collections.abc import Sequence
from typing import Any

from messages.blocks import Block, Message, actions, context, field_input, message_of, modal_of, section
from messages.elements import text_input
from messages.formatting import Mrkdwn, words
from sales.craft.library_change import LeftOut, LibraryOutlook
from sales.language.typed_text import shorten

PASTE = "library.paste"  # the callback of the form
TEXT = "text"
NOUN = "imports/library"
MOST_PASTED = 3_000  # characters; Slack takes no more in a field
MOST_NAMED = 5  # titles of what is new, or changed
MOST_LEFT = 8  # entries that stay out, each with its reason
NAME = 60


def preview(name: str, outlook: LibraryOutlook, ways: Sequence[dict[str, Any]]) -> Message:
    """Show what a file would change before anything does; `ways` go on from there."""
    said = words(NOUN, "preview", name=shorten(name, NAME), outlook=outlook)
    return message_of([section(said), *changes(outlook), actions(*ways)])


def changes(outlook: LibraryOutlook) -> list[Block]:
    """Return what a file changes, and what of it stays out."""
    lines = [
        words(NOUN, what, titles=named[:MOST_NAMED], count=len(named))
        for what, named in (("new", outlook.new), ("changed", outlook.changed))
        if named
    ]
    lines.append(words(NOUN, "same", count=outlook.same, changes=not outlook.changes_nothing))
    blocks = [section(Mrkdwn("\n".join(line for line in lines if line)))]
    if outlook.left:
        blocks.append(section(left_out(outlook.left)))
    return blocks


def left_out(found: Sequence[LeftOut]) -> Mrkdwn:
    return words(NOUN, "left", found=found[:MOST_LEFT], count=len(found))


def taken(name: str, outlook: LibraryOutlook, trouble: str, undo: dict[str, Any] | None) -> Message:
    """Say what came in, with the way back while there is one."""
    said = words(NOUN, "taken", name=shorten(name, NAME), team=outlook.team)
    waits = [context(words(NOUN, "not_undone", trouble=trouble))] if trouble else []
    back = [actions(undo)] if undo is not None and not outlook.changes_nothing else []
    return message_of([section(said), *changes(outlook), *waits, *back])


def undone(name: str, outlook: LibraryOutlook) -> Message:
    """Say that a file is taken back."""
    return message_of(words(NOUN, "undone", name=shorten(name, NAME), outlook=outlook))


def pasted(titles: Sequence[str]) -> Mrkdwn:
    """Say what was read of what was pasted, and where it waits."""
    return words(NOUN, "pasted", titles=titles[:MOST_NAMED], count=len(titles))


def paste_form(private: str, team: str) -> dict[str, Any]:
    """Ask for entries as Markdown."""
    field = text_input("chosen", max_length=MOST_PASTED, placeholder=EXAMPLE, multiline=True)
    above = section(words(NOUN, "paste_above", team=team))
    made = field_input(
        "Markdown", field, TEXT, hint="Up to 3,000 characters. For more, drop a .md file in our messages."
    )
    return modal_of("Import entries", [above, made], callback_id=PASTE, submit="Preview", private=private)


EXAMPLE = "## What a lost day costs\n- Kind: talking point\n- Owner: Dana Roe\n\nAsk what one costs them."


def refused(what: str, **values: object) -> Mrkdwn:
    return words(NOUN, what, **values)
