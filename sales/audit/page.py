"""A page of the audit: one finding at a time, how far one is, what was cut and what that costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sales.audit.answer import CUTS, AnswerKind
from sales.audit.check import CheckRecord, DealFinding
from sales.goals.runway.outlook import Outlook
from sales.pipeline.likely_value import LikelyValue


class AuditSpot(NamedTuple):
    """Where somebody is in an audit: whose pipeline, behind which answer their round began, at which finding.

    Findings are counted from 0 among those that are left.
    """

    owner_id: str
    since: int
    at: int = 0


class AuditStep(NamedTuple):
    """What is done to a finding; `answer` is None where one only looks on."""

    deal_id: int
    check: str
    answer: AnswerKind | None = None


class CutDeal(NamedTuple):
    """A deal that was just answered for, or was cut in this round; chances are the goal's, in 0..1."""

    name: str
    value_minor: int
    currency: str
    answer: AnswerKind
    before: float | None = None
    after: float | None = None
    until: date | None = None


class Left(NamedTuple):
    """The findings left after a step, which of them is next, and those that the step settles, its own first."""

    findings: Sequence[DealFinding]
    at: int
    settled: Sequence[DealFinding] = ()

    @property
    def finding(self) -> DealFinding | None:
        """The next one; None where nothing is left."""
        return self.findings[self.at] if self.findings else None


def after(
    findings: Sequence[DealFinding],
    step: AuditStep | None,
    at: int,
    behind: Sequence[DealFinding] | None = None,
) -> Left:
    """Return what is left after a step on the finding that stood at a place; behind the last comes the first again.

    `behind` is what the checks say once the step is done; left out, what they say now without what it settles. A cut
    takes every finding of its deal along, a mend what it mends beside. What was answered already, or holds no more, is
    not cleared again.
    """
    keys = [one.key for one in findings]
    acted = keys.index(step[:2]) if step is not None and step[:2] in keys else None
    if step is None or acted is None:
        return Left(findings, wrapped(at, findings))
    if step.answer is None:
        return Left(findings, wrapped(acted + 1, findings))
    gone = {keys[acted]}
    if step.answer in CUTS:
        gone = {key for key in keys if key[0] == step.deal_id}
    if behind is None:
        behind = [one for one in findings if one.key not in gone]
    still = {one.key for one in behind}
    if step.answer is AnswerKind.FIXED:
        gone |= {key for key in keys if key[0] == step.deal_id and key not in still}
    beside = [one for one in findings if one.key in gone and one.key != keys[acted]]
    return Left(behind, next_of(keys, acted, behind), [findings[acted], *beside])


def next_of(keys: Sequence[tuple[int, str]], acted: int, behind: Sequence[DealFinding]) -> int:
    """Return where one goes on behind a finding: at what came after it and is still there, else at what is new."""
    places, known = {one.key: place for place, one in enumerate(behind)}, set(keys)
    still = [places[key] for key in keys[acted + 1 :] if key in places]
    new = [place for key, place in places.items() if key not in known]
    return next(iter([*still, *new]), 0)


def wrapped(at: int, findings: Sequence[DealFinding]) -> int:
    return at % len(findings) if findings else 0


@dataclass(frozen=True)
class AuditPage:
    """What one page says.

    `owner` is whose pipeline it is by name, empty for the reader's own. `likely` is by currency; where `has_history` is
    false nothing tells what is likely. `chance` is P(hit) of the goal the deals are for, `without_dead` what it is
    without the deals that look lost; None where there is no figure. `total` findings are those of this round, `cleared`
    of them settled, and the one shown is `number`. `done` is what was just done, `cuts` all that was cut in this round.
    `note` is a sentence on what was not done.
    """

    spot: AuditSpot
    today: date
    owner: str
    likely: Mapping[str, LikelyValue]
    has_history: bool
    deals: int
    suspects: int
    parked: int
    dead: int
    chance: float | None
    without_dead: float | None
    finding: DealFinding | None
    record: CheckRecord
    number: int
    total: int
    cleared: int
    outlook: Outlook | None
    done: CutDeal | None = None
    cuts: Sequence[CutDeal] = ()
    note: str = ""
