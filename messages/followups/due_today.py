"""What is due today: what is owed as boxes to tick, what others owe apart, and what comes next in a line."""

from collections.abc import Sequence
from datetime import date

from messages.blocks import Block, actions, context, section
from messages.elements import Element, button
from messages.followups.followup import HOME, NEW, LastAction
from messages.followups.tick_list import ALL, REST, just_done, sort_button, ticks
from messages.formatting import Mrkdwn, words
from sales.followups.followup import Owes, StoredFollowUp

BOXES = 10  # one set of boxes
WAITING = 3  # of what others owe


def blocks(
    due: Sequence[StoredFollowUp],
    ahead: Sequence[StoredFollowUp],
    last: LastAction | None,
    today: date,
    tomorrow: date,
    zone: str,
    *,
    done: bool,
    place: str = HOME,
) -> list[Block]:
    """Show what is overdue and due, answered at `place`, what was done last with its way back, and what comes next.

    `tomorrow` is the next working day; `done` says that something was due today and is done.
    """
    mine = [item for item in due if item.owes is Owes.ME]
    theirs = [item for item in due if item.owes is Owes.THEM]
    nothing = not due and not ahead
    opening = first_line(mine, today, done=done, nothing=nothing)
    stamp = last.undo_id if last is not None else 0
    found: list[Block] = [section(opening, sort_button(place) if due else None)]
    found += ticks(mine[:BOXES], place, today, zone, last=stamp)
    if theirs:
        found.append(section(words("followups/due_today", "waiting", theirs=theirs)))
        found += ticks(theirs[:WAITING], place, today, zone, last=stamp)
    if for_all := ways([*mine[BOXES:], *theirs[WAITING:]], mine, place, today, tomorrow):
        found.append(actions(*for_all))
    found += just_done(last, place)
    if ahead:
        found.append(context(words("followups/due_today", "next_days", items=ahead, today=today, zone=zone)))
    return found


def first_line(
    mine: Sequence[StoredFollowUp], today: date, *, done: bool = False, nothing: bool = False
) -> Mrkdwn:
    """Say how much is due of what somebody owes."""
    return words("followups/due_today", "opening", mine=mine, done=done, nothing=nothing, today=today)


def ways(
    hidden: Sequence[StoredFollowUp],
    mine: Sequence[StoredFollowUp],
    place: str,
    today: date,
    tomorrow: date,
) -> list[Element]:
    """Return the way to what is due and not shown, and the one that moves all of it where some is overdue."""
    found = []
    if hidden:
        found.append(button(words("followups/due_today", "others", items=hidden, today=today), ALL, place))
    if any(item.due_on < today for item in mine):
        found.append(button(words("followups/due_today", "move_all", today=today, day=tomorrow), REST, place))
    return found


def home_button() -> Element:
    return button("+ Follow-up", NEW, style="primary")
