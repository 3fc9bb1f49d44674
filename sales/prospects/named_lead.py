"""Which lead words begin with: "Dana Cole, wrong size" is Dana Cole, and the rest says why."""

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from sales.language.names.descent import comparable
from sales.language.typed_text import tidy
from sales.prospects.lead import Lead, lead_names

MOST_WORDS = 8  # of a name; what is longer is a sentence
QUOTES = "\"“”„«»'"
QUOTED = re.compile(r"^[\"“„«]\s*([^\"“”„«»]{1,200}?)\s*[\"”»“]\s*")
AT = re.compile(r"^(?:at|@|of|from)\s+", re.I)
BETWEEN = re.compile(r"^[\s,:;.–—-]+(?:because\s+(?:of\s+)?)?|^because\s+(?:of\s+)?", re.I)

AnyLead = TypeVar("AnyLead", bound=Lead)


class NameAndRest(NamedTuple):
    """A beginning of a line as a name is compared, and what stands behind it."""

    name: str
    rest: str


def beginnings(text: str) -> list[NameAndRest]:
    """Return the beginnings of a line that may be a name, the longest first; what is quoted is the name alone."""
    quoted = QUOTED.match(text)
    if quoted is not None:
        return [NameAndRest(comparable(quoted[1]), rest_of(text[quoted.end() :]))]
    ends = [one.end() for one in re.finditer(r"\S+", text)][:MOST_WORDS]
    found = [
        NameAndRest(comparable(text[:end].strip(f" ,.:;{QUOTES}")), rest_of(text[end:]))
        for end in reversed(ends)
    ]
    return [one for one in found if one.name]


def rest_of(text: str) -> str:
    return tidy(BETWEEN.sub("", text.strip()))


def at_firm(leads: Sequence[AnyLead], rest: str) -> tuple[list[AnyLead], str]:
    """Return which of some leads are at the firm that the rest of a line begins with, and what is left of it then.

    All of them, and the rest as it is, where it begins with no firm of theirs.
    """
    said = AT.sub("", rest)
    for one in beginnings(said):
        here = [lead for lead in leads if lead.account and comparable(lead.account) == one.name]
        if here:
            return here, one.rest
    return list(leads), rest


def longest_match(leads: Sequence[AnyLead], begun: Sequence[NameAndRest]) -> tuple[list[AnyLead], str]:
    """Return the leads that go by the longest of these beginnings that any goes by, and what stands behind it."""
    for one in begun:
        found = [lead for lead in leads if any(comparable(name) == one.name for name in lead_names(lead))]
        if found:
            return at_firm(found, one.rest)
    return [], ""
