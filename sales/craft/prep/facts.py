"""What is known before a talk, each thing with the day it was learned."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sales.craft.prep.question import DealAnswer
from sales.followups.followup import StoredFollowUp
from sales.pipeline.deal_contact import DealContact
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.deal_history import MAX_SAID, DealChange, DealField
from sales.pipeline.obstacle import DealObstacle
from sales.pipeline.opportunity import StoredOpportunity
from sales.prospects.can_will import CanWill
from sales.prospects.persona import Persona


class KnownContact(NamedTuple):
    """Somebody at the customer, and since which day it is known of them."""

    who: DealContact
    on: date | None = None


class KnownObstacle(NamedTuple):
    """Something that could stop a deal, and since which day it is known."""

    what: DealObstacle
    on: date | None = None


class ReasonKind(StrEnum):
    """Where a reason to talk now comes from."""

    FACT = "fact"  # somebody noted it of the account
    READ = "read"  # they used something that we publish
    WAITING = "waiting"  # what they said that waiting costs them


class ReasonNow(NamedTuple):
    """One reason of theirs to talk now, and the day it was learned."""

    kind: ReasonKind
    says: str
    on: date


class SaidLast(NamedTuple):
    """What a customer said in the last talk, as it was logged."""

    says: str
    on: date


class PrepFacts(NamedTuple):
    """Everything that is known before a talk with a customer: of one deal or, without one, of the account.

    `reasons` are the newest first; `promise` is the meeting itself where it was promised; `personas` are cards of the
    roles spoken to, each beside the title it is for. `buying` is None without a deal. What only the deal's owner may
    read, `said` and `promise`, is None for others. `ended` is the last deal with the
    account that was won or lost, where none is open.
    """

    account: str
    sector: str = ""
    deal: DealFacts | None = None
    contacts: Sequence[KnownContact] = ()
    reasons: Sequence[ReasonNow] = ()
    worth_on: date | None = None
    obstacles: Sequence[KnownObstacle] = ()
    said: SaidLast | None = None
    promise: StoredFollowUp | None = None
    personas: Sequence[tuple[str, Persona]] = ()
    answers: Sequence[DealAnswer] = ()
    buying: CanWill | None = None
    ended: StoredOpportunity | None = None

    @property
    def worth(self) -> str:
        """What it is worth to them, in their words; empty where nobody said."""
        return self.deal.deal.worth if self.deal is not None else ""


def learned_on(changes: Sequence[DealChange], what: DealField, told: str) -> date | None:
    """Return the day since which a deal's history says what stands now; None where it says nothing of it."""
    return next(
        (one.on for one in reversed(changes) if one.what is what and one.now == told[:MAX_SAID]), None
    )
