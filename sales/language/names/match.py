"""Deal names: which deal a person means when they type a few letters of it."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz.distance import OSA

from sales.language.names.near import is_near
from sales.language.typed_text import MAX_NAME

CLOSE_ENOUGH = 0.7  # of the letters: "gttx" may be gtx
MAX_COMPARED = 40  # a longer name is no slip of the finger
LEAST_COMPARED = 4  # letters; of three, one is a third of the name
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


@lru_cache(maxsize=8192)
def unaccented(text: str) -> str:
    """Return words for comparison, apart as they are: letter case and Latin accents do not count."""
    return without_accents(text.casefold())


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
    worse than asking. A deal's own name, the first it goes by, beats that name as another's account.
    """
    wanted = fold(asked)
    if not wanted:
        return Match()
    own = [deal for deal in deals if any(is_name(wanted, name) for name in list(names(deal))[:1])]
    if len(own) == 1:
        return Match(own[0])
    for fits in (is_name, begins_name):
        found = tuple(deal for deal in deals if any(fits(wanted, name) for name in names(deal)))
        if found:
            return Match(found[0]) if len(found) == 1 else Match(maybe=found)
    alike = tuple(deal for deal in deals if any(spelled_alike(wanted, fold(name)) for name in names(deal)))
    return Match(maybe=alike, is_guess=True)


def spelled_alike(one: str, other: str) -> bool:
    """Say whether two folded names may be the same, mistyped; never for what is longer than a slip is found in."""
    if not one or max(len(one), len(other)) > MAX_COMPARED:
        return False
    return OSA.normalized_similarity(one, other, score_cutoff=CLOSE_ENOUGH) > 0


def is_slip(typed: str, name: str) -> bool:
    """Say whether a name is another with one letter wrong, missing, too many or two changed over: "Umbrela".

    Another figure is another name ("Globex Q3", "Acme 2"), and short names differ in a letter anyway.
    """
    one, other = fold(typed), fold(name)
    if min(len(one), len(other)) < LEAST_COMPARED or max(len(one), len(other)) > MAX_NAME:
        return False
    return is_near(one, other)


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
