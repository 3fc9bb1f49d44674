"""Which lead words begin with: "Dana Cole, wrong size" is Dana Cole, and the rest says why."""

import re
from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from sales.language.names.customer import customer_in
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


class SpokenWith(NamedTuple, Generic[AnyLead]):
    """Which of somebody's leads a name in what they logged means: `sure` ones, or several of whom it may be each.

    `by_part` where only the beginning of a name was said, as "Tina" of Tina Berg.
    """

    sure: Sequence[AnyLead] = ()
    maybe: Sequence[AnyLead] = ()
    by_part: bool = False


def spoken_with(leads: Sequence[AnyLead], who: str, words: str) -> SpokenWith[AnyLead]:
    """Return which of some leads was spoken with, by whom it is logged for and the words beside it.

    A whole name beats a beginning. Of a firm it is those who are named beside it, else all of them; a first name that
    two have is nobody's.
    """
    said, beside = comparable(customer_in(who)), comparable(f"{who} {words}")
    whole = [lead for lead in leads if any(comparable(name) == said for name in lead_names(lead))]
    if whole:
        return SpokenWith([lead for lead in whole if comparable(lead.name) in beside] or whole)
    begun = [
        lead for lead in leads if any(comparable(name).startswith(f"{said} ") for name in lead_names(lead))
    ]
    firms = {comparable(lead.account or lead.name) for lead in begun}
    of_firm = len(firms) == 1 and all(firm.startswith(f"{said} ") for firm in firms)
    if len(begun) == 1 or of_firm:
        return SpokenWith(begun, by_part=True)
    return SpokenWith(maybe=begun, by_part=True)
