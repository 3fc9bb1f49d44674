"""What is due at the end of a day: each commitment with its answers, then what the next working day holds."""

from collections.abc import Sequence
from datetime import date

from messages.blocks import Block, actions, context, section
from messages.elements import button
from messages.followups.followup import line, mark, menu
from messages.followups.tick_list import MOST, sort_button, ticks
from messages.formatting import Mrkdwn, words
from messages.room import fitting
from sales.followups.followup import FollowUpState, StoredFollowUp

REST = "followup.rest"  # everything that is open, to the next working day
BOXES = MOST  # more is counted: a list that long is no evening's work
ROOM = 3_000  # characters of JSON for what was moved or dropped meanwhile
BLOCKS = 12


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
    """Show what is due as a list to tick, answered at `place`; what became of the others, and the next working day.

    What is open has one button for all of it, to that day.
    """
    boxes = [item for item in due if may_be_ticked(item, today)]
    found = ticks(boxes[:BOXES], place, today, zone)
    if left := boxes[BOXES:]:
        found.append(context(words("followups/due", "more", items=left, today=today)))
    gone = [item for item in due if not may_be_ticked(item, today)]
    lines = [[section(line(item, today, zone), menu(item, place), block_id=mark(item))] for item in gone]
    found += [block for one in lines[: fitting(lines, ROOM, BLOCKS)] for block in one]
    if any(item.state is FollowUpState.OPEN for item in boxes):
        rest = words("followups/due", "rest", today=today, tomorrow=tomorrow)
        found.append(actions(button(rest, REST, place), sort_button(place)))
    if ahead:
        said = words("followups/due", "ahead", items=ahead, today=today, tomorrow=tomorrow, zone=zone)
        found.append(context(said))
    return found


def may_be_ticked(item: StoredFollowUp, today: date) -> bool:
    """Say whether a commitment stands among the boxes: it is due and open, or done."""
    return item.state is FollowUpState.DONE or (item.state is FollowUpState.OPEN and item.due_on <= today)


def why(due: Sequence[StoredFollowUp], day: date) -> Mrkdwn:
    """Say what was due on a day, and since when."""
    return words("followups/due", "why", due=due, day=day)
