"""Answers to findings: what somebody said to one, and for how long that silences it (mechanism 20)."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel

from sales.language.dates.instants import Instant
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.deal_history import events

KEPT_FOR = 28  # days; a deal that is kept is asked about again at the next monthly audit
MAX_HAPPENED = 60


class AnswerKind(StrEnum):
    """What somebody did about a finding."""

    KEPT = "kept"  # the deal stays, for now
    KNOWN = "known"  # they know why, and say so: silent until something happens on the deal
    FIXED = "fixed"
    PARKED = "parked"
    LOST = "lost"


CUTS = frozenset({AnswerKind.PARKED, AnswerKind.LOST})
STAYS = frozenset({AnswerKind.KEPT, AnswerKind.KNOWN})


class FindingAnswer(SQLModel):
    """One answer to a check on a deal, by whom and on which local day of theirs.

    `happened` is what had happened on the deal by then, as `happened_on` writes it. Of a cut, `chance_before` and
    `chance_after` are the chance of the owner's goal with the deal and without it, in 0..1; None without a goal.
    """

    opportunity_id: int
    check: str = Field(min_length=1, max_length=40)
    answer: AnswerKind
    user_id: str = Field(max_length=40)
    on: date
    at: Instant
    happened: str = Field(default="", max_length=MAX_HAPPENED)
    chance_before: float | None = None
    chance_after: float | None = None


def happened_on(facts: DealFacts) -> str:
    """Return what has happened on a deal, as a mark that is another once anything does.

    A change in its history, an activity, a commitment that was kept: each is something; that a day passed is not.
    """
    return f"{len(events(facts.changes))} {facts.last_touch or ''}".strip()


def is_silent(answer: FindingAnswer, facts: DealFacts, today: date) -> bool:
    """Say whether an answer still silences its check on its deal."""
    if answer.answer not in STAYS or answer.happened != happened_on(facts):
        return False
    return answer.answer is AnswerKind.KNOWN or (today - answer.on).days < KEPT_FOR


def silenced(
    answers: Iterable[FindingAnswer], deals: Iterable[DealFacts], today: date
) -> dict[tuple[int, str], AnswerKind]:
    """Return which checks are silent on which deals, and by which answer; `answers` are the last ones to each."""
    facts = {one.deal.id: one for one in deals}
    return {
        (one.opportunity_id, one.check): one.answer
        for one in answers
        if one.opportunity_id in facts and is_silent(one, facts[one.opportunity_id], today)
    }
