"""Somebody at a customer as they are told in one line: "Dana Poe, CFO, decides"."""

import re
from typing import NamedTuple

from sales.language.typed_text import MAX_NAME, clean
from sales.pipeline.deal_contact import MAX_ROLE, DealContact

_DECIDES = re.compile(r"[\s,;]*(?<!\w)(?:\(?(?:s?he|they)?\s*decides?\)?)\s*\.?$", re.IGNORECASE)


class PersonTold(NamedTuple):
    """A name, what somebody is there, and whether the decision is theirs as far as the line says so."""

    name: str
    role: str = ""
    decides: bool = False


def read_person(typed: str, field: str | None = None) -> PersonTold:
    """Return who a line is about: the name up to its first comma or bracket, then the role.

    Raises:
        Refusal: under the field, for a name or a role that is too long.
    """
    line = clean(typed, MAX_NAME + MAX_ROLE, field)
    rest = _DECIDES.sub("", line)
    name, _, role = rest.replace("(", ",", 1).partition(",")
    role = role.strip(" ,;.")
    if "(" in rest and role.endswith(")"):
        role = role[:-1].strip()
    return PersonTold(
        clean(name.strip(" ,;"), MAX_NAME, field), clean(role, MAX_ROLE, field), decides=rest != line
    )


def written(contact: DealContact) -> str:
    """Return a contact as a line of the form holds them: "Dana Poe, CFO"."""
    return ", ".join(filter(None, (contact.name, contact.role)))
