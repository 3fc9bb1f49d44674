"""Progress: what something just done did for the goals it counts towards."""

from collections.abc import Container, Iterable
from datetime import date
from typing import NamedTuple

from sales.followups.activity import ActivityKind
from sales.goals.goal import Goal, Metric


class Progress(NamedTuple):
    """A goal, what people call its period, and what counts towards it so far, in the goal's unit."""

    goal: Goal
    label: str
    attained: int

    @property
    def is_reached(self) -> bool:
        return self.attained >= self.goal.target


def counts_towards(
    goal: Goal, on: date, metrics: Iterable[Metric], kinds: Container[ActivityKind | None] = ()
) -> bool:
    """Say whether something of these metrics (activities: of these kinds) done on a day moves the goal."""
    if not goal.starts_on <= on <= goal.ends_on or goal.metric not in metrics:
        return False
    return goal.metric is not Metric.ACTIVITIES or goal.activity_kind in kinds
