"""Access: who read and changed whose record, a line each."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from messages.blocks import Message, message_of
from messages.formatting import words
from sales.people.access import OPERATOR, TEAM, Access, AccessKind

SHOWN = 20  # lines; a message has room for no more


class AccessLine(NamedTuple):
    """One line: who, about whom, what was done, empty where it was read, and on which day."""

    by: str
    about: str
    what: str
    on: date


def line_of(row: Access, names: Mapping[str, str]) -> AccessLine:
    """Return a line with the names that people go by now."""
    by = words("people/access", "operator") if row.by_id == OPERATOR else names.get(row.by_id, "somebody")
    about = "" if row.about_id == TEAM else names.get(row.about_id, "somebody")
    return AccessLine(by, about, row.what if row.kind is AccessKind.CHANGED else "", row.on)


def of_person(lines: Sequence[AccessLine], count: int, today: date) -> Message:
    """Say who read and changed somebody's own record."""
    return message_of(words("people/access", "own", lines=lines, more=count - len(lines), today=today))


def of_everybody(lines: Sequence[AccessLine], count: int, today: date) -> Message:
    """Say who read and changed whose record, to an admin."""
    return message_of(words("people/access", "all", lines=lines, more=count - len(lines), today=today))
