"""Price cuts: value before a discount, and a manager's yes for one in the last days of a month (mechanisms 50–52).

The guard sits on the price, whichever way it is changed in Slack; what a CRM says is taken as it is.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.language.money import MAX_MINOR
from sales.pipeline.deal_history import DealChange, DealField, text_of
from sales.pipeline.discount import LAST_DAYS, is_late
from sales.pipeline.opportunity import CLOSED, MAX_WORDS, Opportunity, Stage

DISCOUNT_ASKED = "discount_asked"
DISCOUNT_ANSWERED = "discount_answered"
SMALLEST = 0.02  # a share of the price; less is rounding
UNGUARDED = frozenset({Stage.LOST, Stage.SUSPECT})  # what they are said to be worth is no offer


class PriceCut(NamedTuple):
    """A price below the list, or below what stood; minor units of the deal's currency."""

    wish_minor: int
    from_minor: int

    @property
    def share(self) -> float:
        """How much is given away, in 0..1."""
        return 1 - self.wish_minor / self.from_minor


def price_cut(
    deal: Opportunity,
    wish_minor: int,
    list_minor: int | None,
    agreed_minor: int | None = None,
    *,
    wins: bool = False,
) -> PriceCut | None:
    """Return what a new price gives away: against the list where there is one, else against what was agreed.

    `agreed_minor` is what `agreed_price` says, what stood where it is left out. None where nothing is given away: it is
    raised, taken off, or the first price of a deal without a list. What is lost has no price any more, and what a
    suspect is said to be worth is a guess, not an offer; one that `wins` is signed, and held against what was agreed
    also where it stays.
    """
    stood = deal.value_minor
    stays = 0 < stood <= wish_minor
    if wish_minor <= 0 or (not wins and (stays or deal.stage in UNGUARDED)):
        return None
    most = stood if agreed_minor is None else agreed_minor
    if not stays and list_minor and list_minor > wish_minor:
        most = list_minor
    if most <= wish_minor:
        return None
    cut = PriceCut(wish_minor, most)
    return cut if cut.share >= SMALLEST else None


def agreed_price(deal: Opportunity, changes: Sequence[DealChange], today: date, by: str) -> int:
    """Return the price that a next one is measured from, whatever small steps led away from it; in minor units.

    It is the last one that was raised, said by a file, or lowered so far that it was asked about. What is lowered step
    by step adds up, until it is asked about, and so does a price that is taken off and put on again. What somebody
    (`by`) typed `today` themselves is being put right. Lowered as a guess or a loss, where nobody asks, a price is
    agreed once these last days of the month are over.
    """
    days = by_day(prices_of(deal, changes))
    if days and (days[-1][-1].on, days[-1][-1].by) == (today, by) and not was_merged(changes, today):
        first = days.pop()[0].was
        agreed = amount(days[0][0].was) if days else amount(first)
    else:
        agreed = amount(days[0][0].was) if days else deal.value_minor
    for day in days:
        now = amount(day[-1].now)
        is_step = now < agreed and (
            now == 0 or PriceCut(now, agreed).share < SMALLEST or is_unasked(day[-1], deal, changes, today)
        )
        if not is_step or not day[-1].by:
            agreed = now
    return agreed


def prices_of(deal: Opportunity, changes: Sequence[DealChange]) -> list[DealChange]:
    """Return how a deal came to its value, the oldest change first; not what was said of one that went into it."""
    found: list[DealChange] = []
    now = text_of(deal.value_minor)
    for change in reversed(changes):
        if change.what is DealField.VALUE and change.now == now:
            found.append(change)
            now = change.was
    return found[::-1]


def by_day(changes: Sequence[DealChange]) -> list[list[DealChange]]:
    """Return changes by the days and people that made them: what one typed on one day belongs together."""
    return [list(day) for _, day in groupby(changes, key=lambda one: (one.on, one.by))]


def was_merged(changes: Sequence[DealChange], today: date) -> bool:
    """Say whether a deal was called otherwise today, as one is that another goes into: its value came from there."""
    return any(change.what is DealField.NAME and change.on == today for change in changes)


def is_unasked(change: DealChange, deal: Opportunity, changes: Sequence[DealChange], today: date) -> bool:
    """Say whether a price was lowered in these last days of a month while the deal was a guess or a loss."""
    if not is_late(change.on) or (today - change.on).days >= LAST_DAYS:
        return False
    behind = changes[list(changes).index(change) + 1 :]
    stage = next((one.was for one in behind if one.what is DealField.STAGE), deal.stage.value)
    return stage in UNGUARDED


def amount(held: str) -> int:
    """Return an amount as a history keeps it, in minor units; 0 for none."""
    return int(held) if held else 0


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


def standing(request: DiscountRequest, deal: Opportunity) -> DiscountState:
    """Return how a wish stands: one that waits is withdrawn once its deal is lost, or is won and was to be."""
    is_over = deal.stage is Stage.LOST or (request.wins and deal.stage in CLOSED)
    return DiscountState.WITHDRAWN if is_over and request.state is DiscountState.OPEN else request.state


class StoredRequest(DiscountRequest):
    """A wish for a lower price, with the id that buttons carry."""

    id: int


def asked_key(workspace_id: str, request_id: int, manager_id: str) -> str:
    """Return what the message to one manager about a wish is known by in the ledger."""
    return f"{DISCOUNT_ASKED}:{workspace_id}:{request_id}:{manager_id}"
