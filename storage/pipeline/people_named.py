"""People as somebody reads of them beside a deal: "you" for the reader, others by name."""

from collections.abc import Iterable

from storage.people.member import find_members
from storage.scope import Scope

YOU = "you"


async def names_for(scope: Scope, reader_id: str, user_ids: Iterable[str]) -> dict[str, str]:
    """Return how people are called to a reader, by their ids; those we never met are missing."""
    others = sorted({one for one in user_ids if one and one != reader_id})
    found = {row.user_id: row.name for row in await find_members(scope, others)} if others else {}
    return {**found, reader_id: YOU}
