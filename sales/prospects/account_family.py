"""Families of accounts: who belongs to whom, as far up as it is known. A circle is found and said, never followed (30).

What a parent says of itself on paper may stand in for what nobody said of the account: its sector and how far it does
business. Its size never does: the branch of a large firm is no large firm.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sales.language.names.match import name_key
from sales.prospects.ideal_client import Criterion, Firmographics

MOST_PARENTS = 20  # a longer chain is a mistake in the data


class AccountParents(NamedTuple):
    """The accounts above one, the nearest first. `circle` names those that belong to each other, none where none do."""

    above: Sequence[str]
    circle: Sequence[str] = ()


def parents_of(name: str, parent_of: Mapping[str, str]) -> AccountParents:
    """Return who stands above an account; `parent_of` tells of accounts, by how names are compared, whose they are.

    Each account stands in it once, also where they belong to each other in a circle.
    """
    seen, above = {name_key(name): name}, list[str]()
    current = name
    for _ in range(MOST_PARENTS):
        parent = parent_of.get(name_key(current), "")
        key = name_key(parent)
        if not key:
            break
        if key in seen:
            chain = list(seen.values())
            return AccountParents(above, chain[list(seen).index(key) :])
        seen[key] = parent
        above.append(parent)
        current = parent
    return AccountParents(above)


def with_parent(firm: Firmographics, parent: str, known: Firmographics) -> Firmographics:
    """Return what is known of an account, its sector and reach taken from its parent where only that says them."""
    news: dict[str, object] = {}
    borrowed: set[Criterion] = set()
    if not firm.sector and known.sector:
        news["sector"] = known.sector
        borrowed.add(Criterion.SECTOR)
    if firm.reach is None and known.reach is not None:
        news["reach"] = known.reach
        borrowed.add(Criterion.REACH)
    if not borrowed:
        return firm
    return firm._replace(**news, borrowed=frozenset(borrowed), parent=parent)  # type: ignore[arg-type]
