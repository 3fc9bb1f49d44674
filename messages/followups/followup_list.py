"""The list of what is open: boxes to tick under the days they are due, twenty a page."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from messages.blocks import Block, Message, actions, context, message_of, section
from messages.elements import Element, button, turn_buttons
from messages.followups.followup import LIST, NEW, LastAction
from messages.followups.tick_list import just_done, sort_button, ticks
from messages.formatting import words
from messages.room import page_at
from sales.followups.followup import StoredFollowUp, in_list_order

PAGE = "followup.page"
LIST_LENGTH = 20  # more than anybody reads on a page


def listing(
    items: Sequence[StoredFollowUp], today: date, zone: str, at: int = 0, done: LastAction | None = None
) -> Message:
    """Show a rep's open promises by when they are due, the overdue first and what others owe last: the page with `at`.

    `done` is what was just done to some of them.
    """
    if not items:
        said = words("followups/followup_list", "nothing_open")
        return message_of([section(said), *just_done(done, f"{LIST}.0"), new_button()])
    items = in_list_order(items)
    page = page_at(at, len(items), LIST_LENGTH)
    surface = f"{LIST}.{page.start}"
    text = words("followups/followup_list", "opening", items=items, today=today)
    blocks: list[Block] = [section(text, sort_button(surface)), *just_done(done, surface)]
    first = page.start
    for group, held in groupby(items[page.start : page.end], lambda one: group_of(one, today)):
        some = list(held)
        blocks += [section(group), *ticks(some, surface, today, zone, first=first)]
        first += len(some)
    if not page.is_whole:
        blocks.append(context(words("followups/followup_list", "page", page=page, items=items, today=today)))
    blocks.append(new_button(*turn_buttons(page, PAGE)))
    return message_of(blocks)


def group_of(item: StoredFollowUp, today: date) -> str:
    """Return under which heading of a list a promise stands."""
    return words("followups/followup_list", "group", item=item, today=today)


def new_button(*others: Element) -> Block:
    return actions(*others, button("New follow-up", NEW))


def list_shown(blocks: Sequence[Block]) -> int | None:
    """Return which item the page begins with that a message shows of somebody's open promises; None if none."""
    surfaces = (str(block.get("block_id", "")).partition("@")[2].partition(".") for block in blocks)
    return next((int(number) for name, _, number in surfaces if name == LIST), None)
