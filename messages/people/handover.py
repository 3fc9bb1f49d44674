"""Hand-overs in Slack: the offer, what moved, and the form with which a manager offers one."""

from collections.abc import Mapping, Sequence
from typing import Any

from messages.blocks import Message, actions, field_input, message_of, modal_of, section
from messages.elements import Element, button, checkboxes, option, select_menu, user_select
from messages.formatting import words
from messages.undo import undo_button

YES = "handover.yes"
NO = "handover.no"
UNDO = "handover.undo"
OPEN = "handover.open"
OFFER = "handover.offer"  # the form's callback
OLD, NEW, SAME = "old", "new", "same"
MOST_OPTIONS = 100


def offer(handover_id: int, old: str, *, by: str, same_address: bool) -> Message:
    """Offer somebody what a closed account had."""
    text = words("people/handover", "offer", old=old, by=by, same_address=same_address)
    carried = str(handover_id)
    ways = actions(button("Move it to me", YES, carried, style="primary"), button("No", NO, carried))
    return message_of([section(text), ways])


def moved(handover_id: int, count: int, team: str) -> Message:
    """Say what moved, with the way back."""
    text = words("people/handover", "moved", count=count, team=team)
    return message_of([section(text), actions(button("Undo", UNDO, str(handover_id)))])


def said(what: str) -> Message:
    """Say what became of an offer: `declined`, `undone` or `gone`."""
    return message_of(words("people/handover", what))


def offered(name: str) -> Message:
    """Say to whoever offered it that somebody was asked."""
    return message_of(words("people/handover", "offered", name=name))


def open_button(team_id: int) -> Element:
    """Return the way to the form, on a team's card."""
    return button("Hand over…", OPEN, str(team_id))


def hand_over_button(team_id: int, user_id: str) -> Element:
    """Return the way to the form with who left chosen in it."""
    return button("Hand over…", f"{OPEN}:{user_id}", f"{team_id}:{user_id}")


def form(people: Sequence[tuple[str, str, bool]], chosen: str = "") -> dict[str, Any]:
    """Build the form: who leaves, and who takes over; `people` are ids, names, and whether the account is open."""
    options = [
        option(words("people/handover", "leaver", name=name, here=here), user_id)
        for user_id, name, here in people[:MOST_OPTIONS]
    ]
    held = next((one for one in options if one["value"] == chosen), None)
    blocks = [
        section(words("people/handover", "form")),
        field_input("Who leaves", select_menu(OLD, options=options, initial_option=held), OLD),
        field_input("Who takes over", user_select(NEW), NEW),
    ]
    if not all(here for _, _, here in people):
        same = option(words("people/handover", "same"), SAME)
        blocks.append(
            field_input(
                "A new account",
                checkboxes(SAME, [same]),
                SAME,
                hint=words("people/handover", "form_hint"),
                optional=True,
            )
        )
    return modal_of("Hand over", blocks, callback_id=OFFER, submit="Hand over")


def reassigned(old: str, new: str, moved: Mapping[str, int], undo_id: int) -> dict[str, Any]:
    """Show in the form's place what moved, with the way back."""
    said = words("people/handover", "reassigned", old=old, new=new, moved=moved)
    return modal_of("Handed over", [section(said), actions(undo_button(undo_id))], close="Close")


def nothing_open(old: str) -> dict[str, Any]:
    """Show that somebody leaves nothing behind."""
    return modal_of(
        "Nothing to hand over", [section(words("people/handover", "nothing_open", old=old))], close="Close"
    )


def given(by: str, old: str, moved: Mapping[str, int]) -> Message:
    """Tell somebody what they were given."""
    return message_of(words("people/handover", "given", by=by, old=old, moved=moved))


def why_given(by: str, old: str) -> str:
    """Say why somebody is told so."""
    return words("people/handover", "why_given", by=by, old=old)


def reassignment(old: str, new: str) -> str:
    """Return the action in a few words, for whoever takes it back."""
    return words("people/handover", "reassignment", old=old, new=new)


def goal_reason(what: str, name: str) -> str:
    """Return why a goal is another: `kept` by who left, or `taken` over."""
    return words("people/handover", f"goal_{what}", name=name)
