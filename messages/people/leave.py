"""Leave in Slack: days off, one's own or a team's."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from messages.blocks import Block, Message, actions, context, field_input, message_of, modal_of, section
from messages.elements import button, date_picker, text_input, user_select
from messages.formatting import words
from messages.room import fitting
from messages.undo import undo_button
from sales.people.leave import NOTE_LENGTH

NEW = "leave.new"
REMOVE = "leave.remove"
ADD = "leave.add"  # the form's callback

WHO, FIRST, LAST, NOTE = "who", "first", "last", "note"
MOST = 40  # a block each, and Slack takes 50


class LeaveValue(NamedTuple):
    """Days off as they are shown. `name` is None in one's own list."""

    leave_id: int
    name: str | None
    first: date
    last: date
    note: str


def value(leave_id: int, team_id: int | None) -> str:
    """Return what a Remove button carries: which leave, and whose list to show again."""
    return f"{leave_id}@{team_id or ''}"


def read_value(carried: str) -> tuple[int | None, int | None]:
    """Return the leave and the team of the list; None where there is none."""
    leave_id, _, team_id = carried.partition("@")
    return int(leave_id) if leave_id else None, int(team_id) if team_id else None


def listing(spans: Sequence[LeaveValue], team_name: str | None, team_id: int | None, today: date) -> Message:
    """Show leave to come: one's own, or that of a team one manages."""
    title = words("people/leave", "title", team_name=team_name)
    blocks: list[Block] = [section(title)]
    shown = [span_block(span, team_id, today) for span in spans[:MOST]]
    count = fitting([[one] for one in shown])
    blocks += shown[:count]
    if not spans:
        blocks.append(section(words("people/leave", "nothing")))
    if len(spans) > count:
        blocks.append(context(words("people/leave", "more", count=len(spans) - count)))
    blocks.append(actions(button("Add leave", NEW, f"@{team_id or ''}")))
    return message_of(blocks)


def span_block(span: LeaveValue, team_id: int | None, today: date) -> Block:
    remove = button("Remove", f"{REMOVE}:{span.leave_id}", value(span.leave_id, team_id))
    return section(words("people/leave", "line", span=span, today=today), accessory=remove)


def form(today: date, user_id: str, *, team_id: int | None) -> dict[str, Any]:
    """Ask for days off; for a team one manages, also whose."""
    blocks: list[Block] = []
    if team_id is not None:
        blocks.append(field_input("Who", user_select(WHO, initial_user=user_id), WHO))
    blocks += [
        field_input("First day", date_picker(FIRST, initial_date=today.isoformat()), FIRST),
        field_input(
            "Last day", date_picker(LAST), LAST, hint=words("people/leave", "last_hint"), optional=True
        ),
        field_input(
            "Note",
            text_input(NOTE, max_length=NOTE_LENGTH),
            NOTE,
            hint=words("people/leave", "note_hint"),
            optional=True,
        ),
    ]
    private = str(team_id) if team_id is not None else ""
    return modal_of("Add leave", blocks, callback_id=ADD, submit="Add", private=private)


def added(span: LeaveValue, working_days: int, undo_id: int, today: date) -> Message:
    """Say which days are off and what that means."""
    said = words("people/leave", "added", span=span, working_days=working_days, today=today)
    return message_of([section(said), actions(undo_button(undo_id))])


def works(days: str, undo_id: int) -> Message:
    """Say that somebody is not off on days after all."""
    said = words("people/leave", "works", days=days)
    return message_of([section(said), actions(undo_button(undo_id))])


def none_noted(days: str) -> Message:
    """Say that nobody thought them off on these days."""
    return message_of(words("people/leave", "none_noted", days=days))
