"""What a pipeline is likely worth, beside what it says on paper (mechanism 25, forecasts.md §3.4)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sales.pipeline.cycle import Cycle, DealAhead


class LikelyValue(NamedTuple):
    """Open deals of one currency together: minor units that are likely won in the end, and those on paper."""

    likely: float
    paper: int
    deals: int


def likely_values(deals: Iterable[DealAhead], cycle: Cycle, today: date) -> dict[str, LikelyValue]:
    """Return by currency what open deals are likely worth: Σ P(ever won | its age) · value.

    A deal without a value counts as what its product brings, and on paper as nothing. Without a history of closed
    deals nothing is likely or unlikely; ask `cycle.has_history` first.
    """
    found: dict[str, LikelyValue] = {}
    for deal in deals:
        chance = cycle.win_ever((today - deal.opened_on).days)
        so_far = found.get(deal.currency, LikelyValue(0.0, 0, 0))
        worth = deal.value_minor or deal.typical_minor
        found[deal.currency] = LikelyValue(
            so_far.likely + chance * worth, so_far.paper + deal.value_minor, so_far.deals + 1
        )
    return found
