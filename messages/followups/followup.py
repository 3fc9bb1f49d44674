"""Follow-ups in Slack: one line, the list, the card, the forms, and the reminder."""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from messages.blocks import ITEM, Block, Message, actions, context, divider, marked, message_of, section
from messages.elements import Element, button, option, overflow_menu, turn_buttons
from messages.followups.tick_list import sort_button, ticks
from messages.formatting import Mrkdwn, cut, words
from messages.room import ListPage
from messages.undo import undo_button
from sales.followups.followup import FollowUp, FollowUpState, Owes, StoredFollowUp
from sales.language.figures import duration
from sales.language.typed_text import shorten

DONE = "followup.done"
SNOOZE = "followup.snooze"
TOMORROW = "followup.tomorrow"
DROP = "followup.drop"
CHANGE = "followup.change"
REOPEN = "followup.reopen"
STOP = "followup.stop"
WHY = "followup.why"
MEANT = "followup.meant"
NEW = "followup.new"
MENU = "followup.menu"
PAGE = "followup.page"
SAVE = "followup.save"  # the form's callback
CHANGED = "followup.changed"  # the same form's, for one that exists
DROPPED = "followup.dropped"  # the drop form's callback
SHORTCUT = "followup.from_message"

CARD, HOME, LIST = "card", "home", "list"  # the surfaces that show one alone, those that are due, and all

WHO, WHAT, DAY, AT, OWES, WORTH, REASON = "who", "what", "day", "at", "owes", "worth", "reason"
HOW_FAR = "how_far"  # whether one that repeats is dropped this time, or for good
THIS_TIME, FOR_GOOD = "this time", "for good"

LINE = 1_200  # characters of markup; only what is mostly "&" or "*" is longer
SOON = timedelta(minutes=3)  # a reminder is late from here on; less is how long sending takes
CARD_BLOCKS = 3  # the commitment, what is asked about it, its buttons
LIST_LENGTH = 20  # more than anybody reads on a page
HOME_LENGTH = 10  # of what is due, on App Home
HOME_DONE = 3  # of those places are for what was ticked last, where there is more than fits


class CarriedFollowUp(NamedTuple):
    """What a button says: which follow-up, as it was when shown, and on which surface."""

    item_id: int
    moves: int
    surface: str


def value(item: StoredFollowUp, surface: str) -> str:
    """Return what a button carries. `moves` tells a second click on an old message from a first."""
    return f"{item.id}.{item.moves}@{surface}"


def read_value(carried: str) -> CarriedFollowUp:
    """Return what a button carried."""
    item, _, surface = carried.rpartition("|")[2].partition("@")
    item_id, _, moves = item.partition(".")
    return CarriedFollowUp(int(item_id), int(moves or 0), surface)


def mark(item: StoredFollowUp) -> str:
    """Return the block id of an item, from which the message can be built again in the same order."""
    return f"{ITEM}:{item.id}"


def line(item: StoredFollowUp, today: date, zone: str) -> Mrkdwn:
    """Return a follow-up in one line: who, what, when if not today."""
    return cut(words("followups/followup", "line", item=item, today=today, zone=zone), LINE)


def item_buttons(item: StoredFollowUp, surface: str, today: date, tomorrow: date) -> Block:
    """Return the four answers to a commitment that is due."""
    carried = value(item, surface)
    later = "Tomorrow" if (tomorrow - today).days == 1 else words("followups/followup", "later", day=tomorrow)
    return actions(
        button("Done", f"{DONE}:{item.id}", carried, style="primary"),
        button("Snooze 1 h", f"{SNOOZE}:{item.id}", carried),
        button(later, f"{TOMORROW}:{item.id}", carried),
        button("Drop…", f"{DROP}:{item.id}", carried),
    )


def menu(item: StoredFollowUp, surface: str) -> Element:
    """Return the answers to a commitment in a list, behind three dots."""
    choices = [("Done", DONE), ("Tomorrow", TOMORROW), ("Change…", CHANGE), ("Drop…", DROP)]
    if item.state is not FollowUpState.OPEN:
        choices = [("Reopen", REOPEN)]
    return overflow_menu(
        f"{MENU}:{item.id}",
        [option(label, f"{action}|{value(item, surface)}") for label, action in choices],
    )


def listing(
    items: Sequence[StoredFollowUp], today: date, zone: str, at: int = 0, done: Block | None = None
) -> Message:
    """Show a rep's open commitments by when they are due, the overdue first: the page with item number `at`.

    `done` says what was just done to some of them, with the way back.
    """
    if not items:
        said = words("followups/followup", "nothing_open")
        return message_of(said, [section(said), *([done] if done else []), new_button()])
    start = at // LIST_LENGTH * LIST_LENGTH
    page = ListPage(start, min(start + LIST_LENGTH, len(items)), *pages_around(start, len(items)))
    surface = f"{LIST}.{start}"
    text = words("followups/followup", "listing_text", items=items, today=today)
    blocks: list[Block] = [section(text, sort_button(surface)), *([done] if done else [])]
    first = start
    for group, held in groupby(items[start : page.end], lambda one: group_of(one, today)):
        some = list(held)
        blocks += [section(Mrkdwn(f"*{group}*")), *ticks(some, surface, today, zone, first=first)]
        first += len(some)
    if not page.is_whole:
        blocks.append(context(words("followups/followup", "page", page=page, items=items, today=today)))
    blocks.append(new_button(*turn_buttons(page, PAGE)))
    return message_of(text, blocks)


def group_of(item: StoredFollowUp, today: date) -> Mrkdwn:
    """Return under which heading of a list a commitment stands."""
    return words("followups/followup", "group", item=item, today=today)


def settled(summary: str, undo_id: int) -> Block:
    """Say what was just done in a list, with the way back."""
    return section(summary, undo_button(undo_id))


def pages_around(start: int, count: int) -> tuple[int | None, int | None]:
    """Return where the pages before and after one begin, None where there is none."""
    following = start + LIST_LENGTH
    return start - LIST_LENGTH if start else None, following if following < count else None


def listed_at(surface: str) -> int | None:
    """Return which item of a list was acted on, so that its page is shown again; None where it was no list."""
    name, _, number = surface.partition(".")
    return int(number or 0) if name == LIST else None


def new_button(*others: Element) -> Block:
    return actions(*others, button("New follow-up", NEW))


def card(
    item: StoredFollowUp,
    today: date,
    zone: str,
    *,
    hints: bool = False,
    says_nothing: bool = False,
    is_known: bool = False,
) -> Message:
    """Show one commitment as it stands now, echoing the date so that a misreading shows.

    `hints` asks why it is worth it; `is_known` says that it was there before it was typed again.
    """
    text = words("followups/followup", "card", item=item, today=today, zone=zone)
    blocks: list[Block] = [section(text, block_id=mark(item))]
    if item.state is not FollowUpState.OPEN:
        again = [button("Reopen", f"{REOPEN}:{item.id}", value(item, CARD))]
        if item.state is FollowUpState.DROPPED and not item.drop_reason:
            again.append(button("Say why…", f"{WHY}:{item.id}", value(item, CARD)))
        blocks.append(actions(*again))
        return message_of(text, blocks)
    if is_known:
        blocks.append(context(words("followups/followup", "known_already")))
    if hints and wants_hint(item):
        blocks.append(context(words("followups/followup", "ask_worth", item=item, says_nothing=says_nothing)))
    stop = [button("Stop repeating", f"{STOP}:{item.id}", value(item, CARD))] if item.repeats else []
    blocks.append(
        actions(
            button("Done", f"{DONE}:{item.id}", value(item, CARD)),
            button("Change…", f"{CHANGE}:{item.id}", value(item, CARD)),
            button("Drop…", f"{DROP}:{item.id}", value(item, CARD)),
            *stop,
        )
    )
    return message_of(text, blocks)


def wants_hint(item: FollowUp) -> bool:
    """Say whether something of ours has no reason why it is worth the customer's time."""
    return item.owes is Owes.ME and not item.worth


def is_card(blocks: Sequence[Block]) -> bool:
    """Say whether a message shows one commitment and nothing else."""
    return (
        bool(blocks) and len(marked(blocks)) == 1 and marked(blocks[:1]) != [] and len(blocks) <= CARD_BLOCKS
    )


def list_shown(blocks: Sequence[Block]) -> int | None:
    """Return which item the page begins with that a message shows of somebody's open commitments; None if none."""
    surfaces = (str(block.get("block_id", "")).partition("@")[2] for block in blocks)
    return next((at for one in surfaces if (at := listed_at(one)) is not None), None)


def summary(item: FollowUp, did: str) -> str:
    """Return what became of a commitment in a few words, as undo names it: "Acme, send the ROI sheet, done"."""
    return f"{shorten(item.who, 40)}, {shorten(item.what)}, {did}"


def taken_back() -> Message:
    """Stand in for a commitment that its owner took back."""
    return message_of(words("followups/followup", "taken_back"))


def past(text: str, meant: FollowUp, when: str) -> Message:
    """Refuse a day that is over and offer the one that was probably meant, in one tap."""
    label = words("followups/followup", "meant", when=when)
    carried = json.dumps(meant.model_dump(mode="json"))
    return message_of(text, [section(text), actions(button(label, MEANT, carried))])


def reminder_why(item: FollowUp, zone: str) -> Mrkdwn:
    """Say why a reminder comes."""
    return words("followups/followup", "reminder_why", item=item, zone=zone)


def reminder(item: StoredFollowUp, today: date, tomorrow: date, late: str) -> Message:
    """Say that the time a rep named has come; a late one says how late."""
    text = words("followups/followup", "reminder", item=item, late=late)
    blocks = [section(text, block_id=mark(item)), item_buttons(item, CARD, today, tomorrow)]
    return message_of(text, blocks)


def late_by(due_at: datetime, now: datetime) -> str:
    """Return how late a reminder is in words; empty up to two minutes."""
    late = now - due_at
    return "" if late < SOON else words("followups/followup", "late_by", by=duration(late))


def home_blocks(
    due: Sequence[StoredFollowUp],
    done: Sequence[StoredFollowUp],
    ahead: Sequence[StoredFollowUp],
    today: date,
    zone: str,
) -> list[Block]:
    """What is overdue and due on App Home as a list to tick, the ticks of today in it; then what comes next, in a line.

    `done` was due too, and was done today.
    """
    kept = done[-max(HOME_LENGTH - len(due), HOME_DONE) :]
    at_once = due[: HOME_LENGTH - len(kept)]
    opening = words("followups/followup", "home_opening", due=due, done=done, ahead=ahead, today=today)
    blocks: list[Block] = [section(opening, sort_button(HOME) if due else None)]
    blocks += ticks([*at_once, *kept], HOME, today, zone)
    if left := due[len(at_once) :]:
        blocks.append(context(words("followups/followup", "home_more", items=left, today=today)))
    if ahead:
        blocks.append(context(words("followups/followup", "home_ahead", items=ahead, today=today)))
    return [*blocks, divider()]


def home_button() -> Element:
    return button("+ Follow-up", NEW, style="primary")
