"""The one thing worth doing next, in words: an action, what it is worth, or that no action is enough."""

from collections.abc import Sequence

from messages.formatting import Mrkdwn, words
from messages.goals.goal.amounts import near_label, what
from sales.goals.advice import Advice
from sales.goals.forecast.what_if import Move, Step
from sales.goals.goal_doubt import WORKWEEK
from sales.goals.progress import GoalProgress
from sales.language.dates.period import week_of
from sales.language.figures import chance_percent, listed
from sales.language.typed_text import shorten

NAME_LENGTH = 60
NAMES_SHOWN = 3


def heading() -> Mrkdwn:
    return words("goals/advice", "heading")


def advised(found: Advice, among: Sequence[GoalProgress]) -> Mrkdwn:
    """Return what is worth doing next, about one of some goals."""
    label = called(found.standing, among)
    if found.move is None:
        return words("goals/advice", "beyond", label=label)
    return of_move(found.standing, found.move, label)


def called(standing: GoalProgress, among: Sequence[GoalProgress]) -> str:
    """Return what one of some goals is called: its period, and what it is about where that alone is not clear."""
    label = near_label(standing)
    alike = sum(near_label(one) == label for one in among)
    return label if alike < 2 else f"{label} {what(standing.goal)}"


def of_move(standing: GoalProgress, move: Move, label: str) -> Mrkdwn:
    """Return an action with what it does to the chance."""
    chance = standing.chance
    assert chance is not None
    then = words(
        "goals/advice", "then", label=label, before=chance.forecast.figure, after=chance_percent(move.chance)
    )
    if move.step is Step.OPEN:
        today = standing.pace.today
        this_week = today.weekday() < WORKWEEK and (move.by is None or move.by > week_of(today).end)
        return words("goals/advice", "open", m=move, this_week=this_week, then=then)
    names = listed([shorten(name, NAME_LENGTH) for name in chance.names[:NAMES_SHOWN]])
    about = names or words("goals/advice", "deals", count=len(move.deals))
    return words("goals/advice", move.step.value, m=move, names=about, then=then)
