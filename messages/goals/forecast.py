"""Chances in words: P(hit) with its word, what moved it, and the one thing that would move it most."""

from messages.formatting import Mrkdwn, words
from messages.goals.goal.amounts import amount
from sales.goals.goal_chance import GoalChance
from sales.goals.pace import PaceStatus
from sales.goals.progress import TargetProgress
from sales.goals.suggestion import unit_of
from sales.language.typed_text import shorten

PACED = frozenset({PaceStatus.AHEAD, PaceStatus.ON_PACE, PaceStatus.BEHIND})
NAME_LENGTH = 60


def figure(standing: TargetProgress) -> Mrkdwn | str:
    """Return P(hit) in a few words for the end of a line; empty where there is no figure or nothing open."""
    chance = standing.chance
    if chance is None or chance.is_settled or not chance.forecast.figure:
        return ""
    return words("goals/forecast", "figure", c=chance)


def lines(standing: TargetProgress) -> list[Mrkdwn]:
    """Return what a goal's card says of its chance, a line each: the figure, what moved it, what to do."""
    chance = standing.chance
    if chance is None or chance.is_settled:
        return []
    found = [words("goals/forecast", "chance", c=chance, projected=projected(standing))]
    if chance.since is not None:
        found.append(words("goals/forecast", "moved", c=chance))
    if action := best(chance):
        found.append(words("goals/forecast", "best", action=action))
    if chance.week is not None:
        found.append(words("goals/forecast", "week", w=chance.week))
    return found


def short(standing: TargetProgress) -> Mrkdwn | str:
    """Return projection, figure, what moved it and what would: one line for the end of the day and the digest."""
    chance, said = standing.chance, figure(standing)
    if chance is None or not said:
        return ""
    return words(
        "goals/forecast", "short", c=chance, figure=said, projected=projected(standing), action=best(chance)
    )


def best(chance: GoalChance) -> str:
    """Return the action that would raise P(hit) most; empty where none would."""
    if chance.action is None:
        return ""
    return chance.action.sentence([shorten(name, NAME_LENGTH) for name in chance.names])


def projected(standing: TargetProgress) -> str:
    """Return where the period ends at this pace; empty where there is no pace yet."""
    if standing.is_upcoming or standing.pace.standing not in PACED:
        return ""
    return amount(standing.goal, round_for(standing))


def round_for(standing: TargetProgress) -> int:
    """Return the projection as a whole amount: whole units of money, or a count."""
    whole = unit_of(standing.goal)
    return round(standing.pace.projection / whole) * whole
