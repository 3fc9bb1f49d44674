"""Two motions, deals opened and deals won; much work and nothing opened; work on deals that will hardly be won.

All three are told to the rep alone (mechanisms 28, 29, 26).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sales.language.dates.period import DaySpan
from sales.language.dates.weekday import FRIDAY, monday_of
from sales.language.names.match import fold
from sales.pipeline.cycle import DEAD_BELOW, Cycle
from sales.pipeline.opportunity import StoredOpportunity, goes_by

WINDOW = timedelta(days=14)  # in which both motions are counted
HALF = 0.5  # of the wins take longer than the cycle's median
BUSY = 50  # touches in two weeks: five a working day
LEAST_TOUCHES = 5  # on such deals in a week; fewer is keeping in touch
LEAST_SHARE = 0.2  # of what went to deals at all
MOST_NAMED = 3


class Motions(NamedTuple):
    """Deals opened and deals won in 14 days. `gap_days` is in how many days it shows that none was opened.

    That is the median time to a win; None where both motions run, nothing was won, or no cycle is known.
    """

    created: int
    captured: int
    gap_days: int | None = None


def motions(created: int, captured: int, cycle: Cycle) -> Motions:
    """Return both motions of a rep, with the day on which a stop of the first is felt."""
    stops = captured > 0 and not created and cycle.has_history
    return Motions(created, captured, cycle.days_for(HALF) if stops else None)


def weeks_judged(today: date, weeks: int) -> DaySpan:
    """Return the last so many weeks as somebody looks back on them: from Friday on this one is among them."""
    monday = monday_of(today)
    end = monday + timedelta(days=6) if today.weekday() >= FRIDAY else monday - timedelta(days=1)
    return DaySpan(end - timedelta(days=7 * weeks - 1), end)


class BusyButEmpty(NamedTuple):
    """Two weeks of work without a deal opened: touches, how many were with somebody named, and what those left.

    `agreed` of `held` conversations left a next step.
    """

    touches: int
    named: int
    agreed: int
    held: int
    are_calls: bool


def is_busy_but_empty(touches: int, created: int) -> bool:
    """Say whether the work is green and the pipeline stays empty."""
    return touches >= BUSY and not created


class DealTouches(NamedTuple):
    """How often something was done in a week, for which deal, or with which customer where no deal is noted."""

    deal_id: int | None
    account: str | None
    times: int


class Winnable(NamedTuple):
    """An open deal and the chance that it is ever won."""

    deal: StoredOpportunity
    chance: float


class TouchesAgainstChances(NamedTuple):
    """Which share of a week's touches on deals went to those that will hardly be won, and where else they could go."""

    share: float
    hardly: Sequence[Winnable]
    better: Sequence[Winnable]


def touches_against_chances(
    touches: Sequence[DealTouches], deals: Sequence[StoredOpportunity], cycle: Cycle, today: date
) -> TouchesAgainstChances | None:
    """Return where a week's touches went; None where that is no news, or nobody can tell.

    A touch without a deal is of the only open deal that goes by its customer's name.
    """
    if not cycle.has_history:
        return None
    chances = {
        deal.id: Winnable(deal, cycle.win_ever((today - deal.opened_on).days))
        for deal in deals
        if deal.opened_on is not None
    }
    counts: dict[int, int] = {}
    by_name = names_of(deals)
    for one in touches:
        deal_id = one.deal_id if one.deal_id is not None else by_name.get(fold(one.account or ""))
        if deal_id in chances:
            counts[deal_id] = counts.get(deal_id, 0) + one.times
    hardly = [one for one in chances.values() if one.chance < DEAD_BELOW and one.deal.id in counts]
    spent = sum(counts[one.deal.id] for one in hardly)
    if spent < LEAST_TOUCHES or spent / sum(counts.values()) < LEAST_SHARE:
        return None
    most = sorted(hardly, key=lambda one: -counts[one.deal.id])
    better = [one for one in chances.values() if one.chance >= DEAD_BELOW]
    likeliest = sorted(better, key=lambda one: (-one.chance * max(1, one.deal.value_minor), one.deal.id))
    return TouchesAgainstChances(spent / sum(counts.values()), most[:MOST_NAMED], likeliest[:MOST_NAMED])


def names_of(deals: Sequence[StoredOpportunity]) -> Mapping[str, int]:
    """Return which open deal goes by a name, its own or its customer's; a name of several is nobody's."""
    found: dict[str, set[int]] = {}
    for deal in deals:
        for name in goes_by(deal):
            found.setdefault(fold(name), set()).add(deal.id)
    return {name: ids.pop() for name, ids in found.items() if len(ids) == 1}
