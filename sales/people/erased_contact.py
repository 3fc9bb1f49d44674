"""Erased contacts: somebody at a customer's who was forgotten is not brought back by a file or a line unawares.

What is kept of them is a keyed fingerprint of each name and address they went by, and the day. It tells nothing by
itself; a name can be tried against it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from sales.language.figures import long_day
from sales.people.pseudonym import name_mark

TAKES_THEM = "--again"  # before a name, or as an option: they are taken all the same, and no longer left out
ASKED_AGAIN = re.compile(rf"(?:^|\s){TAKES_THEM}(?=\s|$)")


class ErasedContacts:
    """Who of a workspace's customers was erased, and when, by the marks of one secret."""

    def __init__(self, salt: str = "", days: Mapping[str, date] | None = None) -> None:
        self.salt, self.days = salt, days or {}

    def marks_of(self, names: Iterable[str]) -> list[str]:
        """Return the marks of those of some names and addresses that were erased."""
        if not self.days:
            return []
        marks = [name_mark(self.salt, name) for name in names if name.strip()]
        return [mark for mark in marks if mark in self.days]

    def on(self, names: Iterable[str]) -> date | None:
        """Return when whoever goes by one of some names or addresses was erased; None where nobody was."""
        return max((self.days[mark] for mark in self.marks_of(names)), default=None)


def told_erased(on: date) -> str:
    """Return why somebody is left out, without their name: "was erased on Tue 3 Mar 2026; --again takes them"."""
    return f"was erased on {long_day(on)}; {TAKES_THEM} takes them"


def without_again(text: str) -> tuple[str, bool]:
    """Return what was typed without the word that takes somebody again, and whether it stood there."""
    rest = " ".join(ASKED_AGAIN.sub(" ", text).split(" "))
    return (rest.strip(), True) if rest != text else (text, False)
