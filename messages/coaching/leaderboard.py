"""The leaderboard in words: one's neighbours, and nobody else."""

from datetime import date

from messages.blocks import Message, context, message_of, section
from messages.formatting import words
from messages.goals.goal.amounts import near, what
from sales.coaching.leaderboard import Neighbours
from sales.goals.goal import Goal
from sales.language.dates.period import Period

NOUN = "coaching/leaderboard"


def shown(found: Neighbours, goal: Goal, period: Period, today: date) -> Message:
    """Show a rep who is next above and next below."""
    called = f"{near(period.label, today)} {what(goal)}"
    return message_of([section(words(NOUN, "shown", n=found, goal=called)), context(words(NOUN, "foot"))])
