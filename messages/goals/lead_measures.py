"""This week's must in a line: conversations, new deals and next steps, done beside asked for (mechanism 8)."""

from messages.blocks import Block, joined, section
from messages.formatting import Mrkdwn, words
from messages.goals.goal.line import DOT
from sales.goals.lead_measures import Week


def must(week: Week) -> Block:
    """Return what this week asks for as a line of its own."""
    return section(words("goals/lead_measures", "must", parts=asked(week), is_done=week.is_done))


def asked(week: Week) -> Mrkdwn:
    """Return what a week asks for, with how much of it is done."""
    done = week.done
    parts = [
        (done.conversations, week.conversations, "conversation"),
        (done.opened, week.opportunities, "new deal"),
        (done.agreed, week.next_steps, "next step"),
    ]
    said = [
        words("goals/lead_measures", "part", done=one, asked=all_, noun=noun)
        for one, all_, noun in parts
        if all_
    ]
    return joined(said, DOT)
