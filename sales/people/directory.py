"""The directory: whom an imported name means, of the people a workspace knows and those it was told to forget."""

from collections.abc import Iterable
from functools import cache

from sales.language.names.match import fold, folded
from sales.people.pseudonym import FORMER, name_mark


class Directory:
    """Who a name in a file stands for: a member with that name or address, if there is exactly one.

    A name that only somebody forgotten went by is theirs who stands for them, and is not kept: see `shown`.
    """

    def __init__(
        self, people: Iterable[tuple[str, str, str | None]], marks: Iterable[tuple[str, str, str]] = ()
    ) -> None:
        """Take (user id, name, email address or None) of everybody known, and (salt, mark, pseudonym) of the erased."""
        self.people: dict[str, set[str]] = {}
        self.names: dict[str, str] = {}
        for user_id, name, email in people:
            self.names[user_id] = name
            for key in filter(None, (fold(name), (email or "").casefold())):
                self.people.setdefault(key, set()).add(user_id)
        self.salts: dict[str, dict[str, str]] = {}
        for salt, mark, pseudonym in marks:
            self.salts.setdefault(salt, {})[mark] = pseudonym
        self.erased = cache(self._erased)
        self.turned = cache(self._turned)

    def find(self, name: str) -> str | None:
        """Return the user id behind a name; case, accents and spacing do not count.

        A name that nobody goes by as it is written may have its last name first: "Kovač, Ana", "Kovač Ana".
        """
        found = self.people.get(name.casefold()) or (self.turned(name) if "," in name else ())
        found = found or self.people.get(folded(name)) or self.turned(name)
        if not found:
            return self.erased(name)
        return next(iter(found)) if len(found) == 1 else None

    def shown(self, name: str) -> str:
        """Return an owner's name as it may be kept: of somebody forgotten, and nobody else's, the neutral one."""
        found = self.find(name)
        return FORMER if found is not None and found == self.erased(name) else name

    def _turned(self, name: str) -> frozenset[str]:
        """Return everybody who goes by a name written the other way round."""
        return frozenset(one for other in other_orders(name) for one in self.people.get(fold(other), ()))

    def _erased(self, name: str) -> str | None:
        """Return the pseudonym of whoever went by a name, in either order, and was forgotten; None for all others."""
        written = [name, *other_orders(name)] if self.salts else []
        for one in written:
            for salt, marks in self.salts.items():
                if (found := marks.get(name_mark(salt, one))) is not None:
                    return found
        return None


def other_orders(name: str) -> list[str]:
    """Return a name with its last name where its first is, and the other way round; nothing for one word."""
    if "," in name:
        last, _, first = name.partition(",")
        return [f"{first} {last}"] if first.strip() and last.strip() else []
    words = name.split()
    turned = [[*words[1:], words[0]], [words[-1], *words[:-1]]] if len(words) > 1 else []
    return list(dict.fromkeys(" ".join(one) for one in turned))
