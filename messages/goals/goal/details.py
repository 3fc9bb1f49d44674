"""A goal's arithmetic for whoever presses Details: chart, shares, need, chance and what moved it, what it serves."""

from collections.abc import Sequence
from typing import Any

from messages.blocks import Block, Message, context, joined, message_of, modal_of, plain_context, section
from messages.formatting import Mrkdwn, words
from messages.goals import advice
from messages.goals.goal.amounts import amount, bare, daily, near_label, noun, what
from messages.goals.goal.line import goal_line
from messages.goals.ramp import growing
from sales.goals.advice import Advice
from sales.goals.burn_up import BurnUpPoint
from sales.goals.goal import Goal, Metric
from sales.goals.goal_chance import GoalChance
from sales.goals.progress import GoalProgress, TargetProgress
from sales.goals.suggestion import unit_of
from sales.language.figures import month_day
from sales.language.typed_text import shorten

TITLE = "Details"
LONGEST = 1_000  # characters of what somebody typed
SERIES = ("So far", "Plan")


def details(standing: GoalProgress) -> dict[str, Any]:
    """Show how a goal comes to stand where its line says, in a form: Slack draws no chart there."""
    return modal_of(
        TITLE,
        [section(goal_line(standing)), *arithmetic(standing), context(ways_on(standing))],
        close="Close",
    )


def drawn_details(standing: GoalProgress, points: Sequence[BurnUpPoint]) -> Message:
    """Show the same in a message, with its chart."""
    line = section(goal_line(standing))
    return message_of(
        [line, *burn_up(standing, points), *arithmetic(standing), context(ways_on(standing, drawn=True))]
    )


def ways_on(standing: GoalProgress, *, drawn: bool = False) -> Mrkdwn:
    return words("goals/goal/details", "more", word=near_label(standing), drawn=drawn)


def arithmetic(standing: GoalProgress) -> list[Block]:
    """Return the figures behind a goal's line, and what it serves."""
    blocks: list[Block] = [
        section(joined(lines)) for lines in (pace_lines(standing), chance_lines(standing)) if lines
    ]
    goal = standing.goal
    if goal.objective or goal.reason:
        blocks.append(purpose(goal))
    if not goal.objective:
        blocks.append(context(words("goals/goal/details", "aimless")))
    return blocks


def pace_lines(standing: GoalProgress) -> list[Mrkdwn]:
    """Return the shares, what is to go, and where it ends at this pace."""
    goal, found = standing.goal, counted_from(standing)
    if standing.pace.elapsed:
        found.append(words("goals/goal/details", "share", s=standing))
    if goal.ramps_from is not None:
        found.append(growing(goal, goal.ramps_from, standing.pace.period))
    gap, need = amount(goal, standing.gap), daily(standing)
    found.append(words("goals/goal/details", "rest", s=standing, gap=gap, daily=need))
    if standing.status.is_running:
        ends = amount(goal, round_for(standing))
        found.append(words("goals/goal/details", "projected", s=standing, amount=ends))
    return [line for line in found if line]


def counted_from(standing: GoalProgress) -> list[Mrkdwn]:
    """Return from which day on a goal is counted that was set late; nothing while that is asked, or does not matter."""
    if standing.set_late is None or standing.asks_start or standing.pace.is_reached or standing.pace.is_over:
        return []
    return [words("goals/goal/details", "set_late", s=standing, label=near_label(standing))]


def chance_lines(standing: GoalProgress) -> list[Mrkdwn]:
    """Return what moved the chance, how it was put right, and what helps."""
    chance = standing.chance
    if chance is None or chance.is_settled:
        return []
    if not chance.forecast.figure:
        return [words("goals/goal/details", "no_chance", c=chance), *small_step(standing)]
    found = [words("goals/goal/details", "moved", c=chance)] if chance.since is not None else []
    if chance.forecast.uncorrected is not None:
        found.append(words("goals/goal/details", "put_right", c=chance))
    return [*found, *helping(standing, chance)]


def helping(standing: GoalProgress, chance: GoalChance) -> list[Mrkdwn]:
    """Return what raises the chance most, what this week asks for, or the smallest thing that helps."""
    found = []
    if chance.action is not None:
        found.append(advice.advised(Advice(standing, chance.action), [standing]))
    if chance.week is not None:
        found.append(words("goals/goal/details", "week", w=chance.week))
    return found or small_step(standing)


def small_step(standing: TargetProgress) -> list[Mrkdwn]:
    """Return the smallest thing that helps when a goal is behind, else nothing (mechanism 9)."""
    if not standing.is_behind:
        return []
    goal = standing.goal
    activity = noun(goal) if goal.metric is Metric.ACTIVITIES else ""
    return [words("goals/goal/details", "step", metric=goal.metric.value, activity=activity)]


def purpose(goal: Goal) -> Block:
    """Return what a goal serves and why, as plain text: typed words are never read as markup."""
    parts = [("Serves: ", goal.objective), ("Why: ", goal.reason)]
    return plain_context(*[shorten(name + said, LONGEST) for name, said in parts if said])


def round_for(standing: TargetProgress) -> int:
    """Return the projection as a whole amount: whole units of money, or a count."""
    whole = unit_of(standing.goal)
    return round(standing.pace.projection / whole) * whole


def chart(standing: GoalProgress, points: Sequence[BurnUpPoint]) -> Message:
    """Draw how a goal came along beside its plan, with the same in words."""
    if not points:
        return message_of(words("goals/goal/details", "chart_nothing", s=standing))
    return message_of([section(goal_line(standing)), *burn_up(standing, points)])


def burn_up(standing: GoalProgress, points: Sequence[BurnUpPoint]) -> list[Block]:
    """Return the chart of Slack's own and a line with the same in words; nothing before a goal has begun."""
    if not points:
        return []
    goal, today = standing.goal, standing.pace.today
    days = [month_day(one.day, today) for one in points]
    whole = unit_of(goal)
    title = words("goals/goal/details", "chart_title", label=near_label(standing), what=what(goal))
    drawn = {
        "type": "data_visualization",
        "title": str(title),
        "chart": {
            "type": "line",
            "series": [
                series(name, days, [round(value / whole) for value in values])
                for name, values in zip(
                    SERIES, ([one.done for one in points], [one.planned for one in points]), strict=True
                )
            ],
            "axis_config": {"categories": days},
        },
    }
    said = joined(
        [
            words(
                "goals/goal/details",
                "chart_point",
                at=at,
                done=bare(goal, round(one.done)),
                planned=bare(goal, round(one.planned / whole) * whole),
            )
            for at, one in thirds(list(zip(days, points, strict=True)))
        ],
        " · ",
    )
    return [drawn, context(said)]


def thirds(points: Sequence[tuple[str, BurnUpPoint]]) -> list[tuple[str, BurnUpPoint]]:
    """Return the points after each third of the time so far, the last one being today's."""
    last = len(points) - 1
    return [points[at] for at in sorted({last // 3, 2 * last // 3, last})]


def series(name: str, days: Sequence[str], values: Sequence[float]) -> dict[str, Any]:
    points = [{"label": day, "value": value} for day, value in zip(days, values, strict=True)]
    return {"name": name, "data": points}
