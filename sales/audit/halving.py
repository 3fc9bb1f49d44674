"""One rep's halving: pairs, what is kept and given away, you against the model, and who was right (mechanism 21)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import BigInteger, Field, SQLModel

from sales.audit.halve import Chooser, HalveDeal, half_of, most_kept
from sales.pipeline.opportunity import Stage

AT_ONCE = 2  # of a size beside each other, so that what is weighed is whether they close


class Halving(SQLModel):
    """A rep's choice of half of the deals open on a day, judged at the end of `ends_on` by what was won since.

    `revisited` once its owner was told who was right.
    """

    owner_id: str
    started_on: date
    ends_on: date
    currency: str = Field(max_length=3)
    revisited: bool = False


class HalvingPick(SQLModel):
    """One deal of a halving as it stood on the day, in its place among the pairs.

    `chance` of being won by the end, `worth_minor` what it counts as, where nobody put a value the mean win of its
    product. `kept` is None until the rep says.
    """

    opportunity_id: int
    place: int
    chance: float
    worth_minor: int = Field(sa_type=BigInteger)
    opened_on: date
    kept: bool | None = None


class PickedDeal(NamedTuple):
    """A pick with what its deal says today: its name, value, stage, and what it brought by the end, in minor units."""

    id: int
    pick: HalvingPick
    name: str
    value_minor: int
    stage: Stage | None
    won_minor: int = 0

    @property
    def chance(self) -> float:
        return self.pick.chance

    @property
    def can_be_asked(self) -> bool:
        """Whether it still waits for an answer: what closed or was parked meanwhile does not."""
        return self.pick.kept is None and self.stage is Stage.OPEN


class Disagreement(NamedTuple):
    """A deal that the rep kept and the model would not, beside one that the model would keep instead.

    `yours` is None where the rep kept fewer: the model would keep its one as well.
    """

    yours: PickedDeal | None
    models: PickedDeal


class HalfResult(NamedTuple):
    """What was won in a half: how many of its deals, and for how much."""

    deals: int
    won: int
    won_minor: int


class Whose(StrEnum):
    """Whose half it is."""

    YOURS = "yours"
    MODEL = "model"
    DEAREST = "dearest"
    NEWEST = "newest"


@dataclass(frozen=True)
class HalvingBoard:
    """A halving as it stands: its deals in their order, as pairs are taken from them."""

    halving: Halving
    id: int
    deals: tuple[PickedDeal, ...]

    @property
    def most(self) -> int:
        """Return how many may be kept."""
        return most_kept(len(self.deals))

    @property
    def kept(self) -> list[PickedDeal]:
        return [one for one in self.deals if one.pick.kept]

    @property
    def given(self) -> list[PickedDeal]:
        """Return what was given away and is still open."""
        return [one for one in self.deals if one.pick.kept is False and one.stage is Stage.OPEN]

    @property
    def waiting(self) -> list[PickedDeal]:
        return [one for one in self.deals if one.can_be_asked]

    @property
    def is_full(self) -> bool:
        """Whether half is kept: what waits can only be given away."""
        return len(self.kept) >= self.most

    @property
    def pair(self) -> list[PickedDeal]:
        """Return the deals that stand beside each other now."""
        return self.waiting[:AT_ONCE]

    @property
    def disagreements(self) -> list[Disagreement]:
        """Return where rep and model differ, the one that costs most by the model's figures first."""
        kept = {one.id for one in self.kept}
        model = self.half(Whose.MODEL)
        yours = [one for one in self.deals if one.id in kept - model]
        models = [one for one in self.deals if one.id in model - kept]
        theirs = sorted(models, key=_worth, reverse=True)
        mine: list[PickedDeal | None] = [*sorted(yours, key=_worth), *[None] * len(theirs)]
        return [Disagreement(*pair) for pair in zip(mine, theirs, strict=False)]

    def half(self, whose: Whose) -> frozenset[int]:
        """Return the ids of what somebody keeps of these deals."""
        if whose is Whose.YOURS:
            return frozenset(one.id for one in self.kept)
        return half_of(self._seen(), _CHOOSERS[whose])

    def result(self, whose: Whose) -> HalfResult:
        """Return what was won in somebody's half by the end."""
        ids = self.half(whose)
        won = [one.won_minor for one in self.deals if one.id in ids and one.stage is Stage.WON]
        return HalfResult(len(ids), len(won), sum(won))

    def _seen(self) -> Sequence[HalveDeal]:
        return [
            HalveDeal(one.id, one.chance, float(one.pick.worth_minor), one.pick.opened_on)
            for one in self.deals
        ]


_CHOOSERS = {Whose.MODEL: Chooser.MODEL, Whose.DEAREST: Chooser.DEAREST, Whose.NEWEST: Chooser.NEWEST}


def _worth(one: PickedDeal) -> float:
    return one.chance * one.pick.worth_minor


def picks_of(deals: Sequence[HalveDeal]) -> list[HalvingPick]:
    """Return deals as picks, the dearest first: two of a size are asked about together."""
    ordered = sorted(deals, key=lambda deal: (-deal.value, deal.opened_on, deal.key))
    return [
        HalvingPick(
            opportunity_id=deal.key,
            place=place,
            chance=deal.chance,
            worth_minor=round(deal.value),
            opened_on=deal.opened_on,
        )
        for place, deal in enumerate(ordered)
    ]
