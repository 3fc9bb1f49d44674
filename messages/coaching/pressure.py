"""A quiet word under pressure: one small step first, and that it is no verdict (mechanism 9)."""

from messages.blocks import Message, context, joined, message_of, section
from messages.formatting import Mrkdwn, words
from messages.goals.goal.amounts import near_label, what
from sales.coaching.pressure import Fall, SmallStep
from sales.goals.progress import GoalProgress

NOUN = "coaching/pressure"


def quiet_word(standing: GoalProgress, step: SmallStep, fall: Fall) -> Message:
    """Say it calmly: what can be done today, and that it happens."""
    said = [words(NOUN, "step", step=step), words(NOUN, "harder", goal=called(standing))]
    built = message_of([section(joined(said)), context(words(NOUN, "foot"))])
    return Message(built.text, built.blocks, why=why(standing, fall))


def why(standing: GoalProgress, fall: Fall) -> Mrkdwn:
    """Return from which chance to which it fell, and since when."""
    return words(NOUN, "why", goal=called(standing), fall=fall)


def called(standing: GoalProgress) -> str:
    return f"{near_label(standing)} {what(standing.goal)}"
