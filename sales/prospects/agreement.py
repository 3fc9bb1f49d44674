"""Do we agree whom we want? Reps describe the ideal client apart from each other; what differs is shown (78).

Numbers agree where neither bound is more than twice the other's: nobody knows their market to the head. Words agree
where they are the same.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.language.names.match import name_key
from sales.prospects.ideal_client import IdealClient, SizeRange

LEAST_ASKED, MOST_ASKED = 2, 12  # one differs from nobody; of more than a dozen nobody reads the answers
WORTH_ANSWERING = 14  # days; after that a question is no question any more
CLOSE = 2.0  # times, up to which two bounds are the same


class ClientAspect(StrEnum):
    """What of an ideal client people may describe differently."""

    SELLS_ON = "sells_on"
    EMPLOYEES = "employees"
    REVENUE = "revenue"
    LOCATIONS = "locations"
    REACH = "reach"
    SECTOR = "sector"


class AgreementRound(SQLModel):
    """Reps of a team who are asked on a day to describe the ideal client apart; `asked` are user ids, by spaces."""

    team_id: int
    asked: str = Field(max_length=400)
    by: str = Field(max_length=40)
    begun_on: date
    is_open: bool = True

    @property
    def people(self) -> list[str]:
        return self.asked.split()


class ClientDescription(IdealClient):
    """How somebody described the ideal client in a round."""

    round_id: int
    user_id: str = Field(max_length=40)


class DescribedAspect(NamedTuple):
    """One aspect as several described it: the people of each description, the most frequent first.

    Each group is as long as its people; one who left it out stands in `silent`.
    """

    aspect: ClientAspect
    groups: Sequence[tuple[IdealClient, Sequence[str]]]
    silent: Sequence[str]

    @property
    def is_agreed(self) -> bool:
        """Whether all who were asked say the same; where nobody says anything there is nothing to differ in."""
        return len(self.groups) + bool(self.silent) <= 1 if self.groups else True


class AgreementFound(NamedTuple):
    """What several descriptions have in common, and in what they differ; aspects nobody named are left out."""

    aspects: Sequence[DescribedAspect]

    @property
    def agreed(self) -> list[DescribedAspect]:
        return [one for one in self.aspects if one.is_agreed]

    @property
    def differing(self) -> list[DescribedAspect]:
        return [one for one in self.aspects if not one.is_agreed]


def agreement(described: Mapping[str, IdealClient]) -> AgreementFound:
    """Return in what descriptions, by whom they are of, are alike and in what they differ."""
    found = []
    for aspect in ClientAspect:
        named = {who: said for who, said in described.items() if names_aspect(said, aspect)}
        silent = [who for who in described if who not in named]
        groups: list[tuple[IdealClient, list[str]]] = []
        for who, said in named.items():
            same = next((people for first, people in groups if is_alike(first, said, aspect)), None)
            if same is None:
                groups.append((said, [who]))
            else:
                same.append(who)
        if groups:
            found.append(DescribedAspect(aspect, sorted(groups, key=lambda one: -len(one[1])), silent))
    return AgreementFound(found)


def names_aspect(said: IdealClient, aspect: ClientAspect) -> bool:
    """Say whether somebody described an aspect at all."""
    if aspect is ClientAspect.SELLS_ON:
        return bool(said.selling_points)
    if aspect is ClientAspect.REACH:
        return bool(said.wanted_reaches)
    if aspect is ClientAspect.SECTOR:
        return bool(said.wanted_sectors)
    return range_said(said, aspect).is_stated


def is_alike(one: IdealClient, other: IdealClient, aspect: ClientAspect) -> bool:
    """Say whether two describe an aspect alike."""
    if aspect is ClientAspect.SELLS_ON:
        return one.selling_points == other.selling_points
    if aspect is ClientAspect.REACH:
        return one.wanted_reaches == other.wanted_reaches
    if aspect is ClientAspect.SECTOR:
        return {name_key(name) for name in one.wanted_sectors} == {
            name_key(name) for name in other.wanted_sectors
        }
    first, second = range_said(one, aspect), range_said(other, aspect)
    return is_close(first.least, second.least) and is_close(first.most, second.most)


def range_said(said: IdealClient, aspect: ClientAspect) -> SizeRange:
    """Return the range of an aspect that is a number."""
    if aspect is ClientAspect.EMPLOYEES:
        return said.employees
    return said.revenue if aspect is ClientAspect.REVENUE else said.locations


def is_close(one: int | None, other: int | None) -> bool:
    """Say whether two bounds are the same, give or take; no bound is close to no bound alone."""
    if one is None or other is None:
        return one is other
    small, large = sorted((one, other))
    return small == large or (small > 0 and large / small <= CLOSE)
