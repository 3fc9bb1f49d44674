"""Accounts in words: "Acme 120 employees, regional, buys on price: asked for three quotes" (30, 31).

A name comes first, then what is known of it. Where the words behind a name cannot be placed, that is asked, so that no
fact is lost in a name and no name in a fact.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from sales.language.figures import listed
from sales.language.names.match import name_key
from sales.language.typed_text import MAX_NAME, MAX_WORDS, clean, clean_name, shorten
from sales.pipeline.account import MarketReach
from sales.prospects.attitude import SellingPoint
from sales.prospects.ideal_client_phrase import (
    FILLING,
    OF_PEOPLE,
    OF_PLACES,
    OF_REVENUE,
    REACH_WORDS,
    SECTORS,
    parts_of,
)
from sales.prospects.size_range import amount_in, count_in
from sales.refusal import Reading, Refusal

EXAMPLE = "/lead account Acme 120 employees, regional"
BUYS = re.compile(
    r"(?:they )?buys? on (?P<points>[a-z]+(?:(?:\s*,\s*|\s+and\s+|\s*&\s*)[a-z]+)*?)"
    r"(?:\s*(?::|because|–|—|\s-\s)\s*(?P<why>.+))?",
    re.I | re.S,
)
BUYS_BEGIN = re.compile(r"(?:^|[,;\s])(?:they )?buys? on ", re.I)
PARENT = re.compile(r"(?:part of|belongs to|owned by|subsidiary of|parent:?)\s+(?P<name>.+)", re.I)
NO_PARENT = frozenset({"none", "nobody", "no one", "nothing", "-"})


@dataclass
class AccountWords:
    """What words said of an account: columns of it, what it buys on, and what shows that."""

    currency: str
    columns: dict[str, Any] = field(default_factory=dict)
    points: tuple[SellingPoint, ...] = ()
    evidence: str = ""

    @property
    def says_something(self) -> bool:
        return bool(self.columns or self.points)

    def take(self, part: str) -> bool:
        """Take one part in; False where it cannot be placed."""
        text = part.strip(" .")
        return self.number_of(text) or self.reach(text) or self.names(text)

    def number_of(self, text: str) -> bool:
        reads: tuple[tuple[str, re.Pattern[str], Callable[[str], int]], ...] = (
            ("employees", OF_PEOPLE, count_in),
            ("locations", OF_PLACES, count_in),
            ("revenue_minor", OF_REVENUE, amount_in(self.currency)),
        )
        for column, pattern, read in reads:
            found = pattern.fullmatch(text)
            if found is None:
                continue
            try:
                self.columns[column] = read((found["said"] or found["behind"]).strip())
            except Refusal:
                continue
            return True
        return False

    def reach(self, text: str) -> bool:
        word = FILLING.sub("", text).strip().casefold()
        if word not in REACH_WORDS:
            return False
        self.columns["reach"] = MarketReach(REACH_WORDS[word])
        return True

    def names(self, text: str) -> bool:
        if (parent := PARENT.fullmatch(text)) is not None:
            name = clean_name(parent["name"])
            self.columns["parent"] = "" if name.casefold() in NO_PARENT else name
            return True
        if text.casefold() in ("no parent", "no parent company"):
            self.columns["parent"] = ""
            return True
        if (sector := SECTORS.fullmatch(text)) is not None and sector["rest"]:
            self.columns["sector"] = clean(sector["rest"], MAX_NAME)
            return True
        return False


def read_account(typed: str, known: Collection[str], currency: str) -> tuple[str, AccountWords]:
    """Return which account words are about, and what they say of it; `known` are names they may begin with.

    Raises:
        Refusal: without a name, or for words that cannot be placed.
    """
    text, said = bought(typed, currency)
    for name in sorted(known, key=len, reverse=True):
        if (behind := rest_after(text, name)) is not None:
            if not taken(behind, said):
                raise unplaced(behind, name, currency)
            require_sure(text, name, behind, said)
            return name, said
    words = text.split()
    for end in range(1, len(words)):
        trial = AccountWords(currency)
        if taken(behind := " ".join(words[end:]), trial):
            said.columns = trial.columns
            name = named(" ".join(words[:end]))
            require_sure(text, name, behind, said)
            return name, said
    return named(text), said


def require_sure(text: str, name: str, behind: str, said: AccountWords) -> None:
    """Ask where the words behind a name may be a part of it: "Acme International".

    Raises:
        Refusal: with both readings.
    """
    if set(said.columns) != {"reach"} or said.points or any(sign in text for sign in ',;:"'):
        return
    raise Refusal(
        f"Is “{shorten(text, 60)}” the whole name, or is {shorten(name, 40)} {behind.lower()}?",
        readings=[
            Reading(shorten(text, 60), f'/lead account "{text}"'),
            Reading(f"{shorten(name, 40)}, {behind.lower()}", f'/lead account "{name}", {behind}'),
        ],
    )


def bought(typed: str, currency: str) -> tuple[str, AccountWords]:
    """Return the words before what an account buys on, and what is said of that: the evidence goes to the end."""
    said = AccountWords(currency)
    begins = BUYS_BEGIN.search(typed)
    if begins is None:
        return " ".join(typed.split()), said
    found = BUYS.fullmatch(typed[begins.start() :].strip(" ,;"))
    parts = re.split(r"\s*,\s*|\s+and\s+|\s*&\s*", found["points"]) if found is not None else []
    words = [one.casefold() for one in parts]
    if found is None or not all(word in set(SellingPoint) for word in words):
        raise Refusal(
            f"What do they buy on: {listed_points()}? Words behind a colon say what shows it.",
            example=f"{EXAMPLE}, buys on price",
        )
    said.points = tuple(point for point in SellingPoint if point.value in words)
    said.evidence = clean(found["why"] or "", MAX_WORDS)
    return " ".join(typed[: begins.start()].split()), said


def listed_points() -> str:
    """Return what customers buy on, to choose from."""
    return listed([point.value for point in SellingPoint], "or")


def taken(text: str, said: AccountWords) -> bool:
    """Take all parts of a text in; False at the first that cannot be placed."""
    return all(said.take(part) for part in parts_of(text))


def rest_after(text: str, name: str) -> str | None:
    """Return what follows a name that a text begins with; None where it does not begin with it."""
    words = text.split()
    for end in range(1, len(words) + 1):
        if name_key(" ".join(words[:end]).strip(",;")) == name_key(name):
            return " ".join(words[end:])
    return None


def named(typed: str) -> str:
    """Return a name of an account.

    Raises:
        Refusal: if there is none in it.
    """
    name = clean_name(typed, "name").strip(" .,;")
    if not any(letter.isalnum() for letter in name):
        raise Refusal("Which account is it?", field="name", example=EXAMPLE)
    return name


def unplaced(words: str, name: str, currency: str) -> Refusal:
    """Return the question what words behind an account's name mean: those alone that could not be placed.

    One that holds no figure may be a sector, which is offered.
    """
    parts = list(parts_of(words))
    left = [part for part in parts if not AccountWords(currency).take(part)] or parts
    readings = []
    if len(left) == 1 and not any(letter.isdigit() for letter in left[0]):
        said = ", ".join(f"sector {part}" if part == left[0] else part for part in parts)
        readings = [Reading(f"The sector {shorten(left[0], 40)}", f'/lead account "{name}", {said}')]
    return Refusal(
        f"I could not place “{shorten(', '.join(left))}” behind {shorten(name, 40)}. I read employees, locations, "
        "revenue, regional or national, a sector (sector logistics), a parent, and what they buy on (buys on price).",
        example=EXAMPLE,
        readings=readings,
    )
