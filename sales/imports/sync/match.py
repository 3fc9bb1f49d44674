"""Whom an owner of a CRM stands for here: by the same e-mail address, where that says it for certain."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sales.imports.sync.record import CrmOwner


class OwnerMatch(NamedTuple):
    """Owners by id and whom each stands for, and those of whom somebody is asked."""

    known: dict[str, str]
    unknown: list[CrmOwner]


def addressed(people: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """Return user ids by e-mail address in small letters, of (id, address); one of two people is of none."""
    found: dict[str, set[str]] = {}
    for user_id, email in people:
        if email and email.strip():
            found.setdefault(email.strip().casefold(), set()).add(user_id)
    return {email: next(iter(ids)) for email, ids in found.items() if len(ids) == 1}


def match_owners(
    owners: Iterable[CrmOwner], people: Mapping[str, str], said: Mapping[str, str | None]
) -> OwnerMatch:
    """Return whom owners stand for: as somebody said (None for nobody here), else who has their address."""
    found = OwnerMatch({}, [])
    for one in owners:
        if one.id in said:
            if (user_id := said[one.id]) is not None:
                found.known[one.id] = user_id
            continue
        member = people.get(one.email.strip().casefold()) if one.email else None
        if member is not None:
            found.known[one.id] = member
        else:
            found.unknown.append(one)
    return found
