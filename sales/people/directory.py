"""The directory: whom an imported name means, of the people a workspace knows."""

from collections.abc import Iterable

from sales.language.names.match import fold, folded


class Directory:
    """Who a name in a file stands for: a member with that name or address, if there is exactly one."""

    def __init__(self, people: Iterable[tuple[str, str, str | None]]) -> None:
        """Take (user id, name, email address or None) of everybody known."""
        self.people: dict[str, set[str]] = {}
        for user_id, name, email in people:
            for key in filter(None, (fold(name), (email or "").casefold())):
                self.people.setdefault(key, set()).add(user_id)

    def find(self, name: str) -> str | None:
        """Return the user id behind a name; case, accents and spacing do not count."""
        found = self.people.get(name.casefold()) or self.people.get(folded(name)) or ()
        return next(iter(found)) if len(found) == 1 else None
