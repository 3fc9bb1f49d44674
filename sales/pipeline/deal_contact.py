"""Contacts of a deal: who is spoken to at the customer, who of them decides, and how they are reached (55, 57)."""

import re
from collections.abc import Sequence
from typing import TypeVar

from sqlmodel import Field

from sales.followups.contact import ContactTerms
from sales.language.names.match import name_key, unaccented

MAX_ROLE = 100


class DealContact(ContactTerms):
    """One person at the customer. `role` is what they are there; `decides` where the decision is theirs.

    How they want to be reached is theirs, on whichever deal of the customer's they stand.
    """

    opportunity_id: int
    name: str = Field(min_length=1, max_length=200)
    role: str = Field(default="", max_length=MAX_ROLE)
    decides: bool = False

    @property
    def told(self) -> str:
        """Return them in a line, as a history keeps it: "Dana Roe, CFO, decides"."""
        decides = "decides" if self.decides else ""
        return ", ".join(filter(None, (self.name, self.role, decides, *self.terms_told)))


class StoredContact(DealContact):
    """A contact with the id that buttons carry."""

    id: int


AnyContact = TypeVar("AnyContact", bound=DealContact)


def contact_meant(contacts: Sequence[AnyContact], text: str) -> AnyContact | None:
    """Return the contact that words are about: the only one they name, or the only one there is.

    A whole name beats a first one. None where two could be meant.
    """
    every = {name_key(one.name): one for one in contacts}
    said = unaccented(text)
    for name_of in (unaccented, first_name):
        named = [one for one in every.values() if _stands(name_of(one.name), said)]
        if named:
            return named[0] if len(named) == 1 else None
    return next(iter(every.values())) if len(every) == 1 else None


def first_name(name: str) -> str:
    """Return how somebody is called among people who know them, for comparison."""
    return unaccented(name).partition(" ")[0]


def _stands(name: str, said: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) is not None
