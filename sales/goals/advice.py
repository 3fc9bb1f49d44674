"""Advice: the one thing worth doing next about somebody's goals.

It is an action that can be taken today, worth three points of a chance; where none is and more is missing than can be
opened in time, that is said instead.
"""

from collections.abc import Sequence
from typing import NamedTuple

from sales.goals.forecast.what_if import Move
from sales.goals.goal import Metric
from sales.goals.progress import GoalProgress
from sales.goals.status import StatusWord

SAID_OF = frozenset(
    {StatusWord.BEHIND, StatusWord.JUST_BEGUN}
)  # what is to come may still be talked about then


class Advice(NamedTuple):
    """What to do next, and for which goal; without a move, no action is enough."""

    standing: GoalProgress
    move: Move | None = None


def may_be_advised(standing: GoalProgress) -> bool:
    """Return whether an action may bring a goal nearer: not one that is reached or over, and not one of activities,
    which have no action but themselves."""
    over = standing.pace.is_reached or standing.pace.is_over
    return standing.goal.metric is not Metric.ACTIVITIES and not over and not standing.asks_start


def worth_doing(found: Sequence[GoalProgress]) -> Advice | None:
    """Return the action that is worth most of those for some goals; None where nothing needs to be said."""
    best = max(found, key=points, default=None)
    if best is not None and points(best):
        assert best.chance is not None
        return Advice(best, best.chance.action)
    beyond = [one for one in found if one.status.word in SAID_OF and is_beyond(one)]
    return Advice(beyond[0]) if beyond else None


def points(standing: GoalProgress) -> int:
    """Return what the best action for a goal is worth, in points of its chance.

    It is 0 where none is worth doing, or its start is not known.
    """
    chance = standing.chance
    return 0 if chance is None or chance.action is None or standing.asks_start else chance.points


def is_beyond(standing: GoalProgress) -> bool:
    """Return whether a goal with a chance is missing more than can be opened in time."""
    chance = standing.chance
    return chance is not None and chance.forecast.chance is not None and chance.is_beyond
