"""Access: who read and changed whose record, a line each."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from messages.blocks import Message, message_of
from messages.formatting import words
from sales.language.figures import listed
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
    shown = together(lines)
    return message_of(words("people/access", "all", lines=shown, more=count - len(lines), today=today))


def together(lines: Sequence[AccessLine]) -> list[AccessLine]:
    """Return the lines with one for what somebody did at once to several people's records.

    Whoever is named in what was done is not named again.
    """
    found = []
    for (by, what, on), same in groupby(lines, lambda one: (one.by, one.what, one.on)):
        people = list(dict.fromkeys(one.about for one in same if one.about))
        apart = [[one] for one in people] if not what else [[one for one in people if one not in what]]
        found += [AccessLine(by, listed(names), what, on) for names in apart]
    return found
