"""The leaderboard: off unless a team wants it, and then each rep sees the next above and below, and nobody else (7)."""

from collections.abc import Sequence
from typing import NamedTuple

LEAST_REPS = 3  # of fewer, the neighbours would be everybody


class BoardPlace(NamedTuple):
    """How far one rep is: the share of their own goal, 1.0 being all of it."""

    user_id: str
    name: str
    share: float


class Neighbours(NamedTuple):
    """Who is next above and next below one rep; None at either end. Distances are in points of a goal."""

    own: BoardPlace
    above: BoardPlace | None
    below: BoardPlace | None

    @property
    def ahead(self) -> int:
        """Return how many points of the goal the next one above is further."""
        return round(100 * (self.above.share - self.own.share)) if self.above is not None else 0

    @property
    def behind(self) -> int:
        """Return how many points of the goal the next one below is less far."""
        return round(100 * (self.own.share - self.below.share)) if self.below is not None else 0


def neighbours(places: Sequence[BoardPlace], user_id: str) -> Neighbours | None:
    """Return who stands next to somebody; None with fewer than three reps, or where they are not among them."""
    ordered = sorted(places, key=lambda one: (-one.share, one.name.casefold(), one.user_id))
    at = next((number for number, one in enumerate(ordered) if one.user_id == user_id), None)
    if at is None or len(ordered) < LEAST_REPS:
        return None
    above = ordered[at - 1] if at else None
    below = ordered[at + 1] if at + 1 < len(ordered) else None
    return Neighbours(ordered[at], above, below)
