"""The tick list: promises that are ticked off where they stand. A tick is done, and taken out it is open again."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from messages.blocks import ITEMS, Block, actions
from messages.elements import LABEL_LENGTH, Element, Option, button, checkboxes, option, tick_option
from messages.formatting import Mrkdwn, words
from sales.followups.followup import FollowUpState, StoredFollowUp

TICK = "followup.tick"
SORT = "followup.sort"  # the way to the form that moves or drops several
MOST = 10  # in one set of boxes, as Slack takes them


class TickedBoxes(NamedTuple):
    """What somebody did to a set of boxes: on which surface, which are ticked now, and which had been shown ticked."""

    surface: str
    shown: Sequence[int]
    ticked: frozenset[int]
    before: frozenset[int]


def ticks(
    items: Sequence[StoredFollowUp], surface: str, today: date, zone: str, *, first: int = 0
) -> list[Block]:
    """Show promises as boxes to tick, those that are done ticked.

    `surface` says where a tick is answered; the first item is the one of that number there.
    """
    found = []
    for start in range(first, first + len(items), MOST):
        some = items[start - first : start - first + MOST]
        offered = [box(item, today, zone) for item in some]
        done = [one for one, item in zip(offered, some, strict=True) if item.state is FollowUpState.DONE]
        boxes = checkboxes(f"{TICK}:{start}", offered, done)
        # Slack keeps what somebody ticked while a block has its id; so its id says what is ticked.
        said = ".".join([str(start), *(one["value"] for one in done)])
        found.append(actions(boxes, block_id=f"{ITEMS}:{said}@{surface}"))
    return found


def box(item: StoredFollowUp, today: date, zone: str) -> Option:
    """Return a promise as one box: whom it is with and what, and in small when it was due and why it is worth it.

    Names with marks that Slack would read are longer in its markup than a box takes; they stand as plain text.
    """
    value, text = str(item.id), words("followups/tick_list", "text", item=item)
    note = note_of(item, today, zone, item.worth)
    if max(len(text), len(note)) <= LABEL_LENGTH:
        return tick_option(text, value, note)
    return option(f"{item.who} · {item.what}", value, note_of(item, today, zone) or None)


def note_of(item: StoredFollowUp, today: date, zone: str, worth: str = "") -> Mrkdwn:
    """Return what stands in small under a promise."""
    return words("followups/tick_list", "note", item=item, today=today, zone=zone, worth=worth)


def boxes_ticked(blocks: Sequence[Block], block_id: str, selected: Sequence[str]) -> TickedBoxes:
    """Return what was done to a set of boxes that stands among blocks.

    Of a message that only its reader sees Slack sends no blocks; lists shown so have no box that is ticked already.
    """
    ticked = [int(one) for one in selected]
    offered = [one for block in blocks if block.get("block_id") == block_id for one in block["elements"]]
    shown = [int(one["value"]) for boxes in offered for one in boxes["options"]] or ticked
    before = [int(one["value"]) for boxes in offered for one in boxes.get("initial_options", [])]
    return TickedBoxes(block_id.partition("@")[2], shown, frozenset(ticked), frozenset(before))


def sort_button(surface: str) -> Element:
    """Return the button that opens the form in which several are moved or dropped."""
    return button("Move or drop…", SORT, surface)
