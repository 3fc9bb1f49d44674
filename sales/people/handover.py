"""Hand-overs: what somebody had under an account that was closed is theirs under the new one, if they say so."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from sales.language.dates.instants import Instant
from sales.people.invitation import InvitationState
from sales.people.member import Member
from sales.undo import UNDO_FOR


class Handover(SQLModel):
    """Somebody is offered what the account `old_id` had; `offered_by` is empty where Slack's address told us."""

    old_id: str = Field(max_length=40)
    new_id: str = Field(max_length=40)
    offered_by: str = Field(default="", max_length=40)
    offered_at: Instant
    state: InvitationState = InvitationState.OPEN
    answered_at: Instant | None = None


def is_same_person(old: Member, new: Member) -> bool:
    """Say whether a closed account and a new one may be one person's: they have one address."""
    mine, theirs = (new.email or "").casefold(), (old.email or "").casefold()
    return bool(mine) and mine == theirs and not old.active and new.active and old.user_id != new.user_id


def may_undo_handover(handover: Handover, now: datetime) -> bool:
    answered = handover.answered_at
    return handover.state is InvitationState.YES and answered is not None and now - answered <= UNDO_FOR
