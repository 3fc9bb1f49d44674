"""The goal that a message is about, if it still runs: what each message about one goal begins with."""

from datetime import datetime
from typing import NamedTuple

from sales.goals.goal import GoalState
from sales.nudges.policy import Skip
from storage.goals.goal import GoalRow, find_goal
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.in_team import InTeam, in_team
from storage.scope import Scope

OVER = "the goal is closed, or its owner is in no team any more"


class StillOpen(NamedTuple):
    """An open goal, and whose it is."""

    goal: GoalRow
    owner: InTeam


async def still_open(scope: Scope, delivery: DeliveryRow, now: datetime) -> StillOpen | Skip:
    """Return the goal that `goal_id` of a message's intent names, or why nothing is to be said of it."""
    goal = await find_goal(scope, int(delivery.intent["goal_id"]))
    owner = await in_team(scope, delivery.user_id, now)
    if goal is None or goal.state is not GoalState.OPEN or owner is None:
        return Skip(OVER)
    return StillOpen(goal, owner)
