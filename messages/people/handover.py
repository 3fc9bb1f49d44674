"""Hand-overs in Slack: the offer, what moved, and the form with which a manager offers one."""

from collections.abc import Sequence
from typing import Any

from messages.blocks import Message, actions, field_input, message_of, modal_of, section
from messages.elements import button, option, select_menu, user_select
from messages.formatting import words

YES = "handover.yes"
NO = "handover.no"
UNDO = "handover.undo"
OFFER = "handover.offer"  # the form's callback
OLD, NEW = "old", "new"
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


def form(closed: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Build the form: whose account was closed, and who has their new one."""
    options = [option(name, user_id) for user_id, name in closed[:MOST_OPTIONS]]
    blocks = [
        field_input("Closed account", select_menu(OLD, options=options), OLD),
        field_input("Their new account", user_select(NEW), NEW, hint=words("people/handover", "form_hint")),
    ]
    return modal_of("Hand over an account", blocks, callback_id=OFFER, submit="Ask them")
