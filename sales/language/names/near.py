"""Near names: the known name that somebody meant whose letters are one off, found by the half that they got right.

One letter too many, missing, another, or two changed about, stands in one half of a name; the other half is as it is in
the list, so an index of both halves finds it, however many names there are.
"""

import re
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sales.language.names.descent import comparable

SHORTEST = 4  # of shorter names too many are one letter apart
MOST_NAMED = 5  # words of a name that are looked at


def halves(folded: str) -> tuple[str, str]:
    """Return both halves of a name, as `comparable` spells it; the middle letter of an odd number is in the second."""
    middle = len(folded) // 2
    return folded[:middle], folded[middle:]


def may_begin(folded: str) -> list[str]:
    """Return the first halves that names may have which are one letter off from one, at their ends."""
    lengths = range(len(folded) - 1, len(folded) + 2)
    found = {folded[: length // 2] for length in lengths}
    middle = len(folded) // 2
    found.add(folded[: middle - 1] + folded[middle : middle + 1])  # two changed about across the middle
    return sorted(found - {""})


def may_end(folded: str) -> list[str]:
    """Return the second halves that names may have which are one letter off from one, at their beginnings."""
    lengths = range(len(folded) - 1, len(folded) + 2)
    return sorted({folded[-(length - length // 2) :] for length in lengths})


def is_near(folded: str, other: str) -> bool:
    """Say whether two names, as `comparable` spells them, are one letter or a change about apart, and not the same.

    Digits are no slip: Acme 1 and Acme 2 are two customers.
    """
    if digits(folded) != digits(other):
        return False
    return folded != other and OSA.distance(folded, other, score_cutoff=1) == 1


def digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def beginnings(text: str) -> list[str]:
    """Return what a name at the beginning of a text may be, as it is typed, the longest first."""
    words = list(re.finditer(r"\S+", text))[:MOST_NAMED]
    found = [text[: word.end()].strip(" ,.;:!?–—-") for word in reversed(words)]
    return [one for one in dict.fromkeys(found) if len(one) >= SHORTEST]


def nearest(typed: Iterable[str], known: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return the first of the typed names that known ones are one letter off from, and those; none if none is.

    `known` has each name by how `comparable` spells it.
    """
    spelled = list(known)
    for one in typed if spelled else ():
        folded = comparable(one)
        near = process.extract_iter(folded, spelled, scorer=OSA.distance, score_cutoff=1)
        found = [known[other] for other, _, _ in near if is_near(folded, other)]
        if found:
            return one, found
    return "", []
