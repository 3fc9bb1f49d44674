"""Leads: people who may become customers, before there is a deal: where from, whose, taken up or sent back (35, 38)."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from pydantic import field_validator, model_validator
from sqlmodel import Field, SQLModel

from sales.language.typed_text import MAX_NAME, MAX_WORDS
from sales.value import changed

MAX_TITLE = 100  # as a contact's role
MAX_EMAIL = 254  # the longest an address may be, RFC 5321
MAX_PHONE = 60


class LeadState(StrEnum):
    """What became of a lead. One that is new or accepted is open; the others were decided."""

    NEW = "new"  # nobody said yet whether it is worth pursuing
    ACCEPTED = "accepted"
    REJECTED = "rejected"  # sent back, with the reason that marketing reads
    QUALIFIED = "qualified"  # it became a deal, as a suspect


OPEN_STATES = (LeadState.NEW, LeadState.ACCEPTED)


class RejectCause(StrEnum):
    """Why a lead was sent back, as marketing counts it; `reject_reason` has the words."""

    FIT = "fit"  # the wrong kind of customer: size, sector, place
    PERSON = "person"  # the right customer, and somebody who has no say
    NEED = "need"  # nothing to solve, or no money for it
    TIMING = "timing"
    UNREACHABLE = "unreachable"
    BAD_DATA = "bad_data"  # no such person, number or address
    DUPLICATE = "duplicate"
    CUSTOMER = "customer"  # a customer already, or a deal
    OTHER = "other"


class Lead(SQLModel):
    """One lead. `name` is the person, or the firm where no person is known; `account` the firm, beside a person.

    Instants are aware UTC. `came_at` is when they asked or were found, `assigned_at` when the one who owns it got it,
    `first_call_at` when somebody first called, and `decided_at` when it was last accepted, rejected or qualified.
    `deal_id` is the deal it became. Until somebody owns it, it is the team's with `team_id`, or any team's.
    """

    external_id: str | None = Field(default=None, max_length=100)
    name: str = Field(min_length=1, max_length=MAX_NAME)
    account: str | None = Field(default=None, max_length=MAX_NAME)
    title: str = Field(default="", max_length=MAX_TITLE)
    email: str = Field(default="", max_length=MAX_EMAIL)
    phone: str = Field(default="", max_length=MAX_PHONE)
    source: str | None = Field(default=None, max_length=MAX_NAME)
    owner_id: str | None = None
    team_id: int | None = None
    state: LeadState = LeadState.NEW
    came_at: datetime
    assigned_at: datetime | None = None
    first_call_at: datetime | None = None
    decided_at: datetime | None = None
    reject_cause: RejectCause | None = None
    reject_reason: str = Field(default="", max_length=MAX_WORDS)
    deal_id: int | None = None
    note: str = Field(default="", max_length=MAX_WORDS)

    @field_validator("email")
    @classmethod
    def address_in_lower_case(cls, address: str) -> str:
        return address.strip().lower()

    @model_validator(mode="after")
    def decision_fits_the_state(self) -> "Lead":
        if (self.state is LeadState.NEW) != (self.decided_at is None):
            raise ValueError("A lead has a day of its decision exactly when it was decided.")
        if (self.state is LeadState.REJECTED) != (self.reject_cause is not None):
            raise ValueError("A lead has a reason to be sent back exactly when it was.")
        return self

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def firm(self) -> str:
        """Return the firm, which is the name where no person is known."""
        return self.account or self.name

    @property
    def is_untouched(self) -> bool:
        """Whether nobody called yet, or said anything about it."""
        return self.state is LeadState.NEW and self.first_call_at is None


class StoredLead(Lead):
    """A lead with the id that buttons carry."""

    id: int


def accepted(lead: Lead, at: datetime) -> Lead:
    """Return a lead that is worth pursuing; also one that was sent back before."""
    return changed(
        Lead, lead, state=LeadState.ACCEPTED, decided_at=at, reject_cause=None, reject_reason="", deal_id=None
    )


def rejected(lead: Lead, cause: RejectCause, words: str, at: datetime) -> Lead:
    """Return a lead that is sent back, with why."""
    return changed(
        Lead, lead, state=LeadState.REJECTED, decided_at=at, reject_cause=cause, reject_reason=words
    )


def qualified(lead: Lead, deal_id: int, at: datetime) -> Lead:
    """Return a lead that became a deal."""
    return changed(
        Lead,
        lead,
        state=LeadState.QUALIFIED,
        decided_at=at,
        reject_cause=None,
        reject_reason="",
        deal_id=deal_id,
    )


def assigned(lead: Lead, owner_id: str, at: datetime) -> Lead:
    """Return a lead that somebody owns from an instant on."""
    return changed(Lead, lead, owner_id=owner_id, assigned_at=at)


def called(lead: Lead, at: datetime) -> Lead:
    """Return a lead whose first call was at an instant; an earlier one stays the first."""
    first = at if lead.first_call_at is None else min(at, lead.first_call_at)
    return changed(Lead, lead, first_call_at=first)


def lead_names(lead: Lead) -> Iterable[str]:
    """Return the names a lead goes by: its own, and its firm's where that is another."""
    return [lead.name, lead.account] if lead.account else [lead.name]
