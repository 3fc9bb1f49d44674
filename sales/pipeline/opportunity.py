"""Opportunities: deals from suspect to won, lost or parked, and what was known of them on a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from pydantic import model_validator
from sqlmodel import Field, SQLModel

from sales.language.money import MAX_MINOR
from sales.value import changed


class Stage(StrEnum):
    """Where an opportunity stands. A suspect has not met the entry gate and is in no forecast (mechanism 27)."""

    SUSPECT = "suspect"
    OPEN = "open"
    WON = "won"
    LOST = "lost"
    PARKED = "parked"


CLOSED = frozenset({Stage.WON, Stage.LOST})
MAX_WORDS = 500  # of a reason, and of what a customer says


class Entry(StrEnum):
    """How a deal came past the entry gate (mechanism 27)."""

    PASSED = "passed"  # it showed what the team's gate asks for
    ANYWAY = "anyway"  # somebody counts it all the same, and says why


class Waking(StrEnum):
    """What wakes a parked deal before its day (mechanism 22)."""

    ACTIVITY = "activity"  # somebody talks to the customer again
    PERIOD = "period"  # the next period of the team begins


class Opportunity(SQLModel):
    """One deal. Dates are local dates of the team; amounts are integer minor units of `currency`.

    `opened_on` is None while a suspect and else the day it came past the entry gate; `closed_on` is set exactly when
    the stage is won or lost. `stage_label` is what the team or its CRM calls the stage, `source` where the deal came
    from. `entry` is None where nobody was asked: a suspect, a deal from before there was a gate, one of an import.
    `worth` is what the thing is worth to the customer, in their words (mechanism 50).
    """

    external_id: str | None = Field(default=None, max_length=100)
    name: str = Field(min_length=1, max_length=200)
    account: str | None = Field(default=None, max_length=200)
    product: str | None = Field(default=None, max_length=200)
    source: str | None = Field(default=None, max_length=200)
    owner_id: str | None = None
    owner_name: str = Field(default="", max_length=200)
    stage: Stage = Stage.OPEN
    stage_label: str = Field(default="", max_length=100)
    value_minor: int = Field(default=0, ge=0, le=MAX_MINOR)
    currency: str = Field(default="USD", regex="^[A-Z]{3}$")
    opened_on: date | None = None
    closed_on: date | None = None
    expected_on: date | None = None
    list_price_minor: int | None = Field(default=None, ge=0, le=MAX_MINOR)
    is_tender: bool = False
    entry: Entry | None = None
    entry_reason: str = Field(default="", max_length=MAX_WORDS)
    parked_until: date | None = None
    wakes: Waking | None = None
    worth: str = Field(default="", max_length=MAX_WORDS)

    @property
    def is_from_before_the_gate(self) -> bool:
        """Whether it counts without anybody having said why: it was open before there was a gate."""
        return self.stage is Stage.OPEN and self.entry is None and self.external_id is None

    @model_validator(mode="after")
    def dates_fit_the_stage(self) -> "Opportunity":
        if (self.stage in CLOSED) != (self.closed_on is not None):
            raise ValueError("A deal has a close date exactly when it is won or lost.")
        if self.opened_on and self.closed_on and self.closed_on < self.opened_on:
            raise ValueError("The deal closes before it opens.")
        return self


class StoredOpportunity(Opportunity):
    """A deal with the id that buttons carry."""

    id: int


AWAKE: Mapping[str, None] = {"parked_until": None, "wakes": None}  # what is parked no more says


def closed_won(deal: Opportunity, on: date, value_minor: int | None = None) -> Opportunity:
    """Return a deal closed as won on a local date, at its value or the one given (minor units).

    A suspect keeps having no opening date, as nobody said when it began. What the CRM called the earlier stage
    goes, here and in `closed_lost` and `moved_to`.
    """
    value = deal.value_minor if value_minor is None else value_minor
    return changed(
        Opportunity, deal, stage=Stage.WON, stage_label="", closed_on=on, value_minor=value, **AWAKE
    )


def closed_lost(deal: Opportunity, on: date) -> Opportunity:
    """Return a deal closed as lost on a local date."""
    return changed(Opportunity, deal, stage=Stage.LOST, stage_label="", closed_on=on, **AWAKE)


def moved_to(deal: Opportunity, stage: Stage, on: date) -> Opportunity:
    """Return a deal in a stage that is not an end: open (again), parked, or a suspect.

    A suspect that is opened was opened on `on`; a deal that was open before keeps its date, and one that was parked
    what its team called its stage.
    """
    opened_on = None if stage is Stage.SUSPECT else deal.opened_on
    if stage is Stage.OPEN and opened_on is None:
        opened_on = on
    label = deal.stage_label if deal.stage is Stage.PARKED else ""
    return changed(
        Opportunity, deal, stage=stage, stage_label=label, closed_on=None, opened_on=opened_on, **AWAKE
    )


def parked(deal: Opportunity, until: date | None, wakes: Waking | None = None) -> Opportunity:
    """Return a deal on the back burner until a local date, or until something happens (mechanism 22).

    What the team called its stage is kept, so that it stands there again once it wakes.
    """
    return changed(Opportunity, deal, stage=Stage.PARKED, closed_on=None, parked_until=until, wakes=wakes)


def in_stage(deal: Opportunity, label: str) -> Opportunity:
    """Return an open deal in a stage of its team's."""
    return changed(Opportunity, deal, stage_label=label)


def goes_by(deal: Opportunity) -> list[str]:
    """Return the names of a deal: its own, and its account's where that is known."""
    return [deal.name, deal.account] if deal.account else [deal.name]


def stage_on(opportunity: Opportunity, day: date) -> Stage | None:
    """Return the stage as it was known on `day`; None where the deal did not exist yet.

    A deal opened later does not exist; one closed later is still open. Deals without an opening date
    are suspects and existed all along, as nothing says when they began.
    """
    if opportunity.opened_on is not None and opportunity.opened_on > day:
        return None
    if opportunity.closed_on is not None and opportunity.closed_on > day:
        return Stage.OPEN
    return opportunity.stage


class Win(NamedTuple):
    """A deal that was won, and by whom; the value is minor units."""

    on: date
    rep: str
    deal: str
    value_minor: int
    currency: str


def newest_first(wins: Iterable[Win]) -> list[Win]:
    """Return wins by their day, the newest first."""
    return sorted(wins, key=lambda win: win.on, reverse=True)


class Valued(Protocol):
    """What has a value in minor units of a currency."""

    @property
    def value_minor(self) -> int: ...
    @property
    def currency(self) -> str: ...


def by_currency(items: Iterable[Valued]) -> dict[str, int]:
    """Return what deals or wins say together in each currency, in minor units: currencies are never added up."""
    found: dict[str, int] = {}
    for one in items:
        found[one.currency] = found.get(one.currency, 0) + one.value_minor
    return found


def told_sums(sums: Mapping[str, int]) -> dict[str, int]:
    """Return sums as they are told, in the order of currencies; nothing of one is left out beside others."""
    some = {currency: sums[currency] for currency in sorted(sums) if sums[currency]}
    return some or {currency: sums[currency] for currency in sorted(sums)[:1]}
