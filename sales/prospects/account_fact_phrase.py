"""Facts in words: "Acme: they open a plant in Graz", "Acme they open a plant in Graz" (18).

The name ends where a known one does, else at a colon, a dash, or where a sentence about them begins. Where nothing
tells, it is asked, never guessed.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from sales.language.names.match import name_key
from sales.language.typed_text import clean_name, shorten
from sales.prospects.account_fact import EXAMPLE, read_fact
from sales.prospects.account_phrase import rest_after
from sales.refusal import Reading, Refusal

QUOTED = re.compile(r"[\"“„](?P<name>[^\"“”„]+)[\"“”](?P<rest>.*)", re.DOTALL)
APART = re.compile(r"(?P<name>[^:;\n]+?)(?:\s*[:;\n]\s*|\s+[–—-]\s+)(?P<rest>.+)", re.DOTALL)
SUBJECT = re.compile(r"(?P<name>.+?),?\s+(?P<rest>(?:they|it|he|she|we|their|its)\s.+)", re.I | re.DOTALL)
MOST_WORDS = 2  # of a name that is offered
EDGES = " ,:;–—-"


class TypedFact(NamedTuple):
    """Of which account, and what; empty where only the account was named."""

    account: str
    says: str


def read_account_fact(typed: str, known: Collection[str]) -> TypedFact:
    """Return of which account words are and what they say; `known` are names they may begin with.

    Raises:
        Refusal: without a name, and where nothing tells how far it goes.
    """
    text = typed.strip()
    if (quoted := QUOTED.fullmatch(text)) is not None:
        return TypedFact(named(quoted["name"]), said(quoted["rest"]))
    for name in sorted(known, key=len, reverse=True):
        if (rest := rest_after(text, name)) is not None:
            return TypedFact(name, said(rest))
    for pattern in (APART, SUBJECT):
        if (found := pattern.fullmatch(text)) is not None:
            return TypedFact(named(found["name"]), said(found["rest"]))
    words = text.split()
    if len(words) <= MOST_WORDS:
        return TypedFact(named(text), "")
    raise Refusal(
        "How far does the name of the account go?",
        example=EXAMPLE,
        readings=[reading(words, end) for end in range(1, MOST_WORDS + 1)],
    )


def reading(words: list[str], end: int) -> Reading:
    """Return the reading in which the first few words are the account's name."""
    name = " ".join(words[:end])
    return Reading(shorten(name, 40), f'/lead fact "{name}" {" ".join(words[end:])}')


def named(typed: str) -> str:
    """Return the name of an account.

    Raises:
        Refusal: if there is none.
    """
    name = clean_name(typed, "account").strip(" .,:;")
    if not name_key(name):
        raise Refusal("Which account is it about?", field="account", example=EXAMPLE)
    return name


def said(rest: str) -> str:
    text = rest.strip(EDGES)
    return read_fact(text) if text else ""
