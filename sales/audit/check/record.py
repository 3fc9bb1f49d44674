"""A check's own record: how often it was right, and when it retires itself (mechanisms 20, 25)."""

from math import sqrt
from typing import NamedTuple

RESOLVED_AT_LEAST = 30  # kept deals that were won or lost; fewer say nothing of a check
SURE = 1.645  # standard errors: 90 % of what chance does lies within


class CheckRecord(NamedTuple):
    """How a check fared in a workspace.

    Of deals that it flagged and somebody kept, `resolved` are won or lost by now and `won` of those won; of the others
    that ever closed, `others` and `others_won`. Of what it found missing, `fixed` was put right and `waved` away.
    """

    resolved: int = 0
    won: int = 0
    others: int = 0
    others_won: int = 0
    fixed: int = 0
    waved: int = 0

    @property
    def right(self) -> int:
        """Return how many of the deals that it flagged, and that somebody kept, were lost."""
        return self.resolved - self.won


def is_retired(record: CheckRecord) -> bool:
    """Say whether a check that foretells is to be silent: its deals are not surely won less often than others.

    That is judged from 30 resolved deals on, by the 90 % interval of the difference of both shares (Agresti–Caffo:
    one win and one loss are added on either side, so that a share of all or nothing has an interval too).
    """
    if record.resolved < RESOLVED_AT_LEAST:
        return False
    return most_likely_above(record) >= 0


def most_likely_above(record: CheckRecord) -> float:
    """Return the upper end of the 90 % interval of the flagged deals' win rate less the others', in −1..1."""
    flagged, others = rate(record.won, record.resolved), rate(record.others_won, record.others)
    spread = flagged * (1 - flagged) / (record.resolved + 2) + others * (1 - others) / (record.others + 2)
    return flagged - others + SURE * sqrt(spread)


def rate(won: int, of: int) -> float:
    return (won + 1) / (of + 2)
