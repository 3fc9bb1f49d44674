"""Twins: whether a promise is there already, in the same words or in ones that differ by an article or a sign."""

import re
from enum import StrEnum

from sales.language.names.match import unaccented
from sales.language.typed_text import tidy

_SMALL = re.compile(r"(?<!\w)(?:the|an?|our|my|their|your)(?!\w)|[^\w\s]+", re.I)


class Twin(StrEnum):
    """How much a promise is another one."""

    SAME = "same"  # typed twice it is still one
    ALIKE = "alike"  # which is asked


def twin_words(one: str, other: str) -> Twin | None:
    """Return whether words promise what others do: letter case aside the same, or alike; None where they do not."""
    if tidy(one).casefold() == tidy(other).casefold():
        return Twin.SAME
    return Twin.ALIKE if bare(one) and bare(one) == bare(other) else None


def bare(words: str) -> str:
    """Return words without articles and signs, in one case."""
    return " ".join(_SMALL.sub(" ", unaccented(words)).split()).casefold()
