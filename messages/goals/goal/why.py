"""`/why` of a goal: the arithmetic line by line, then each input with its source and its date."""

from collections.abc import Sequence
from functools import partial
from math import ceil

from messages.blocks import Block, Message, actions, joined, message_of, section
from messages.elements import button
from messages.formatting import words
from messages.goals import forecast
from messages.goals.goal import start
from messages.goals.goal.amounts import aim, bare
from messages.goals.goal.details import counted_from
from messages.goals.goal.line import goal_line
from messages.replies import READING
from sales.goals.goal import Metric
from sales.goals.progress import GoalProgress, ProgressInputs
from sales.goals.suggestion import unit_of
from sales.language.figures import number
from sales.refusal import MOST_READINGS

MOST_CHOICES = 12


def why(standing: GoalProgress, inputs: ProgressInputs, owner: str | None = None) -> Message:
    """Show how a goal's figures come about; `owner` is the user id unless it is the reader."""
    goal = standing.goal
    heading = words("goals/goal/why", "heading", aim=aim(goal, standing.label), owner=owner)
    line, spell = goal_line(standing), partial(spelled, standing)
    pace = standing.pace.why(spell, partial(spelled, standing, up=True))
    blocks: list[Block] = [
        section(joined([heading, line])),
        section(joined([*counted_from(standing), *pace])),
    ]
    chance = standing.chance
    if chance is not None:
        figure = forecast.p_hit(standing)
        lines = [words("goals/goal/why", "chance", figure=figure), *chance.forecast.why(spell)]
        if chance.since is not None:
            lines.append(words("goals/goal/why", "moved", c=chance))
        elif figure:
            lines.append(words("goals/goal/why", "not_compared"))
        blocks.append(section(joined(lines)))
    before = [start.line(one) for one in inputs.before]
    blocks.append(
        section(
            words(
                "goals/goal/why", "inputs", i=inputs, goal=goal, what=what(standing), c=chance, before=before
            )
        )
    )
    return message_of(blocks)


def which_why(found: Sequence[GoalProgress], owner: str = "") -> Message:
    """Ask which goal is meant, with a button for each that a word tells from the others; `owner` as one types it."""
    listed = [aim(one.goal, one.label) for one in found]
    shown, more = listed[:MOST_CHOICES], len(listed[MOST_CHOICES:])
    wordings = [f"{said} {one.goal.objective}" for one, said in zip(found, listed, strict=True)]
    periods = [telling(wordings, at, one.label) for at, one in enumerate(found)]
    own = [word or telling(wordings, at, listed[at]) for at, word in enumerate(periods)]
    example = next((f"{owner} {word}".strip() for word in (*periods, *own) if word), "")
    asked = message_of(words("goals/goal/why", "which", listed=shown, example=example, more=more))
    ways = [
        button(said, f"{READING}:{at}", f"/why {owner} {word}".replace("  ", " "))
        for at, (said, word) in enumerate(zip(shown, own, strict=False))
        if word
    ][:MOST_READINGS]
    return Message(asked.text, [*asked.blocks, actions(*ways)]) if ways else asked


def telling(wordings: Sequence[str], at: int, text: str) -> str:
    """Return a word of one goal's text that no other goal's wording has; empty where there is none."""
    others = [one.casefold() for place, one in enumerate(wordings) if place != at]
    for word in (part.strip(",") for part in text.split()):
        if len(word) > 1 and not any(word.casefold() in other for other in others):
            return word
    return ""


def what(standing: GoalProgress) -> str:
    """Return what is counted, one of it."""
    if standing.goal.metric is Metric.ACTIVITIES:
        return "entry"
    return "opportunity" if standing.goal.metric is Metric.OPPORTUNITIES_CREATED else "won deal"


def spelled(standing: GoalProgress, value: float, *, up: bool = False) -> str:
    """Return an amount of a goal inside a sentence: whole units of money, or a count; `up` rounds money up."""
    goal = standing.goal
    if goal.metric is not Metric.REVENUE:
        return number(value)
    whole = unit_of(goal)
    return bare(goal, (ceil if up else round)(value / whole) * whole)
