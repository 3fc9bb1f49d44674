"""The ideal client: whom a team wants, and how like that an account is, in two scores side by side (30, 31, 79).

    size     = 10 × the mean over what the team states and is known of the account: how well each criterion is met
    attitude = 10 × the weighted mean of what they buy on and of the team's statements (`attitude_fit`)

The two are never added up: a firm of the right size that buys on price is not half a customer. A criterion within its
range is met whole, one at half or twice its bound not at all, and in between by the ratio, so that 45 people where 50
are wanted is no wall. What is not known counts neither way, and is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from math import log2
from typing import NamedTuple

from pydantic import model_validator
from sqlmodel import Field, SQLModel

from sales.language.money import MAX_MINOR
from sales.language.names.match import name_key
from sales.language.typed_text import MAX_NAME
from sales.pipeline.account import MAX_COUNT, MarketReach
from sales.prospects.attitude import (
    USUAL_STATEMENTS,
    AttitudeAnswer,
    AttitudeFit,
    SellingPoint,
    attitude_fit,
    out_of_ten,
    points_in,
)
from sales.refusal import Refusal

MAX_SECTORS = 500  # characters of all sectors together
MAX_STATEMENTS = 1000
GOOD, POOR = 7, 3  # of ten: from where on an account fits, and up to where it does not
LEAST_KNOWN = 0.5  # of the criteria; a score of fewer is said with what it lacks


class Criterion(StrEnum):
    """What an ideal client may be measured by on paper."""

    EMPLOYEES = "employees"
    REVENUE = "revenue"
    LOCATIONS = "locations"
    REACH = "reach"
    SECTOR = "sector"


class SizeRange(NamedTuple):
    """From the least to the most, both included; None where there is no such bound."""

    least: int | None = None
    most: int | None = None

    @property
    def is_stated(self) -> bool:
        return self.least is not None or self.most is not None


class Firmographics(NamedTuple):
    """What is known of an account on paper; None, or empty for its sector, where nothing is.

    Revenue is of a year, in minor units of the team's currency. `borrowed` is what the account's parent says of itself
    where nobody says it of the account, and `parent` who that is.
    """

    employees: int | None = None
    revenue_minor: int | None = None
    locations: int | None = None
    reach: MarketReach | None = None
    sector: str = ""
    borrowed: frozenset[Criterion] = frozenset()
    parent: str = ""

    def knows(self, criterion: Criterion) -> bool:
        """Say whether something is known by which a criterion can be measured."""
        return VALUE_OF[criterion](self) not in (None, "")


VALUE_OF = {
    Criterion.EMPLOYEES: lambda firm: firm.employees,
    Criterion.REVENUE: lambda firm: firm.revenue_minor,
    Criterion.LOCATIONS: lambda firm: firm.locations,
    Criterion.REACH: lambda firm: firm.reach,
    Criterion.SECTOR: lambda firm: firm.sector,
}


class IdealClient(SQLModel):
    """Whom a team wants as a customer. What it does not state is None or empty, and measures nothing.

    `sells_on` and `reaches` are words, separated by spaces, `sectors` names separated by commas, `statements` lines,
    None while the usual ones are asked. Amounts are a year's revenue in minor units of `currency`.
    """

    sells_on: str = Field(default="", max_length=60)
    least_employees: int | None = Field(default=None, ge=0, le=MAX_COUNT)
    most_employees: int | None = Field(default=None, ge=0, le=MAX_COUNT)
    least_revenue_minor: int | None = Field(default=None, ge=0, le=MAX_MINOR)
    most_revenue_minor: int | None = Field(default=None, ge=0, le=MAX_MINOR)
    currency: str = Field(default="USD", regex="^[A-Z]{3}$")
    least_locations: int | None = Field(default=None, ge=0, le=MAX_COUNT)
    most_locations: int | None = Field(default=None, ge=0, le=MAX_COUNT)
    reaches: str = Field(default="", max_length=60)
    sectors: str = Field(default="", max_length=MAX_SECTORS)
    statements: str | None = Field(default=None, max_length=MAX_STATEMENTS)

    @model_validator(mode="after")
    def bounds_are_in_order(self) -> "IdealClient":
        for bounds in (self.employees, self.revenue, self.locations):
            if bounds.least is not None and bounds.most is not None and bounds.least > bounds.most:
                raise ValueError("The least is more than the most.")
        return self

    @property
    def employees(self) -> SizeRange:
        return SizeRange(self.least_employees, self.most_employees)

    @property
    def revenue(self) -> SizeRange:
        return SizeRange(self.least_revenue_minor, self.most_revenue_minor)

    @property
    def locations(self) -> SizeRange:
        return SizeRange(self.least_locations, self.most_locations)

    @property
    def selling_points(self) -> tuple[SellingPoint, ...]:
        """What the team sells on; empty while it has not said so."""
        return points_in(self.sells_on)

    @property
    def wanted_reaches(self) -> tuple[MarketReach, ...]:
        words = set(self.reaches.split())
        return tuple(reach for reach in MarketReach if reach.value in words)

    @property
    def wanted_sectors(self) -> tuple[str, ...]:
        return tuple(filter(None, (name.strip() for name in self.sectors.split(","))))

    @property
    def asked_statements(self) -> tuple[str, ...]:
        """The statements that are asked of an account; the usual ones while the team wrote none."""
        if self.statements is None:
            return USUAL_STATEMENTS
        return tuple(filter(None, self.statements.splitlines()))

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """What the team states on paper, in the order of `Criterion`."""
        stated = {
            Criterion.EMPLOYEES: self.employees.is_stated,
            Criterion.REVENUE: self.revenue.is_stated,
            Criterion.LOCATIONS: self.locations.is_stated,
            Criterion.REACH: bool(self.wanted_reaches),
            Criterion.SECTOR: bool(self.wanted_sectors),
        }
        return tuple(one for one in Criterion if stated[one])

    @property
    def says_nothing(self) -> bool:
        """Whether it describes nobody."""
        return not self.criteria and not self.selling_points and not self.statements


class SizeFit(NamedTuple):
    """How an account fits on paper: of ten `points`, None while nothing that the team states is known of it.

    `degrees` tells of each criterion the team states how well it is met, in 0..1; None where nobody knows.
    """

    points: int | None
    degrees: Mapping[Criterion, float | None]

    @property
    def asked(self) -> int:
        return len(self.degrees)

    @property
    def known(self) -> int:
        return sum(degree is not None for degree in self.degrees.values())

    @property
    def missing(self) -> list[Criterion]:
        """What the team states and nobody knows of the account."""
        return [criterion for criterion, degree in self.degrees.items() if degree is None]

    @property
    def unmet(self) -> list[Criterion]:
        """What is known and not met whole, the worst first."""
        short = [(one, degree) for one, degree in self.degrees.items() if degree is not None and degree < 1]
        return [one for one, _ in sorted(short, key=lambda each: each[1])]

    @property
    def is_met(self) -> bool:
        """Whether everything that is known is met whole, and enough is known to say so."""
        return self.known > 0 and not self.unmet and self.known >= LEAST_KNOWN * self.asked


class ClientFit(NamedTuple):
    """Both scores of an account, side by side."""

    size: SizeFit
    attitude: AttitudeFit

    @property
    def is_known(self) -> bool:
        """Whether there is any score."""
        return self.size.points is not None or self.attitude.points is not None


def client_fit(wanted: IdealClient, firm: Firmographics, answers: Iterable[AttitudeAnswer] = ()) -> ClientFit:
    """Return how an account fits whom a team wants, on paper and by its attitude."""
    return ClientFit(
        size_fit(wanted, firm), attitude_fit(wanted.selling_points, wanted.asked_statements, answers)
    )


def size_fit(wanted: IdealClient, firm: Firmographics) -> SizeFit:
    """Return how an account fits on paper, each criterion counting the same."""
    degrees = {criterion: degree_of(criterion, wanted, firm) for criterion in wanted.criteria}
    return SizeFit(out_of_ten([(one, 1) for one in degrees.values() if one is not None]), degrees)


def degree_of(criterion: Criterion, wanted: IdealClient, firm: Firmographics) -> float | None:
    """Return how well a stated criterion is met, in 0..1; None where nothing is known of it."""
    if not firm.knows(criterion):
        return None
    if criterion is Criterion.REACH:
        return float(firm.reach in wanted.wanted_reaches)
    if criterion is Criterion.SECTOR:
        return float(name_key(firm.sector) in {name_key(name) for name in wanted.wanted_sectors})
    value = VALUE_OF[criterion](firm)
    assert isinstance(value, int)
    return within(range_of(criterion, wanted), value)


def range_of(criterion: Criterion, wanted: IdealClient) -> SizeRange:
    """Return the range of a criterion that is a number."""
    ranges = {
        Criterion.EMPLOYEES: wanted.employees,
        Criterion.REVENUE: wanted.revenue,
        Criterion.LOCATIONS: wanted.locations,
    }
    return ranges[criterion]


def within(bounds: SizeRange, value: int) -> float:
    """Return how well a number stands in a range, in 0..1: 1 inside, 0 at half the least or twice the most."""
    if bounds.least is not None and value < bounds.least:
        return max(0.0, 1 - log2(bounds.least / value)) if value > 0 else 0.0
    if bounds.most is not None and value > bounds.most:
        return max(0.0, 1 - log2(value / bounds.most)) if bounds.most > 0 else 0.0
    return 1.0


def sector_list(names: Sequence[str], field: str | None = None) -> str:
    """Return sectors as they are stored, each once, in the words they came in.

    Raises:
        Refusal: for more of them than anybody looks for.
    """
    found: dict[str, str] = {}
    for name in names:
        if name_key(name):
            found.setdefault(name_key(name), " ".join(name.replace(",", " ").split())[:MAX_NAME])
    said = ", ".join(found.values())
    if len(said) > MAX_SECTORS:
        raise Refusal(
            f"Sectors have {MAX_SECTORS} characters together; name the ones that matter.", field=field
        )
    return said
