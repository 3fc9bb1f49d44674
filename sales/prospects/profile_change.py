"""What losses teach of whom to want: "should we have been there?" proposes a change of the ideal client (30, 33).

A change is proposed where it would have kept us out of deals we said we should not have been in, and of hardly any we
won or said were ours: at least three of the former, and three of four of all that it keeps us out of. A manager takes
it or leaves it; what was left is not proposed again by the same losses.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.language.names.match import name_key
from sales.pipeline.account import MarketReach
from sales.prospects.ideal_client import Criterion, Firmographics, IdealClient, sector_list
from sales.value import changed

LOOK_BACK = timedelta(days=365)  # of closed deals; what is older is another market
LEAST_REGRETS = 3  # one, or two, is chance
LEAST_SHARE = 0.75  # of those kept out that should not have been there
NEWS = 3  # more such losses, after which a change that was left is worth asking about again
MOST_BOUNDS = 40  # that are tried of a number; more, and the data has no edge


class ProposalAnswer(StrEnum):
    """What a manager said to a proposed change."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class ProfileDecision(SQLModel):
    """A proposed change as it was decided: `key` names it, `regrets` are the losses that spoke for it then."""

    team_id: int
    key: str = Field(max_length=300)
    answer: ProposalAnswer
    regrets: int = 0
    by: str = Field(max_length=40)
    on: date


class TaughtDeal(NamedTuple):
    """A closed deal as far as it teaches whom to want: what the customer is, and whether we should have been there."""

    firm: Firmographics
    belonged: bool


class ProfileChange(NamedTuple):
    """A change of the ideal client, and what speaks for it.

    Of `among` closed deals that it keeps us out of, we should not have been in `regrets`; `lost_good` are the others.
    `what` is the sector or reach that goes, or the new bound.
    """

    criterion: Criterion
    what: str
    bound: int | None
    is_least: bool
    regrets: int
    among: int
    becomes: IdealClient

    @property
    def lost_good(self) -> int:
        return self.among - self.regrets

    @property
    def key(self) -> str:
        """What this change is known by, however many losses speak for it."""
        if self.bound is None:
            return f"{self.criterion.value}:{name_key(self.what)}"
        return f"{self.criterion.value}:{'least' if self.is_least else 'most'}:{self.bound}"


def proposed_change(
    wanted: IdealClient, deals: Sequence[TaughtDeal], decided: Iterable[ProfileDecision] = ()
) -> ProfileChange | None:
    """Return the change that would have kept us out of the most deals that were not for us; None where none would."""
    left = {one.key: one.regrets for one in decided if one.answer is ProposalAnswer.DECLINED}
    found = [
        change
        for change in candidates(wanted, deals)
        if change.regrets >= LEAST_REGRETS
        and change.regrets >= LEAST_SHARE * change.among
        and change.regrets >= left.get(change.key, -NEWS) + NEWS
    ]
    return max(found, key=lambda one: (one.regrets - one.lost_good, -one.among), default=None)


def candidates(wanted: IdealClient, deals: Sequence[TaughtDeal]) -> Iterator[ProfileChange]:
    """Yield every change that narrows what the team states, with the deals it keeps us out of."""
    yield from without_sectors(wanted, deals)
    yield from without_reaches(wanted, deals)
    yield from other_bounds(wanted, deals)


def without_sectors(wanted: IdealClient, deals: Sequence[TaughtDeal]) -> Iterator[ProfileChange]:
    names = wanted.wanted_sectors
    for name in names if len(names) > 1 else ():
        hit = [one for one in deals if name_key(one.firm.sector) == name_key(name)]
        becomes = changed(IdealClient, wanted, sectors=sector_list([one for one in names if one != name]))
        yield change_of(Criterion.SECTOR, name, hit, becomes)


def without_reaches(wanted: IdealClient, deals: Sequence[TaughtDeal]) -> Iterator[ProfileChange]:
    reaches = wanted.wanted_reaches or tuple(MarketReach)
    for reach in reaches if len(reaches) > 1 else ():
        hit = [one for one in deals if one.firm.reach is reach]
        left = " ".join(one.value for one in reaches if one is not reach)
        yield change_of(Criterion.REACH, reach.value, hit, changed(IdealClient, wanted, reaches=left))


def other_bounds(wanted: IdealClient, deals: Sequence[TaughtDeal]) -> Iterator[ProfileChange]:
    """Yield other bounds of the number of employees: above what we should not have tried, or below it."""
    known = [(one, one.firm.employees) for one in deals if one.firm.employees is not None]
    least, most = wanted.employees
    inside = [
        (one, count)
        for one, count in known
        if (least is None or count >= least) and (most is None or count <= most)
    ]
    values = sorted({count for _, count in inside})
    for value in values[:MOST_BOUNDS]:
        hit = [one for one, count in inside if count <= value]
        bound = next((each for each in values if each > value), None)
        if bound is not None and len(hit) < len(inside):
            becomes = changed(IdealClient, wanted, least_employees=bound)
            yield change_of(Criterion.EMPLOYEES, "", hit, becomes, bound, is_least=True)
    for value in values[-MOST_BOUNDS:]:
        hit = [one for one, count in inside if count >= value]
        bound = next((each for each in reversed(values) if each < value), None)
        if bound is not None and len(hit) < len(inside):
            becomes = changed(IdealClient, wanted, most_employees=bound)
            yield change_of(Criterion.EMPLOYEES, "", hit, becomes, bound, is_least=False)


def change_of(
    criterion: Criterion,
    what: str,
    hit: Sequence[TaughtDeal],
    becomes: IdealClient,
    bound: int | None = None,
    *,
    is_least: bool = False,
) -> ProfileChange:
    regrets = sum(not one.belonged for one in hit)
    return ProfileChange(criterion, what, bound, is_least, regrets, len(hit), becomes)
