"""Progress in words: how far a goal is after what was just done."""

from collections.abc import Sequence

from messages.formatting import Mrkdwn, words
from messages.goals.goal.amounts import bare, what
from sales.goals.attainment import Progress


def lines(moved: Sequence[Progress]) -> list[Mrkdwn]:
    """Return one line for each goal: "Q4 2017 revenue: $84,000 of $120,000"."""
    return [line(each) for each in moved]


def line(progress: Progress) -> Mrkdwn:
    goal = progress.goal
    return words(
        "goals/attainment",
        "line",
        label=progress.label,
        what=what(goal),
        done=bare(goal, progress.attained),
        target=bare(goal, goal.target),
        reached=progress.is_reached,
    )
