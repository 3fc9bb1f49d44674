"""Targets in words, while they are set: where to begin, what history says of one, and when a reason is due."""

from math import floor

from messages.blocks import Message, actions, joined, message_of, section
from messages.elements import button
from messages.formatting import Mrkdwn, words
from messages.goals import forecast
from messages.goals.goal.amounts import amount, near_label, title, typed_target
from messages.goals.goal.card import FORM
from messages.replies import READING
from sales.goals.goal import Metric
from sales.goals.progress import TargetProgress
from sales.goals.suggestion import Suggestion, unit_of
from sales.language.dates.period import Period
from sales.language.typed_text import tidy
from sales.refusal import Reading


def suggested(found: Suggestion, standing: TargetProgress) -> Mrkdwn:
    """Return a suggested target with its reason; `standing` is of a goal for it, with its own chance."""
    goal, whole = standing.goal, unit_of(standing.goal)
    return words(
        "goals/suggestion",
        "suggested",
        found=found,
        brought=amount(goal, floor(found.brought / whole) * whole),
        target=amount(goal, found.target),
        chance=forecast.reach(standing),
    )


def asked(found: Suggestion, standing: TargetProgress) -> Message:
    """Ask who has no goal in a new period for one, with a button for the suggested target."""
    goal = standing.goal
    question = words("goals/suggestion", "asked", label=near_label(standing))
    line = f"/goal set {typed_target(goal)} {standing.label}"
    ways = [
        button(f"Set {amount(goal, goal.target)}", f"{READING}:0", line, style="primary"),
        button("Another target…", FORM),
    ]
    return message_of([section(joined([question, suggested(found, standing)])), actions(*ways)])


def why_asked(period: Period) -> str:
    """Say why somebody is asked for a goal."""
    return words("goals/suggestion", "why_asked", label=period.label)


def weighed(standing: TargetProgress) -> Mrkdwn:
    """Return what history says of a typed target."""
    chance = standing.chance
    reach = chance.forecast.reach if chance is not None else None
    return words(
        "goals/suggestion",
        "weighed",
        title=title(standing.goal),
        chance=forecast.reach(standing),
        not_yet=chance.forecast.not_yet if chance is not None else "",
        done=amount(standing.goal, standing.attained) if chance is not None and chance.is_settled else "",
        wants_reason=reach is not None and reach.wants_reason and not standing.asks_start,
        asks_start=standing.asks_start,
    )


def outside(standing: TargetProgress, even: int | None) -> str:
    """Return why a target is not taken without a reason, as plain words for under a field too.

    `even` is the target that is as likely hit as not, None where none above what is done already is.
    """
    chance = standing.chance
    assert chance is not None
    assert chance.forecast.reach is not None
    said = words(
        "goals/suggestion",
        "outside",
        title=title(standing.goal),
        label=standing.label,
        figure=Mrkdwn(chance.forecast.figure),
        reach=chance.forecast.reach.value,
        done=amount(standing.goal, standing.attained) if chance.is_settled else "",
        even=amount(standing.goal, even) if even is not None else "",
        own=chance.forecast.basis is None or chance.forecast.basis.own > 0,
    )
    return str(said).replace("\n", " ")


def ways_on(standing: TargetProgress, even: int | None, before: str, typed: str) -> list[Reading]:
    """Return the buttons under a target that takes a reason: the one that is as likely hit as not, and the form.

    `before` names whose goal it is, `typed` opens the form with what was said in it.
    """
    ways = [Reading(str(words("goals/suggestion", "say_why")), typed)]
    if even is not None:
        goal = standing.goal.model_copy(update={"target": even})
        aimed = typed_target(goal) if goal.metric is Metric.REVENUE else amount(goal, even)
        line = f"{before} {aimed} {standing.label}"
        ways.insert(
            0, Reading(str(words("goals/suggestion", "aim_for", amount=amount(goal, even))), tidy(line))
        )
    return ways
