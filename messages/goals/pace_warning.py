"""The early warning in words: below plan for two weeks, the time that is left, and one thing to do (mechanism 12)."""

from collections.abc import Sequence

from messages.blocks import Message, joined, message_of, section
from messages.formatting import Mrkdwn, words
from messages.goals import lead_measures
from messages.goals.goal.amounts import bare, daily, near_label, short_amount
from messages.goals.goal.line import titled
from sales.goals.burn_up import BurnUpPoint
from sales.goals.goal import Metric, Target
from sales.goals.lead_measures import Week
from sales.goals.progress import GoalProgress
from sales.goals.runway.estimate import Runway
from sales.goals.suggestion import unit_of
from sales.language.figures import listed


def warning(
    standing: GoalProgress, spell: Sequence[BurnUpPoint], runway: Runway | None, week: Week | None
) -> Message:
    """Say it calmly: how far, how much time, what to do this week."""
    pace = standing.pace
    said = [
        below_plan(standing, spell),
        words(
            "goals/pace_warning",
            "time_left",
            r=runway,
            remaining=pace.remaining,
            end=pace.period.end,
            label=near_label(standing),
        ),
        to_do(standing, week),
    ]
    return message_of([section(joined(said))])


def below_plan(standing: GoalProgress, spell: Sequence[BurnUpPoint]) -> Mrkdwn:
    """Say for how many weeks a goal has been below plan, and how far."""
    pace = standing.pace
    return words(
        "goals/pace_warning",
        "warning",
        title=titled(standing),
        count=len(spell),
        done=short_amount(standing.goal, standing.attained),
        planned=planned(standing.goal, pace.expected * pace.target),
    )


def to_do(standing: GoalProgress, week: Week | None) -> Mrkdwn:
    """Return the one thing to do: this week's must, a day's share of what is counted, or what is open."""
    if week is not None:
        return words("goals/pace_warning", "do", asked=lead_measures.asked(week))
    if standing.goal.metric is Metric.ACTIVITIES:
        return words("goals/pace_warning", "daily", daily=daily(standing))
    return words("goals/pace_warning", "closest")


def why(standing: GoalProgress, spell: Sequence[BurnUpPoint]) -> Mrkdwn:
    """Return the ends of the weeks that it was decided on."""
    goal = standing.goal
    ends = [
        words(
            "goals/pace_warning",
            "week_end",
            on=one.day,
            done=bare(goal, round(one.done)),
            planned=planned(goal, one.planned, short=False),
        )
        for one in spell
    ]
    return words("goals/pace_warning", "why", ends=Mrkdwn(listed(ends)))


def planned(goal: Target, amount: float, *, short: bool = True) -> str:
    """Return what was planned, in whole units."""
    whole = unit_of(goal)
    rounded = round(amount / whole) * whole
    return short_amount(goal, rounded) if short else bare(goal, rounded)
