"""What losses propose to change of the ideal client, in words: the change with its figures, and what was decided."""

from messages.blocks import Block, Message, actions, joined, message_of, section
from messages.elements import button
from messages.formatting import Mrkdwn, words
from messages.undo import undo_button
from sales.prospects.profile_change import ProfileChange

ACCEPT = "profile_change.accept"
DECLINE = "profile_change.decline"
IN_REVIEW = ":review"  # behind the id of a button in a month that is looked back on
NOUN = "prospects/profile_change"


def proposal(change: ProfileChange, team_id: int, place: str = "") -> list[Block]:
    """Show what would change and what speaks for it, with both answers."""
    value = f"{team_id} {change.key}"
    said = joined(
        [
            words(NOUN, change.criterion.value, change=change, among=change.among),
            words(NOUN, "costs", change=change),
        ]
    )
    ways = actions(button("Accept", f"{ACCEPT}{place}", value), button("Decline", f"{DECLINE}{place}", value))
    return [section(said), ways]


def in_review(team: str, change: ProfileChange, team_id: int) -> list[Block]:
    """Show the same to a manager who looks back on a month."""
    return [
        section(words(NOUN, "in_review", team=team)),
        *proposal(change, team_id, f":{team_id}{IN_REVIEW}"),
    ]


def answered(note: str, undo_id: int | None) -> Message:
    """Say what was decided below a month that was looked back on."""
    ways = [actions(undo_button(undo_id))] if undo_id is not None else []
    return message_of([section(note), *ways])


def read_value(value: str) -> tuple[int, str]:
    """Return of which team a button is, and which change it answers."""
    team_id, _, key = value.partition(" ")
    return int(team_id), key


def accepted() -> Mrkdwn:
    return words(NOUN, "accepted")


def declined() -> Mrkdwn:
    return words(NOUN, "declined")


def gone() -> Mrkdwn:
    return words(NOUN, "gone")
