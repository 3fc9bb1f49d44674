"""Whom an owner of a CRM stands for here: by the same e-mail address, where that says it for certain."""

from collections.abc import Iterable, Mapping, Sequence
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
    owners: Sequence[CrmOwner],
    people: Mapping[str, str],
    said: Mapping[str, str | None],
    before: Mapping[str, str | None] | None = None,
) -> OwnerMatch:
    """Return whom owners stand for: as somebody said (None for nobody here), else who has their address.

    Of several owners with one address none is known by it, unless one alone did not leave. Whom one stood for `before`
    they go on standing for while the address is that person's, so that a second one takes nobody's deals away.
    """
    found = OwnerMatch({}, [])
    holders = holders_of(one for one in owners if one.active)
    alone = holders_of(owners) | {email: ids for email, ids in holders.items() if len(ids) == 1}
    for one in owners:
        if one.id in said:
            if (user_id := said[one.id]) is not None:
                found.known[one.id] = user_id
            continue
        member = people.get(address_of(one))
        is_sure = alone.get(address_of(one)) == {one.id} or (before or {}).get(one.id) == member
        if member is not None and is_sure:
            found.known[one.id] = member
        else:
            found.unknown.append(one)
    return found


def address_of(owner: CrmOwner) -> str:
    return owner.email.strip().casefold()


def holders_of(owners: Iterable[CrmOwner]) -> dict[str, set[str]]:
    """Return the ids of the owners of each address."""
    found: dict[str, set[str]] = {}
    for one in owners:
        found.setdefault(address_of(one), set()).add(one.id)
    return found
