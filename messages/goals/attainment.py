"""Progress in words: how far a goal is after what was just done."""

from collections.abc import Sequence

from messages.formatting import Mrkdwn, words
from messages.goals.goal.amounts import bare, noun
from sales.goals.attainment import Progress
from sales.goals.goal import Metric, Target
from sales.language.figures import many

WHAT = {
    Metric.REVENUE: "revenue",
    Metric.DEALS_WON: "deals won",
    Metric.OPPORTUNITIES_CREATED: "opportunities created",
}


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


def what(goal: Target) -> str:
    return WHAT.get(goal.metric) or many(noun(goal))
