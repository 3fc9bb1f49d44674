"""The reminder: a promise at the time its owner named, in one line with its answers below."""

from datetime import datetime, timedelta

from messages.blocks import Block, Message, actions, context, message_of, section
from messages.elements import button
from messages.followups.followup import CARD, DONE, SNOOZE, mark, menu, value
from messages.formatting import Mrkdwn, words
from sales.followups.followup import FollowUp, StoredFollowUp
from sales.language.figures import duration

SOON = timedelta(minutes=3)  # a reminder is late from here on; less is how long sending takes


def reminder(item: StoredFollowUp, late: str) -> Message:
    """Say that the time a rep named has come; a late one says how late."""
    said = words("followups/reminder", "reminder", item=item, late=late)
    worth = [context(words("followups/reminder", "worth", item=item))] if item.worth else []
    carried = value(item, CARD)
    answers = actions(
        button("Done", f"{DONE}:{item.id}", carried, style="primary"),
        button("Snooze 1 h", f"{SNOOZE}:{item.id}", carried),
        menu(item, CARD, done=False),
    )
    blocks: list[Block] = [section(said, block_id=mark(item)), *worth, answers]
    return message_of(blocks)


def late_by(due_at: datetime, now: datetime) -> str:
    """Return how late a reminder is in words; empty up to two minutes."""
    late = now - due_at
    return "" if late < SOON else duration(late)


def why(item: FollowUp, zone: str) -> Mrkdwn:
    """Say why a reminder comes."""
    return words("followups/reminder", "why", item=item, zone=zone)
