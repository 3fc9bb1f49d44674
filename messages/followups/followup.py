"""One follow-up in Slack: what buttons carry of it, its line, its answers, and what undo calls it."""

from datetime import date
from typing import NamedTuple

from messages.blocks import ITEM
from messages.elements import Element, button, option, overflow_menu
from messages.formatting import Mrkdwn, cut, words
from sales.followups.followup import FollowUpState, StoredFollowUp
from sales.followups.slip import SlipReason
from sales.language.typed_text import shorten

DONE = "followup.done"
SNOOZE = "followup.snooze"
TOMORROW = "followup.tomorrow"
DROP = "followup.drop"
CHANGE = "followup.change"
REOPEN = "followup.reopen"
STOP = "followup.stop"
WHY = "followup.why"
NEW = "followup.new"
MENU = "followup.menu"
TAKE_BACK = "followup.take_back"
SHORTCUT = "followup.from_message"

CARD, HOME, LIST = "card", "home", "list"  # the surfaces that show one alone, those that are due, and all
TODAYS = (HOME, "morning")

LINE = 1_200  # characters of markup; only what is mostly "&" or "*" is longer


class CarriedFollowUp(NamedTuple):
    """What a button says: which follow-up, as it was when shown, and on which surface."""

    item_id: int
    moves: int
    surface: str


class LastAction(NamedTuple):
    """What somebody just did to promises, in the words that undo has for it; it `stands` until it is taken back.

    One that put promises off `asks` why; `why` is the reason that was tapped.
    """

    summary: str
    undo_id: int
    stands: bool = True
    asks: bool = False
    why: SlipReason | None = None


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


def listed_at(surface: str) -> int | None:
    """Return which item of a list was acted on, so that its page is shown again; None where it was no list."""
    name, _, number = surface.partition(".")
    return int(number or 0) if name == LIST else None


def line(item: StoredFollowUp, today: date, zone: str) -> Mrkdwn:
    """Return a follow-up in one line: who, what, when if not today."""
    return cut(words("followups/followup", "line", item=item, today=today, zone=zone), LINE)


def menu(item: StoredFollowUp, surface: str, *, done: bool = True) -> Element:
    """Return the answers to a promise behind three dots; without `done` where that is a button of its own."""
    choices = [("Done", DONE)] if done else []
    choices += [("Tomorrow", TOMORROW), ("Change…", CHANGE), ("Drop…", DROP)]
    if item.repeats:
        choices.append(("Stop repeating", STOP))
    if item.state is not FollowUpState.OPEN:
        choices = [("Reopen", REOPEN)]
    return overflow_menu(
        f"{MENU}:{item.id}",
        [option(label, f"{action}|{value(item, surface)}") for label, action in choices],
    )


def is_todays(surface: str) -> bool:
    """Say whether a surface is about today, where what others owe stands apart: App Home, or the morning note."""
    return surface.partition(":")[0] in TODAYS


def day_at(surface: str, today: date) -> date:
    """Return the day that a surface stands for: that of a prompt or a note, else today."""
    _, _, day = surface.partition(":")
    return date.fromisoformat(day) if day else today


def take_back_button(undo_id: int, surface: str) -> Element:
    """Return the button that takes back what was just done on a surface, which is then shown again."""
    return button("Undo", f"{TAKE_BACK}:{undo_id}", carry_taken_back(undo_id, surface))


def carry_taken_back(undo_id: int, surface: str) -> str:
    """Return what a button carries about an action on a surface."""
    return f"{undo_id}@{surface}"


def read_taken_back(carried: str) -> tuple[int, str]:
    """Return which action is taken back, and on which surface."""
    undo_id, _, surface = carried.partition("@")
    return int(undo_id), surface


def summary(item: StoredFollowUp, did: str) -> str:
    """Return what became of a commitment in a few words, as undo names it: "Acme, send the ROI sheet, done"."""
    return f"{shorten(item.who, 40)}, {shorten(item.what)}, {did}"
