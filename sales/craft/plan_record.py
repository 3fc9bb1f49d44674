"""What plans came to here: how many strategies had those whose goal was reached, and those whose was missed (14).

Counts of one's own workspace and nothing else. The two are compared as counts by Poisson's law: of all strategies
together, the share that belongs to reached goals is held against the share of goals that were reached, with Wilson's
interval. Only where that interval leaves the second share out can they be told apart.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sales.distributions import share_interval

LEAST_PLANS = 5  # of either sort; with fewer one person's way is taken for a rule
LEAST_REPS = 3  # of either sort, so that no count is somebody's own
MOST_TIMES = 99.0  # beyond, it is "many times"


class EndedPlan(NamedTuple):
    """What the plan for a goal that is over had, and whether it was reached; `strategies` are those with steps."""

    owner_id: str
    strategies: int
    is_reached: bool


class PlansApart(NamedTuple):
    """Plans of reached and of missed goals: how many, and how many strategies each had on average.

    `times` is between which two the ratio of both averages lies with 95%; None where they cannot be told apart.
    """

    reached: int
    missed: int
    with_reached: float
    with_missed: float
    times: tuple[float, float] | None

    @property
    def plans(self) -> int:
        return self.reached + self.missed

    @property
    def can_tell(self) -> bool:
        return self.times is not None


def plans_apart(ended: Iterable[EndedPlan]) -> PlansApart | None:
    """Return how plans of reached and missed goals differ; None where no plan's goal is over yet."""
    plans = [one for one in ended if one.strategies]
    if not plans:
        return None
    reached = [one for one in plans if one.is_reached]
    missed = [one for one in plans if not one.is_reached]
    times = ratio(reached, missed) if is_enough(reached) and is_enough(missed) else None
    return PlansApart(len(reached), len(missed), average(reached), average(missed), times)


def ratio(reached: Sequence[EndedPlan], missed: Sequence[EndedPlan]) -> tuple[float, float] | None:
    """Return between which factors plans of reached goals have more strategies than the others; None for maybe none."""
    mine, theirs = total(reached), total(missed)
    low, high = share_interval(mine, mine + theirs)
    if low <= len(reached) / (len(reached) + len(missed)) <= high:
        return None
    size = len(missed) / len(reached)
    least, most = (share / (1 - share) * size if share < 1 else MOST_TIMES for share in (low, high))
    return least, min(most, MOST_TIMES)


def is_enough(plans: Sequence[EndedPlan]) -> bool:
    return len(plans) >= LEAST_PLANS and len({one.owner_id for one in plans}) >= LEAST_REPS


def total(plans: Sequence[EndedPlan]) -> int:
    return sum(one.strategies for one in plans)


def average(plans: Sequence[EndedPlan]) -> float:
    return total(plans) / len(plans) if plans else 0.0
