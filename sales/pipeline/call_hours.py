"""Own data on when calls are answered: an hour is named only where it beats the others by more than chance (56).

Beta-binomial per hour, shrunk to what the counts support, and Pearson's χ² over the hours, as win rates are compared.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sales.followups.slot import BestHour
from sales.pipeline.win_rate import Decided, compare

LEAST_ATTEMPTS = 30  # calls with an outcome; of fewer an hour says nothing (maths: shown after 30 attempts)


class CallAttempt(NamedTuple):
    """One call: the hour it was made at on the clock of whoever was called, and whether somebody answered."""

    hour: int
    answered: bool


def best_hour(attempts: Sequence[CallAttempt]) -> BestHour | None:
    """Return the hour that pays best; None where too little is known, or the hours cannot be told apart."""
    if len(attempts) < LEAST_ATTEMPTS:
        return None
    answered: dict[str, list[bool]] = defaultdict(list)
    for one in attempts:
        answered[f"{one.hour:02}"].append(one.answered)
    found = compare({hour: Decided(sum(each), len(each)) for hour, each in answered.items()})
    if not found.can_rank or found.rates[0].side != "above":
        return None
    best = found.rates[0]
    return BestHour(int(best.name), best.won, best.closed)
