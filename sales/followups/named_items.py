"""Which of somebody's open follow-ups words fit: by whom it is with and what it is, in words or their beginnings."""

import re
from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz import fuzz

from sales.followups.followup import FollowUp
from sales.language.names.match import unaccented

AnyFollowUp = TypeVar("AnyFollowUp", bound=FollowUp)

LEAST_TYPED = 3  # letters of a word that stand for all of it
ALIKE = 80  # of 100: a slip in a word; see sales/language/spelling.py
MOST_WORDS = 12  # with more, what was typed names nothing

_WORD = re.compile(r"#?\w+(?:['’.&-]\w+)*")
FILLERS = frozenset(
    {
        "it", "its", "it's", "it’s", "that", "that's", "that’s", "this", "one", "ones", "the", "a", "an", "with",
        "to", "on", "at", "by", "for", "until", "till", "til", "as", "of", "and", "is", "are", "was", "were", "i",
        "i've", "i’ve", "ive", "have", "has", "we", "we've", "we’ve", "already", "just", "now", "mark", "please",
        "them", "they", "number", "no", "back", "out", "off", "again", "instead", "then", "rather", "better",
        "thanks", "pls", "my", "w", "re", "about",
    }
)  # fmt: skip


class FittingItems(NamedTuple, Generic[AnyFollowUp]):
    """Those that words fit, in the order given; `sure` where every word names them, all of them where none is said."""

    rows: Sequence[AnyFollowUp]
    sure: bool


def words_of(text: str) -> list[str]:
    """Return the words of a text without their possessive endings, in lower case and without accents."""
    return [word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(unaccented(text))]


def naming(text: str) -> list[str]:
    """Return the words that may name something, in order."""
    return [word for word in words_of(text) if word not in FILLERS]


def fitting(text: str, items: Sequence[AnyFollowUp]) -> FittingItems[AnyFollowUp]:
    """Return which items words fit: those with all of the words, else with their beginnings; else, not sure, nearly.

    Nearly is with some of the words, the most of them first, or with one that is spelled alike.
    """
    told = naming(text)[:MOST_WORDS]
    if not told:
        return FittingItems(items, sure=True)
    known = [(item, words_of(f"{item.who} {item.what}")) for item in items]
    whole = [item for item, words in known if set(told) <= set(words)]
    begun = whole or [item for item, words in known if all(begins(one, words) for one in told)]
    if begun:
        return FittingItems(begun, sure=True)
    counted = [
        (sum(begins(one, words) or is_alike(one, words) for one in told), item) for item, words in known
    ]
    near = sorted((one for one in counted if one[0]), key=lambda one: -one[0])
    return FittingItems([item for _, item in near], sure=False)


def begins(typed: str, words: Sequence[str]) -> bool:
    return typed in words or (len(typed) >= LEAST_TYPED and any(word.startswith(typed) for word in words))


def is_alike(typed: str, words: Sequence[str]) -> bool:
    return any(fuzz.ratio(typed, word) >= ALIKE for word in words)
