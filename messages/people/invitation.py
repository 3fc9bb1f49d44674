"""Invitations in Slack: what somebody is asked, what became of it, and what whoever asked hears."""

from collections.abc import Sequence

from messages.blocks import Message, actions, message_of, section
from messages.elements import Element, button
from messages.formatting import words
from sales.language.figures import listed
from sales.people.invitation import Invitation

JOIN = "invitation.join"
NOT_NOW = "invitation.not_now"
TAKE_BACK = "invitation.take_back"
WITHDRAW = "invitation.withdraw"


def asked(invitation: Invitation, invitation_id: int, team: str, asker: str) -> Message:
    """Ask somebody into a team."""
    text = words("people/invitation", "asked", invitation=invitation, team=team, asker=asker)
    carried = str(invitation_id)
    buttons = actions(button("Join", JOIN, carried, style="primary"), button("Not now", NOT_NOW, carried))
    return message_of([section(text), buttons])


def joined(invitation: Invitation, invitation_id: int, team: str, before: str) -> Message:
    """Say to whoever joined what they are now, with the way back."""
    text = words("people/invitation", "joined", invitation=invitation, team=team, before=before)
    return message_of([section(text), actions(button("Undo", TAKE_BACK, str(invitation_id)))])


def declined(invitation_id: int, team: str) -> Message:
    """Say to whoever said no that nothing changed, with the way to say yes after all."""
    text = words("people/invitation", "declined", team=team)
    return message_of([section(text), actions(button("Join after all", JOIN, str(invitation_id)))])


def over(how: str, team: str = "", asker: str = "") -> Message:
    """Say that an invitation stands no more: `expired`, `withdrawn` or `taken_back`."""
    return message_of(words("people/invitation", how, team=team, asker=asker))


def answered(said: str, invitation: Invitation, name: str, team: str) -> Message:
    """Say to whoever asked what the answer was: `yes`, `no` or `undone`."""
    return message_of(words("people/invitation", f"said_{said}", invitation=invitation, name=name, team=team))


def withdrawn_by_asker(names: Sequence[str]) -> Message:
    """Say to whoever withdrew what became of it."""
    return message_of(words("people/invitation", "withdrawn_by_asker", names=listed(names)))


def withdraw_button(ids: Sequence[int]) -> Element:
    """Return the button under a summary that takes the question back."""
    label = "Withdraw it" if len(ids) == 1 else "Withdraw them"
    return button(label, WITHDRAW, ",".join(map(str, ids)))
