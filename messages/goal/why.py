"""`/why` of a goal: the arithmetic line by line, then each input with its source and its date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import ceil

from slackblocks import Block

from messages import forecast, kit
from messages.goal.amounts import aim, bare
from messages.kit import Message
from messages.words import words
from sales.goals.forecast.drivers import Driver
from sales.goals.goal import Metric
from sales.goals.progress import GoalStanding
from sales.goals.suggestion import unit_of

MOST_CHOICES = 12


@dataclass(frozen=True)
class Inputs:
    """Where the inputs of a goal's figures come from.

    `counted` rows from `first` on count towards it, the newest of `last_gain` about `last_what`. `changed_on`
    is when any deal was last written down, None where deals say nothing. `leave` are calendar days off.
    """

    set_by: str
    set_on: date
    counted: int
    first: date
    last_gain: date | None
    last_what: str
    changed_on: date | None
    holidays: str
    leave: int
    today: date


def why(standing: GoalStanding, inputs: Inputs, owner: str | None = None) -> Message:
    """Show how a goal's figures come about; `owner` is the user id unless it is the reader."""
    goal = standing.goal
    heading = words("why_goal", "heading", aim=aim(goal, standing.label), owner=owner)
    blocks: list[Block] = [
        kit.section(
            kit.joined(
                [heading, *standing.pace.why(partial(spelled, standing), partial(spelled, standing, up=True))]
            )
        )
    ]
    chance = standing.chance
    text = heading
    if chance is not None:
        figure = forecast.figure(standing)
        text = kit.joined([heading, figure]) if figure else heading
        said = chance.forecast.why(partial(spelled, standing))
        lines = [words("why_goal", "chance", figure=figure), *said]
        if chance.since is not None:
            moved = [part.sentence() for part in chance.moved if part.driver is not Driver.TARGET or part.by]
            lines.append(
                words("why_goal", "moved", since=chance.since, before=chance.figure_before, moved=moved)
            )
        elif figure:
            lines.append(words("why_goal", "not_compared"))
        blocks.append(kit.section(kit.joined(lines)))
    blocks.append(
        kit.section(words("why_goal", "inputs", i=inputs, goal=goal, what=what(standing), c=chance))
    )
    return kit.message(text, blocks)


def which(found: Sequence[GoalStanding]) -> Message:
    """Ask which goal is meant, with the words that mean each."""
    listed = [aim(one.goal, one.label) for one in found[:MOST_CHOICES]]
    return kit.message(words("why_goal", "which", listed=listed))


def what(standing: GoalStanding) -> str:
    """Return what is counted, one of it."""
    if standing.goal.metric is Metric.ACTIVITIES:
        return "entry"
    return "opportunity" if standing.goal.metric is Metric.OPPORTUNITIES_CREATED else "won deal"


def spelled(standing: GoalStanding, value: float, *, up: bool = False) -> str:
    """Return an amount of a goal inside a sentence: whole units of money, or a count; `up` rounds money up."""
    goal = standing.goal
    if goal.metric is not Metric.REVENUE:
        return bare(goal, round(value)) if value == round(value) else f"{value:,.1f}"
    whole = unit_of(goal)
    return bare(goal, (ceil if up else round)(value / whole) * whole)
