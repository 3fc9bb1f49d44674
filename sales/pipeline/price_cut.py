"""Price cuts: value before a discount, and a manager's yes for one in the last days of a month (mechanisms 50–52).

The guard sits on the price, whichever way it is changed in Slack; what a CRM says is taken as it is.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.language.money import MAX_MINOR
from sales.pipeline.opportunity import MAX_WORDS, Opportunity, Stage

DISCOUNT_ASKED = "discount_asked"
DISCOUNT_ANSWERED = "discount_answered"
SMALLEST = 0.02  # a share of the price; less is rounding


class PriceCut(NamedTuple):
    """A price below the list, or below what stood; minor units of the deal's currency."""

    wish_minor: int
    from_minor: int

    @property
    def share(self) -> float:
        """How much is given away, in 0..1."""
        return 1 - self.wish_minor / self.from_minor


def price_cut(deal: Opportunity, wish_minor: int, list_minor: int | None) -> PriceCut | None:
    """Return what a new price gives away: against the list where there is one, else against what stood.

    None where it gives nothing away: it is raised, taken off, or the first price of a deal without a list. What is
    lost has no price any more, and what a suspect is said to be worth is a guess, not an offer.
    """
    stood = deal.value_minor
    if deal.stage in (Stage.LOST, Stage.SUSPECT) or wish_minor <= 0 or 0 < stood <= wish_minor:
        return None
    most = list_minor if list_minor and list_minor > wish_minor else stood
    if most <= wish_minor:
        return None
    cut = PriceCut(wish_minor, most)
    return cut if cut.share >= SMALLEST else None


class DiscountState(StrEnum):
    """What became of a wish for a lower price."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # the rep wished for something else, or the deal came to its end


class DiscountRequest(SQLModel):
    """A lower price that waits for a manager's yes. `worth` is what the thing is worth to the customer, in their words.

    `from_minor` is what it is compared with, `stood_minor` what the deal stood at. One that `wins` closes the deal as
    won at that price, on the day it was asked for. `reason` is the manager's, where they said no.
    """

    opportunity_id: int
    asked_by: str = Field(max_length=40)
    asked_on: date
    wish_minor: int = Field(ge=0, le=MAX_MINOR)
    from_minor: int = Field(ge=0, le=MAX_MINOR)
    stood_minor: int = Field(ge=0, le=MAX_MINOR)
    currency: str = Field(regex="^[A-Z]{3}$")
    worth: str = Field(max_length=MAX_WORDS)
    wins: bool = False
    state: DiscountState = DiscountState.OPEN
    answered_by: str = Field(default="", max_length=40)
    answered_on: date | None = None
    reason: str = Field(default="", max_length=MAX_WORDS)

    @property
    def share(self) -> float:
        """How much is given away, in 0..1."""
        return PriceCut(self.wish_minor, self.from_minor).share


def wish_told(state: DiscountState, wish_minor: int, reason: str = "") -> str:
    """Return what became of a wish as a deal's history keeps it: "refused 1500000 not below cost"."""
    word = "asked" if state is DiscountState.OPEN else state.value
    return " ".join(filter(None, (word, str(wish_minor), reason)))


def wish_read(told: str) -> tuple[str, int, str]:
    """Return what `wish_told` wrote."""
    word, minor, *reason = told.split(" ", 2)
    return word, int(minor), " ".join(reason)


class StoredRequest(DiscountRequest):
    """A wish for a lower price, with the id that buttons carry."""

    id: int


def asked_key(workspace_id: str, request_id: int, manager_id: str) -> str:
    """Return what the message to one manager about a wish is known by in the ledger."""
    return f"{DISCOUNT_ASKED}:{workspace_id}:{request_id}:{manager_id}"
