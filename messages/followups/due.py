"""What is open at the end of a day, as boxes to tick; so much that nobody did is one question instead."""

from collections.abc import Sequence
from datetime import date

from messages.blocks import SEVERAL, Block, actions, context, section
from messages.elements import Element, button
from messages.followups.followup import LastAction
from messages.followups.tick_list import ALL, REST, just_done, sort_button, ticks
from messages.formatting import Mrkdwn, words
from sales.followups.followup import StoredFollowUp
from sales.followups.still_alive import is_one_question

BOXES = 5  # of a list that is looked through in the evening; the others are one press away
MOST_MARKED = 25  # ids of ten digits in the id of one block
KEEP = "followup.keep"  # all that is overdue, to the next working day
OF_DAY = "followup.rest_of_day"  # what is due that day alone, to the next working day
DROP_ALL = "followup.drop_all"  # the way to the form that gives all of it up


def blocks(
    due: Sequence[StoredFollowUp],
    ahead: Sequence[StoredFollowUp],
    last: LastAction | None,
    place: str,
    day: date,
    today: date,
    to: date,
    tomorrow: date,
    zone: str,
) -> list[Block]:
    """Show what is open of what was due by a day, answered at `place`; what was done last, and the next working day.

    `tomorrow` is that day; `to` is where one button moves what is left.
    """
    over = [item for item in due if item.due_on < today]
    asks = is_one_question(over, day, today)
    due = newest_first(due, today)
    if asks:
        found = still_alive(over, place, today, to)
        left = [item for item in due if item.due_on >= today]
        if left:
            found.append(section(words("followups/due", "besides", items=left)))
    else:
        found = [section(words("followups/due", "opening", count=len(due), day=day, today=today))]
        left = list(due)
    found += ticks(left[:BOXES], place, today, zone, last=last.undo_id if last else 0)
    if left:
        found.append(actions(*answers(left, place, today, to, besides=asks)))
    found += just_done(last, place)
    if ahead:
        said = words("followups/due", "next_days", items=ahead, today=today, tomorrow=tomorrow, zone=zone)
        found.append(context(said))
    return found


def newest_first(due: Sequence[StoredFollowUp], today: date) -> list[StoredFollowUp]:
    """Return promises, the overdue before today's, and of those what fell due last first.

    The older were asked about on evenings of their own: where five of them stayed open they would hide each later one.
    """
    return sorted(
        due, key=lambda one: (one.due_on >= today, -one.due_on.toordinal() if one.due_on < today else 0)
    )


def answers(
    items: Sequence[StoredFollowUp], place: str, today: date, to: date, *, besides: bool
) -> list[Element]:
    """Return what may be done with all of a list at once, and the way to those that do not stand in it.

    A list that stands `besides` the question about all that is overdue moves what it holds, and no more.
    """
    if besides:
        moves = button(words("followups/due", "these", count=len(items), today=today, day=to), OF_DAY, place)
    else:
        moves = button(words("followups/due", "rest", today=today, day=to), REST, place)
    found = [moves, sort_button(place)]
    if hidden := items[BOXES:]:
        found.append(button(words("followups/due", "others", items=hidden, today=today), ALL, place))
    return found


def still_alive(over: Sequence[StoredFollowUp], place: str, today: date, to: date) -> list[Block]:
    """Ask about much that nobody did in one question, with answers for all of it."""
    marks = ".".join(str(item.id) for item in over[:MOST_MARKED])
    keep = words("followups/due", "keep", today=today, day=to)
    return [
        section(words("followups/due", "still_alive", over=over), block_id=f"{SEVERAL}:{marks}"),
        actions(
            button(keep, KEEP, place),
            button("Drop them all…", DROP_ALL, place),
            button("One by one", ALL, place),
        ),
    ]


def why(due: Sequence[StoredFollowUp], day: date) -> Mrkdwn:
    """Say what was due on a day, and since when."""
    return words("followups/due", "why", due=due, day=day)
