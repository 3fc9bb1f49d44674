"""Handing a goal over: what is reached stays whose it is, what is missing goes on with somebody else."""

from typing import NamedTuple

from sales.goals.goal import Goal, Metric


class PartedGoal(NamedTuple):
    """A goal in two: what its owner keeps as the target, 0 where they did nothing yet, and what another takes on."""

    kept: int
    given: int


def parted(goal: Goal, attained: int) -> PartedGoal | None:
    """Return a goal in two parts that add up to it; None where nothing of it can be taken on.

    That is one that is reached, and one of activities: what somebody else did every day is not owed by another.
    """
    if goal.metric is Metric.ACTIVITIES or attained >= goal.target:
        return None
    done = max(0, attained)
    return PartedGoal(done, goal.target - done)
