"""Lookalikes: a deal of a file that is new by its id, and one that somebody typed here and that may be the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sales.language.figures import listed, plural
from sales.language.names.descent import comparable
from sales.language.names.match import fold, spelled_alike
from sales.language.typed_text import shorten

SHORT = 9  # characters: longer ids are no two systems' at once
SAME, ANOTHER = "same", "another"  # what somebody says of two
LONGEST = 60  # characters of a name, in a sentence
MOST_REUSED = 3  # ids, named


class Lookalike(NamedTuple):
    """A deal of a file, by its id and name, and what is here already: whose it is, and how it stands."""

    key: str
    name: str
    whose: str
    here: str

    @property
    def told(self) -> str:
        whose = f"{self.whose}, " if self.whose else ""
        return f"{shorten(self.name, LONGEST)} ({whose}{self.here})"


def may_be_one(row: Mapping[str, Any], values: Mapping[str, Any], owner_id: str | None) -> bool:
    """Say whether a deal that was typed may be one of a file.

    They have one name, or the one is called as the other's company and is worth the same. They are not of two owners,
    and the one did not begin after the other had ended. What the other does not say tells nothing.
    """
    if row["owner_id"] is not None and owner_id is not None and row["owner_id"] != owner_id:
        return False
    ended, began = row["closed_on"], values.get("opened_on")
    if ended is not None and began is not None and began > ended:
        return False
    called = str(row["name_folded"])
    if called == comparable(values.get("name") or ""):
        return True
    is_worth_the_same: bool = row["value_minor"] == values.get("value_minor") != 0
    return is_worth_the_same and called == comparable(values.get("account") or "")


class Reused(NamedTuple):
    """An id of a file that was another's until now: how that one stands, and the one of the file."""

    key: str
    here: str
    there: str


@dataclass
class ReusedIds:
    """Ids of a file that were other deals', or leads', until now: so many, and some of them."""

    some: list[Reused] = field(default_factory=list)
    count: int = 0

    def note(self, key: str, here: str, there: str) -> None:
        """Take note of one."""
        self.count += 1
        if len(self.some) < MOST_REUSED:
            self.some.append(Reused(key, here, there))

    def forget_unless_most(self, known: int) -> None:
        """Take a few such ids among the `known` ones for what changed altogether: they are of this file."""
        if self.count <= known - self.count:
            self.some, self.count = [], 0

    def told(self, one: str, several: str) -> list[str]:
        """Say so in a line; nothing where there is none."""
        if not self.count:
            return []
        each = listed([f"{was.key} was {was.here} and is {was.there}" for was in self.some], most=MOST_REUSED)
        ids = plural(self.count, f"id was another {one}", f"ids were other {several}")
        return [f"{ids} until now: {each}."]


def is_another(row: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Say whether a deal of a file has nothing in common with the one that is here under its id.

    A deal may be called otherwise, go to another company, or be worth something else by now, but not all at once.
    """
    if len(str(values["external_id"])) > SHORT or is_alike(str(row["name"]), values["name"]):
        return False
    if row["account"] and values["account"] and is_alike(str(row["account"]), values["account"]):
        return False
    if row["value_minor"] == values["value_minor"] != 0:
        return False
    return not (row["opened_on"] and row["opened_on"] == values["opened_on"])


def is_another_person(row: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Say whether a lead of a file has nothing in common with the one that is here under its id.

    People change their name, their firm or their address, but not all at once.
    """
    if len(str(values["external_id"])) > SHORT or is_alike(str(row["name"]), values["name"]):
        return False
    if row["account"] and values["account"] and is_alike(str(row["account"]), values["account"]):
        return False
    return not any(row[name] and row[name] == values[name] for name in ("email", "phone"))


def is_alike(one: str, other: str) -> bool:
    """Say whether a name is another's, or a part of it, or spelled nearly as it is."""
    first, second = fold(one), fold(other)
    return first in second or second in first or spelled_alike(first, second)
