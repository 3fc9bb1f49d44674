"""Retention: how long a workspace keeps what nobody needs for a figure; numbers and open work are never among it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sales.people.settings import whole_number

LONGEST = 36_500  # days: a hundred years, for whoever wants to keep everything


@dataclass(frozen=True)
class Retention:
    """One sort of record: what it is, for how many days it is kept unless an admin says otherwise, and at least.

    `what` stands before "are kept", `but` says what stays of it or why it is kept so long.
    """

    key: str
    what: str
    days: int
    least: int
    but: str = ""

    def before(self, days: int, now: datetime) -> datetime:
        """Return the instant before which what is of this sort is let go of."""
        return now - timedelta(days=max(days, self.least))


def kept_days(rules: Sequence[Retention], chosen: Mapping[str, int]) -> dict[str, int]:
    """Return for how many days each sort is kept; what was chosen counts, as long as it is not below the least."""
    return {one.key: max(chosen.get(one.key, one.days), one.least) for one in rules}


def read_retention(rules: Sequence[Retention], values: Mapping[str, Any]) -> dict[str, int]:
    """Return what a form says, in fields by the keys of the rules.

    Raises:
        Refusal: naming the field at fault.
    """
    return {one.key: whole_number(values.get(one.key), one.least, LONGEST, one.key) for one in rules}
