"""Deal names: which deal a person means when they type a few letters of it."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from sales.language.spelling import closest
from sales.language.typed_text import MAX_NAME

SIGNS_THAT_COUNT = "+#"  # C, C++ and C# are three products


def fold(name: str) -> str:
    """Return a name for comparison: letter case, spaces, punctuation and Latin accents do not count.

    "GTXPro" and "GTX Pro" meet, so do "Café Noir" and "cafe noir". A name of signs or emoji alone
    stays itself.
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    letters = without_accents("".join(character for character in plain if is_letter(character)))
    return letters or "".join(without_accents(plain).split())


folded = lru_cache(maxsize=8192)(fold)

T = TypeVar("T")


class Match(NamedTuple, Generic[T]):
    """Which deal a name means: `sure` if there is no doubt, else the `maybe` candidates in the order given.

    `is_guess` where they are only spelled alike.
    """

    sure: T | None = None
    maybe: tuple[T, ...] = ()
    is_guess: bool = False

    @property
    def found(self) -> bool:
        """Say whether the name, or its beginning, belongs to at least one deal."""
        return self.sure is not None or (bool(self.maybe) and not self.is_guess)


def match(asked: str, deals: Sequence[T], names: Callable[[T], Iterable[str]]) -> Match[T]:
    """Find which of the deals is called `asked`; each may go by several names (its own, its account's).

    The same name, folded, beats a beginning ("acm" for "Acme Corp", "corp" too), which beats a close
    spelling. One exact or beginning match is sure; a close spelling never is, as closing the wrong deal is
    worse than asking.
    """
    wanted = fold(asked)
    if not wanted:
        return Match()
    for fits in (is_name, begins_name):
        found = tuple(deal for deal in deals if any(fits(wanted, name) for name in names(deal)))
        if found:
            return Match(found[0]) if len(found) == 1 else Match(maybe=found)
    alike = tuple(deal for deal in deals if closest(wanted, [fold(name) for name in names(deal)]))
    return Match(maybe=alike, is_guess=True)


def is_name(wanted: str, name: str) -> bool:
    return fold(name) == wanted


def begins_name(wanted: str, name: str) -> bool:
    """Say whether the folded text begins the name or a later word of it."""
    words = name.split()
    return any(fold(" ".join(words[start:])).startswith(wanted) for start in range(len(words)))


def is_letter(character: str) -> bool:
    """Say whether a character counts in a name: letters, digits and shaping marks of every script."""
    return unicodedata.category(character)[0] in "LNM"


def without_accents(text: str) -> str:
    """Return text whose Latin letters lost their accents; marks of other scripts are part of the word."""
    kept: list[str] = []
    for character in unicodedata.normalize("NFD", text):
        if unicodedata.combining(character) and kept and kept[-1].isascii():
            continue
        kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


@lru_cache(maxsize=8192)  # a file names few accounts, products, stages and people, each many times
def name_key(name: str) -> str:
    """Return a name for comparison: "GTXPro" and "GTX Pro" meet, "C" and "C++" do not."""
    signs = "".join(character for character in name if character in SIGNS_THAT_COUNT)
    return (fold(name) + signs)[:MAX_NAME]
