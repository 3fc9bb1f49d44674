"""Findings: what a check says of a deal, and what checks are told beside the deal itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sales.pipeline.cycle import Cycle
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.opportunity import StoredOpportunity


class CheckSort(StrEnum):
    """How a check is proved right: what it flags is lost, or what it misses is put right."""

    FORETELLS = "foretells"
    ORDER = "order"


class Mend(StrEnum):
    """What puts a finding right; each has a form."""

    CLOSE = "close"
    MOVED_BY = "moved_by"
    NEXT_STEP = "next_step"
    DECISION_MAKER = "decision_maker"
    OBSTACLE = "obstacle"
    OVERDUE = "overdue"
    PRICE = "price"
    MERGE = "merge"


class AuditAim(NamedTuple):
    """What a goal still needs: minor units of a currency, and what its period is called."""

    label: str
    currency: str
    missing: int


@dataclass(frozen=True)
class AuditKnown:
    """What checks are told beside a deal: how deals go here, what the owner aims for, which other deals there are.

    `typical` are the mean wins of products by currency, under None of any; `paper` is what the owner's open deals say
    together by currency; `twins` are other open deals that look like the same business, by a deal's id.
    """

    today: date
    cycle: Cycle
    fiscal_year_start: int = 1
    typical: Mapping[tuple[str, str | None], float] = field(default_factory=dict)
    aims: Sequence[AuditAim] = ()
    paper: Mapping[str, int] = field(default_factory=dict)
    twins: Mapping[int, Sequence[StoredOpportunity]] = field(default_factory=dict)

    def age(self, deal: StoredOpportunity) -> int:
        """Return for how many days a deal has been open."""
        return (self.today - deal.opened_on).days if deal.opened_on is not None else 0


class Said(NamedTuple):
    """What a check says of a deal: why with a figure, what to do, and which other deals it is about."""

    why: str
    todo: str
    others: Sequence[StoredOpportunity] = ()


Evaluate = Callable[[DealFacts, AuditKnown], Said | None]


@dataclass(frozen=True)
class AuditCheck:
    """One check: its key in the database, its name, how it is scored, what mends it, and its mechanism's number."""

    key: str
    name: str
    about: str
    sort: CheckSort
    mechanism: int
    evaluate: Evaluate
    mend: Mend | None = None
    settles_all: bool = False  # of a deal that is likely dead nothing else is worth asking
    is_of_the_past: bool = False  # it counts what was done, which no mend takes back

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True)
class DealFinding:
    """A check that has something to say of a deal. `key` is stable: the same on every day that it holds."""

    check: AuditCheck
    facts: DealFacts
    why: str
    todo: str
    others: Sequence[StoredOpportunity] = ()

    @property
    def deal(self) -> StoredOpportunity:
        return self.facts.deal

    @property
    def key(self) -> tuple[int, str]:
        return self.facts.deal.id, self.check.key
