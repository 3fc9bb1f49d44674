"""The tick list: promises that are ticked off where they stand, with the way back beside them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from messages.blocks import ITEMS, Block, actions, context, section
from messages.elements import LABEL_LENGTH, Element, Option, button, checkboxes, option, tick_option
from messages.followups.followup import LastAction, carry_taken_back, take_back_button
from messages.formatting import Mrkdwn, cut, entities, unmarked, words
from sales.followups.followup import StoredFollowUp
from sales.followups.slip import LABELS

TICK = "followup.tick"
SORT = "followup.sort"  # the way to the form that moves or drops several
REST = "followup.rest"  # everything that is open, to the next working day
ALL = "followup.all"  # the way to everything that a surface counts and does not show
SLIPS = "followup.slips"  # why all that was just put off comes later, in a tap
SIGNS = re.compile("[<>&]")
MOST = 10  # in one set of boxes, as Slack takes them


def ticks(
    items: Sequence[StoredFollowUp], surface: str, today: date, zone: str, *, first: int = 0, last: int = 0
) -> list[Block]:
    """Show open promises as boxes to tick.

    `surface` says where a tick is answered; the first item is the one of that number there. `last` tells the boxes
    from those that stood there before what was just done: Slack keeps what was ticked while a block has its id.
    """
    found = []
    for start in range(first, first + len(items), MOST):
        some = items[start - first : start - first + MOST]
        boxes = checkboxes(f"{TICK}:{start}", [box(item, today, zone) for item in some])
        told = f"{start}.{len(items)}.{some[0].id}.{last}"
        found.append(actions(boxes, block_id=f"{ITEMS}:{told}@{surface}"))
    return found


def box(item: StoredFollowUp, today: date, zone: str) -> Option:
    """Return a promise as one box: whom it is with and what, and in small when it was due and why it is worth it.

    Marks that were typed and that Slack would read are longer in its markup than a box takes: they stand as plain text.
    Where signs of links or mentions were typed besides, which are safe as markup alone, the marks are left out.
    """
    value, text = str(item.id), words("followups/tick_list", "text", item=item)
    note = note_of(item, today, zone, item.worth)
    if max(len(text), len(note)) <= LABEL_LENGTH:
        return tick_option(text, value, note)
    typed = f"{item.who} · {item.what}"
    if not SIGNS.search(typed):
        return option(typed, value, note_of(item, today, zone) or None)
    said = cut(unmarked(entities(typed)), LABEL_LENGTH)
    return tick_option(said, value, cut(unmarked(note_of(item, today, zone)), LABEL_LENGTH))


def note_of(item: StoredFollowUp, today: date, zone: str, worth: str = "") -> Mrkdwn:
    """Return what stands in small under a promise."""
    return words("followups/tick_list", "note", item=item, today=today, zone=zone, worth=worth)


def is_cut(offered: Option) -> bool:
    """Say whether a box shows less than the whole of its promise."""
    return bool(offered["text"]["text"].endswith("…") or "… " in offered["text"]["text"])


def ticked(body: dict[str, Any], selected: Sequence[str]) -> tuple[str, list[int]]:
    """Return on which surface boxes were pressed, and which of the promises in them are ticked now."""
    block_id = str(body["actions"][0].get("block_id", ""))
    return block_id.partition("@")[2], [int(one) for one in selected]


def just_done(last: LastAction | None, surface: str) -> list[Block]:
    """Say what was just done on a surface, with the way back; nothing where nothing was.

    What was put off is asked why in a tap, for all of it at once (mechanism 59).
    """
    if last is None or not last.stands:
        return []
    why = LABELS[last.why] if last.why is not None else ""
    said = words("followups/tick_list", "just_done", last=last, why=why)
    found = [section(said, take_back_button(last.undo_id, surface))]
    return [*found, *slips_asked(last.undo_id, surface)] if last.asks else found


def slips_asked(undo_id: int, surface: str) -> list[Block]:
    """Ask why what an action put off comes later, in a tap for all of it."""
    carried = carry_taken_back(undo_id, surface)
    taps = [button(label, f"{SLIPS}:{reason.value}", carried) for reason, label in LABELS.items()]
    return [context(words("followups/confirmation", "ask_slip")), actions(*taps)]


def sort_button(surface: str) -> Element:
    """Return the button that opens the form in which several are moved or dropped."""
    return button("Move or drop…", SORT, surface)
