"""Invitations: whoever leads elsewhere is asked before they are taken into a team."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Field, SQLModel

from sales.language.dates.instants import Instant
from sales.people.member import Member
from sales.undo import UNDO_FOR

OPEN_FOR = timedelta(days=14)  # longer than a holiday; what was asked before that is asked again


class InvitationState(StrEnum):
    """What became of an invitation."""

    OPEN = "open"
    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"


class Invitation(SQLModel):
    """Somebody asked somebody into a team, as a rep, a manager, or both.

    `came_from` and `was_rep` say what they were when they said yes, so that it can be undone.
    """

    team_id: int
    user_id: str = Field(max_length=40)
    asked_by: str = Field(max_length=40)
    as_rep: bool = False
    as_manager: bool = False
    asked_at: Instant
    state: InvitationState = InvitationState.OPEN
    answered_at: Instant | None = None
    came_from: int | None = None
    was_rep: bool = False

    @property
    def roles(self) -> str:
        """What they would be, in words."""
        return " and ".join(
            role for role, wanted in (("rep", self.as_rep), ("manager", self.as_manager)) if wanted
        )


def is_asked_first(asker: Member, chosen: Member, *, inside: bool, manages: bool) -> bool:
    """Say whether somebody is asked before `asker` takes them into a team.

    They are if they are an admin, or manage another team, which `manages` says; not who is `inside` already, and not
    if an admin takes them.
    """
    leads = chosen.administers or manages
    return leads and not inside and not asker.administers and chosen.user_id != asker.user_id


def has_expired(invitation: Invitation, now: datetime) -> bool:
    return now - invitation.asked_at > OPEN_FOR


def may_take_back(invitation: Invitation, now: datetime) -> bool:
    """Say whether a yes can still be undone."""
    answered = invitation.answered_at
    return invitation.state is InvitationState.YES and answered is not None and now - answered <= UNDO_FOR
