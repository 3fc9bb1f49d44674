"""Adherence: how many of a playbook's steps deals were decided with, beside how they were decided (mechanism 47).

The two win rates are said with the range that their counts leave (Wilson, 95%), and told apart only where those ranges
do not touch. What goes together is no cause: a deal that is lost early had little time for steps, which is why only the
steps of the stages it came to are counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from sales.craft.playbook import StoredStep
from sales.distributions import share_interval
from sales.language.names.match import name_key
from sales.pipeline.deal_history import DealChange, DealField
from sales.pipeline.opportunity import CLOSED
from sales.pipeline.stage import DealStage, stage_called
from sales.pipeline.win_rate import LEAST_DECIDED, Decided

LOOKS_BACK = timedelta(
    days=365
)  # as win rates do; older deals were sold by another team, or to another market
HALF = 0.5  # of its steps: a deal with as many kept to the playbook
LEAST_REPS = 3  # of fewer a sum says who did what


class PlayedDeal(NamedTuple):
    """A deal that was won or lost: in which stage it stood then, and which steps were ticked by that day.

    `challenged_on` is when somebody said what we would challenge of a tender, None where nobody did.
    """

    owner_id: str
    is_won: bool
    closed_on: date
    stage: str
    ticked: Mapping[int, date]
    is_tender: bool = False
    challenged_on: date | None = None


class StepKept(NamedTuple):
    """How often one step was ticked, of the deals that came to it; `step` is None for the challenge of tenders."""

    step: StoredStep | None
    ticked: int
    of: int


class RateInRange(NamedTuple):
    """Deals won of those decided, and where the rate lies 19 times in 20."""

    decided: Decided
    low: float
    high: float

    @classmethod
    def of(cls, won: int, closed: int) -> "RateInRange":
        low, high = share_interval(won, closed)
        # None won is a rate that may be 0, and all won one that may be 1: the formula says so but for rounding.
        return cls(Decided(won, closed), low if won else 0.0, high if won < closed else 1.0)

    @property
    def rate(self) -> float:
        """The share won, in 0..1; of no deals 0."""
        return self.decided.won / self.decided.closed if self.decided.closed else 0.0


class PlaybookVerdict(StrEnum):
    """What can be said of the playbook beside winning."""

    NOTHING = "nothing"  # was decided since there are steps
    TOO_FEW = "too_few"  # deals kept it, or left it, for a comparison
    NOT_APART = "not_apart"
    KEPT_WON_MORE = "kept_won_more"
    LEFT_WON_MORE = "left_won_more"


@dataclass(frozen=True)
class Adherence:
    """Decided deals by whether at least half of their steps were ticked in time, each with its win rate.

    `ticked` of `due` steps were, over all these deals; `owners` is how many people's deals they are.
    """

    kept: RateInRange
    left: RateInRange
    steps: tuple[StepKept, ...]
    ticked: int
    due: int
    owners: int

    @property
    def deals(self) -> int:
        return self.kept.decided.closed + self.left.decided.closed

    @property
    def share(self) -> float:
        """The share of steps ticked in time, in 0..1; 0 of none."""
        return self.ticked / self.due if self.due else 0.0

    @property
    def verdict(self) -> PlaybookVerdict:
        if not self.deals:
            return PlaybookVerdict.NOTHING
        if min(self.kept.decided.closed, self.left.decided.closed) < LEAST_DECIDED:
            return PlaybookVerdict.TOO_FEW
        if self.kept.low > self.left.high:
            return PlaybookVerdict.KEPT_WON_MORE
        if self.left.low > self.kept.high:
            return PlaybookVerdict.LEFT_WON_MORE
        return PlaybookVerdict.NOT_APART


def adherence(
    deals: Iterable[PlayedDeal], steps: Sequence[StoredStep], stages: Sequence[DealStage]
) -> Adherence:
    """Return how deals kept to the steps that stood on the day they were decided.

    To a deal belong the steps of the stage it stood in and of those before it, and the challenge to a tender. One that
    had none is not counted.
    """
    parts = {True: [0, 0], False: [0, 0]}
    counts: dict[int | None, list[int]] = {}
    owners: set[str] = set()
    for deal in deals:
        done = kept_of(deal, steps, stages)
        if not done:
            continue
        owners.add(deal.owner_id)
        has_kept = sum(done.values()) >= HALF * len(done)
        parts[has_kept][0] += deal.is_won
        parts[has_kept][1] += 1
        for step_id, is_ticked in done.items():
            count = counts.setdefault(step_id, [0, 0])
            count[0] += is_ticked
            count[1] += 1
    known = {step.id: step for step in steps}
    each = tuple(
        StepKept(known[one] if one is not None else None, *counts[one])
        for one in [*(step.id for step in steps), None]
        if one in counts
    )
    return Adherence(
        RateInRange.of(*parts[True]),
        RateInRange.of(*parts[False]),
        each,
        sum(one.ticked for one in each),
        sum(one.of for one in each),
        len(owners),
    )


def kept_of(
    deal: PlayedDeal, steps: Sequence[StoredStep], stages: Sequence[DealStage]
) -> dict[int | None, bool]:
    """Return whether each step that belonged to a decided deal was ticked by the day it was decided.

    None stands for the challenge of a tender.
    """
    standing = [step for step in steps if step.stood_on(deal.closed_on)]
    last = next((at for at, one in enumerate(stages) if name_key(one.name) == name_key(deal.stage)), None)
    reached = {name_key(one.name) for one in stages[: last + 1]} if last is not None and deal.stage else set()
    found: dict[int | None, bool] = {
        step.id: step.id in deal.ticked and deal.ticked[step.id] <= deal.closed_on
        for step in standing
        if name_key(step.stage) in reached
    }
    if deal.is_tender and standing:
        found[None] = deal.challenged_on is not None and deal.challenged_on <= deal.closed_on
    return found


def decided_in(label: str, changes: Sequence[DealChange], stages: Sequence[DealStage]) -> str:
    """Return which of a team's stages a decided deal stood in; empty for none of them.

    It is the one it left with its last close; of a deal that a file brought as decided, the one its `label` names.
    `changes` are its history, the oldest first.
    """
    closes = [at for at, one in enumerate(changes) if one.what is DealField.STAGE and one.now in CLOSED]
    behind = changes[closes[-1] :] if closes else ()
    left = [one.was for one in behind if one.what is DealField.STAGE_LABEL and one.was]
    stage = stage_called(stages, left[0] if left else label)
    return stage.name if stage is not None else ""
