"""What is due at the end of a day: each commitment with its answers, then what the next working day holds."""

from collections.abc import Sequence
from datetime import date

from messages.blocks import Block, context, divider, section
from messages.followups.followup import item_blocks
from messages.formatting import Mrkdwn, cut, words
from messages.room import fitting
from sales.followups.followup import FollowUpState, StoredFollowUp

ROOM = 6_000  # characters of JSON: some six items with their buttons
COMING = 1_800  # characters for tomorrow's
BLOCKS = 30
AHEAD = 3  # of tomorrow's, the first three; the others are counted


def opening(due: Sequence[StoredFollowUp], day: date, today: date) -> Mrkdwn:
    """Say how many of the items that were due on a day are open and due still, and how many since earlier."""
    still = [item.due_on for item in due if item.state is FollowUpState.OPEN and item.due_on <= today]
    earlier = sum(due_on < today for due_on in still)
    return words("followups/due", "opening", open_count=len(still), earlier=earlier, day=day, today=today)


def blocks(
    due: Sequence[StoredFollowUp],
    ahead: Sequence[StoredFollowUp],
    place: str,
    today: date,
    tomorrow: date,
    zone: str,
) -> list[Block]:
    """Show what is due with its buttons, which carry `place`, and what comes by `tomorrow`, the next working day."""
    found: list[Block] = []
    shown = [item_blocks(item, place, today, zone, tomorrow) for item in due]
    count = fitting(shown, ROOM, BLOCKS)
    for one in shown[:count]:
        found += one
    if len(due) > count:
        found.append(context(words("followups/due", "more", items=due[count:], today=today)))
    if ahead:
        more = len(ahead[AHEAD:])
        said = words(
            "followups/due",
            "ahead",
            items=ahead[:AHEAD],
            more=more,
            today=today,
            tomorrow=tomorrow,
            zone=zone,
        )
        found += [divider(), section(cut(said, COMING))]
    return found


def why(due: Sequence[StoredFollowUp], day: date) -> Mrkdwn:
    """Say what was due on a day, and since when."""
    return words("followups/due", "why", due=due, day=day)
