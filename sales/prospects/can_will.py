"""Can they, will they: budget and authority against need and attitude; go on, find out, or stop (mechanism 32).

What nobody knows is no "no": it is found out first. A plain no to money, to the need or to wanting it is a reason to
stop; that whom we reach does not decide is not, as somebody else may. The verdict is advice and stops nothing.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.language.typed_text import MAX_WORDS
from sales.prospects.attitude import AttitudeFit
from sales.prospects.ideal_client import GOOD, POOR

MIXED = 5  # of ten: from where on an attitude does not speak against what a rep says


class BuyingQuestion(StrEnum):
    """What decides whether somebody can buy, and will."""

    BUDGET = "budget"
    AUTHORITY = "authority"
    NEED = "need"
    ATTITUDE = "attitude"


CAN = (BuyingQuestion.BUDGET, BuyingQuestion.AUTHORITY)
WILL = (BuyingQuestion.NEED, BuyingQuestion.ATTITUDE)
MENDED = frozenset({BuyingQuestion.AUTHORITY})  # a no that asks for somebody else, not for an end


class BuyingVerdict(StrEnum):
    """What the four answers recommend."""

    GO_ON = "go_on"
    FIND_OUT = "find_out"
    STOP = "stop"


class BuyingSigns(SQLModel):
    """What a rep said of a deal; None while nobody knows. `note` is what shows it, in their words."""

    opportunity_id: int
    budget: bool | None = None
    authority: bool | None = None
    need: bool | None = None
    wants: bool | None = None
    note: str = Field(default="", max_length=MAX_WORDS)


class BuyingFacts(NamedTuple):
    """What else is on record of a deal: somebody who decides among its contacts, a need at its gate, its attitude.

    `reaches_decider` is False where a tender was said to have no access to who decides. `not_for_us` is whether we said
    of an earlier loss to the same customer that we should not have been there.
    """

    reaches_decider: bool | None = None
    shows_need: bool = False
    attitude: AttitudeFit | None = None
    not_for_us: bool = False


class CanWill(NamedTuple):
    """The verdict on a deal with the answer to each question; None where nobody knows."""

    answers: Mapping[BuyingQuestion, bool | None]
    facts: BuyingFacts = BuyingFacts()

    @property
    def against(self) -> tuple[BuyingQuestion, ...]:
        """The questions that are answered with no."""
        return tuple(one for one in BuyingQuestion if self.answers[one] is False)

    @property
    def unknown(self) -> tuple[BuyingQuestion, ...]:
        """The questions nobody can answer yet."""
        return tuple(one for one in BuyingQuestion if self.answers[one] is None)

    @property
    def stops(self) -> tuple[BuyingQuestion, ...]:
        """The answers that are a reason to stop."""
        return tuple(one for one in self.against if one not in MENDED)

    @property
    def to_find_out(self) -> tuple[BuyingQuestion, ...]:
        """What to find out next: what nobody knows, and who else decides."""
        return tuple(one for one in BuyingQuestion if self.answers[one] is None or one in self.against)

    @property
    def verdict(self) -> BuyingVerdict:
        if self.stops:
            return BuyingVerdict.STOP
        return BuyingVerdict.FIND_OUT if self.to_find_out else BuyingVerdict.GO_ON

    @property
    def can(self) -> bool | None:
        """Whether they can buy; None where that is open."""
        return together(self.answers, CAN)

    @property
    def will(self) -> bool | None:
        """Whether they will; None where that is open."""
        return together(self.answers, WILL)


def together(answers: Mapping[BuyingQuestion, bool | None], two: tuple[BuyingQuestion, ...]) -> bool | None:
    """Return no where one answer is no, yes where all are yes, else None."""
    given = [answers[one] for one in two]
    if False in given:
        return False
    return True if all(given) else None


def can_will(signs: BuyingSigns | None, facts: BuyingFacts) -> CanWill:
    """Return the verdict on a deal: what its rep said of it goes before what is on record, but for its attitude."""
    said = signs or BuyingSigns(opportunity_id=0)
    reaches = said.authority if said.authority is not None else facts.reaches_decider
    needs = said.need if said.need is not None else (True if facts.shows_need else None)
    return CanWill(
        {
            BuyingQuestion.BUDGET: said.budget,
            BuyingQuestion.AUTHORITY: reaches,
            BuyingQuestion.NEED: needs,
            BuyingQuestion.ATTITUDE: willing(said.wants, facts.attitude),
        },
        facts,
    )


def willing(wants: bool | None, attitude: AttitudeFit | None) -> bool | None:
    """Return whether a customer's attitude speaks for buying from us.

    What was noted with evidence goes before a plain word: whoever buys on what we do not sell on is not willing by
    saying so. Where nothing is noted the word counts; where it is mixed it counts too, but for the lower half.
    """
    points = attitude.points if attitude is not None else None
    if wants is False or (points is not None and points <= POOR):
        return False
    if points is None:
        return wants
    if points >= GOOD or (wants and points >= MIXED):
        return True
    return None
