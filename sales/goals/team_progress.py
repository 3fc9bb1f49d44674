"""Team progress: how a team, and each of its reps, stands towards the goals of a period."""

from typing import NamedTuple

from sales.goals.goal import Goal
from sales.goals.progress import GoalStanding
from sales.goals.runway.outlook import Outlook


class TeamStanding(NamedTuple):
    """The goals of a team for one thing and period together, and their outlook where won deals bring it."""

    standing: GoalStanding
    goals: int
    outlook: Outlook | None


class RepStanding(NamedTuple):
    """A rep and one of their goals."""

    rep: str
    standing: GoalStanding


class Ended(NamedTuple):
    """The goals of a team for one thing whose period is over, together; amounts in the goal's unit.

    `expected` is what the team's record before was good for, `luck` how often chance alone gives a gap as large;
    None where too little was on record.
    """

    goal: Goal
    label: str
    goals: int
    attained: int
    expected: float | None
    luck: float | None
