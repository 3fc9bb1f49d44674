"""Recognition in words: one thing worth copying, and one's own choice whether one is named."""

from datetime import date

from messages.blocks import Block, field_input
from messages.elements import checkboxes, option
from messages.formatting import Mrkdwn, words
from messages.goals.goal.amounts import near, what
from sales.coaching.recognition import Behaviour, Deed
from sales.goals.goal import Goal
from sales.language.dates.period import Period

NOUN = "coaching/recognition"
PUBLIC = "recognition"  # the field of one's own settings
ON = "on"


def line(name: str, deed: Deed) -> Mrkdwn:
    """Return who did what that is worth copying."""
    return words(NOUN, str(deed.behaviour), name=name, deed=deed)


def reached(name: str, deed: Deed, goal: Goal, period: Period, today: date) -> Mrkdwn:
    """Return who reached which goal, with the work behind it."""
    called = f"{near(period.label, today)} {what(goal)}"
    return words(NOUN, str(Behaviour.GOAL_REACHED), name=name, deed=deed, goal=called)


def setting(*, is_on: bool) -> Block:
    """The field of a person's own settings."""
    box = option(
        "Being mentioned in public", ON, "In your team’s channel; kudos come to you alone without it"
    )
    return field_input(
        "Recognition and kudos",
        checkboxes("chosen", [box], [box] if is_on else None),
        PUBLIC,
        optional=True,
    )


def switched_off() -> Mrkdwn:
    return words(NOUN, "switched_off")
