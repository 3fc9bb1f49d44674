"""Debriefs: what a closed deal teaches. Of a lost one first: should we have been there at all? (mechanism 33)

Three questions after a loss, one after a win; what was typed with the loss answers them beforehand.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import field_validator
from sqlmodel import Field, SQLModel

from sales.people.calendar import WorkCalendar
from sales.pipeline.deal_history import DealChange, DealField
from sales.pipeline.opportunity import CLOSED, MAX_WORDS, Opportunity, Stage, StoredOpportunity

DEBRIEF = "debrief"
MAX_REASON = MAX_WORDS
TOGETHER = timedelta(minutes=15)  # what is lost within it is asked about in one message
SETTLES = timedelta(minutes=10)  # a slip is taken back by then; with the above it is well within the hour
REMIND_AFTER = timedelta(days=2)  # once; who is silent then does not want to be asked
WORTH_ASKING = timedelta(days=7)  # after that nobody remembers
FRESH = timedelta(days=14)  # what an import brings that was closed earlier is history, not news
MOST_STAGES = 3  # offered as the moment it was knowable, the latest ones


class Knowable(StrEnum):
    """When it could have been known that a deal would be lost."""

    START = "start"  # from the first talk on: avoidable at entry
    STAGE = "stage"  # when it came into a stage
    DAY = "day"  # on some other day
    END = "end"  # no earlier than it was lost


class Cause(StrEnum):
    """What decided a deal."""

    PRICE = "price"
    COMPETITOR = "competitor"
    TIMING = "timing"
    NO_DECISION = "no_decision"
    FIT = "fit"
    TRUST = "trust"


LOSING = (Cause.PRICE, Cause.COMPETITOR, Cause.TIMING, Cause.NO_DECISION, Cause.FIT)
WINNING = (Cause.FIT, Cause.TRUST, Cause.PRICE, Cause.TIMING)

SAYS: Mapping[Cause, re.Pattern[str]] = {
    Cause.PRICE: re.compile(r"\bpric\w+|\bexpensive|\bcheap\w*|\bcosts?\b|\bdiscount", re.I),
    Cause.COMPETITOR: re.compile(r"\bcompetit\w+|\b(?:an)?other (?:supplier|vendor)|\bincumbent", re.I),
    Cause.TIMING: re.compile(
        r"\btiming\b|\bnot (?:now|yet)\b|\bnext (?:year|quarter)|\bpostpon\w+|\btoo (?:early|late|soon)\b",
        re.I,
    ),
    Cause.NO_DECISION: re.compile(
        r"\bno decision|\bdid nothing|\b(?:stopped|cancell?ed|froze\w*|shelved)\b", re.I
    ),
    Cause.FIT: re.compile(r"\b(?:no|not a|bad|poor) fit\b|\bmissing features?\b|\bfeatures?\b", re.I),
}


class DebriefQuestion(StrEnum):
    """What is asked; the value is the column that keeps the answer."""

    BELONGED = "should_have_been_there"
    KNOWABLE = "knowable"
    CAUSE = "cause"


class Debrief(SQLModel):
    """What the rep said of a deal that was lost or won; an answer is None while it is not given.

    It is about the close it names: `outcome` and `closed_on`, which is None for what was said before days were kept.
    `knowable_on` is the local day from which it could be known, None where nobody knows it; `knowable_stage` what the
    stage was called. `reason` are the rep's own words beside, or in the place of, a `cause`.
    """

    opportunity_id: int
    outcome: Stage = Stage.LOST
    closed_on: date | None = None
    reason: str = Field(default="", max_length=MAX_REASON)
    should_have_been_there: bool | None = None
    knowable: Knowable | None = None
    knowable_on: date | None = None
    knowable_stage: str = Field(default="", max_length=100)
    cause: Cause | None = None

    @field_validator("outcome")
    @classmethod
    def is_an_end(cls, value: Stage) -> Stage:
        if value not in CLOSED:
            raise ValueError("Only what is won or lost is looked back on.")
        return value

    def is_about(self, deal: Opportunity) -> bool:
        """Say whether it is about the close that the deal stands at, and not about one that was taken back."""
        return self.outcome is deal.stage and self.closed_on in (None, deal.closed_on)

    @property
    def open_questions(self) -> tuple[DebriefQuestion, ...]:
        """What is not answered yet, in the order in which it is asked; words are an answer to what decided it."""
        decided = self.cause is not None or bool(self.reason)
        given = {
            DebriefQuestion.BELONGED: self.should_have_been_there is not None,
            DebriefQuestion.KNOWABLE: self.knowable is not None,
            DebriefQuestion.CAUSE: decided,
        }
        asked = tuple(DebriefQuestion) if self.outcome is Stage.LOST else (DebriefQuestion.CAUSE,)
        return tuple(one for one in asked if not given[one])

    @property
    def is_begun(self) -> bool:
        """Whether anything was said."""
        belonged = self.should_have_been_there is not None
        return belonged or self.knowable is not None or self.cause is not None or bool(self.reason)

    @property
    def is_avoidable_at_entry(self) -> bool:
        """Whether it was no deal of ours, and nothing had to happen first to know it."""
        return self.should_have_been_there is False and self.knowable in (None, Knowable.START)


def debrief_of_close(deal_id: int, outcome: Stage, on: date, reason: str = "") -> Debrief:
    """Return the debrief of a close, answered as far as the words typed with it go."""
    cause = cause_in(reason) if outcome is Stage.LOST else None
    return Debrief(opportunity_id=deal_id, outcome=outcome, closed_on=on, reason=reason, cause=cause)


def cause_in(words: str) -> Cause | None:
    """Return which cause some words speak of; None where they speak of none, or of several."""
    found = [cause for cause, said in SAYS.items() if said.search(words)]
    return found[0] if len(found) == 1 else None


class KnowableMoment(NamedTuple):
    """A moment at which something could have been known: the day, None where nobody noted it, and a stage's name."""

    knowable: Knowable
    on: date | None
    stage: str = ""


def knowable_at(moment: KnowableMoment | None) -> dict[str, Any]:
    """Return when it could have been known as a debrief keeps it; None for what nobody said."""
    if moment is None:
        return {"knowable": None, "knowable_on": None, "knowable_stage": ""}
    return {"knowable": moment.knowable, "knowable_on": moment.on, "knowable_stage": moment.stage}


def moments_of(deal: Opportunity, changes: Iterable[DealChange]) -> list[KnowableMoment]:
    """Return when a closed deal's end could have been known: its start, the stages it came into, its end."""
    entered = {
        change.now: change.on
        for change in changes
        if change.what is DealField.STAGE_LABEL and change.now and change.on != deal.opened_on
    }
    stages = [KnowableMoment(Knowable.STAGE, on, stage) for stage, on in entered.items()]
    return [
        KnowableMoment(Knowable.START, deal.opened_on),
        *stages[-MOST_STAGES:],
        KnowableMoment(Knowable.END, deal.closed_on),
    ]


class LookBack(NamedTuple):
    """A closed deal with what was said of it, when its end could have been known, and the working days after that.

    `days_after` is None where nobody said when it could be known, or the day is not on record. `closed_by` is who typed
    that it is closed, empty for an import and for what is not on record.
    """

    deal: StoredOpportunity
    debrief: Debrief
    moments: Sequence[KnowableMoment] = ()
    days_after: int | None = None
    closed_by: str = ""

    @property
    def by_another(self) -> str:
        """Return who closed it in the place of its owner; empty where that was themselves, or nobody knows."""
        return self.closed_by if self.closed_by != self.deal.owner_id else ""


def look_back(
    deal: StoredOpportunity, said: Debrief | None, changes: Iterable[DealChange], calendar: WorkCalendar
) -> LookBack:
    """Return a closed deal with what was said of the close it stands at; of another close nothing counts."""
    assert deal.closed_on is not None
    if said is None or not said.is_about(deal):
        said = debrief_of_close(deal.id, deal.stage, deal.closed_on)
    changes = list(changes)
    closes = [one for one in changes if one.what is DealField.STAGE and one.now == deal.stage]
    on, days = said.knowable_on, None
    if said.knowable is not None and on is not None and deal.stage is Stage.LOST:
        days = calendar.working_days(on + timedelta(days=1), deal.closed_on)
    return LookBack(deal, said, moments_of(deal, changes), days, closes[-1].by if closes else "")


def before_reopening(
    deal: StoredOpportunity, said: Debrief | None, changes: Iterable[DealChange], calendar: WorkCalendar
) -> LookBack | None:
    """Return an open deal as it was closed before, with what was said of that; None where nothing was."""
    if deal.stage in CLOSED or said is None or not said.is_begun or said.closed_on is None:
        return None
    then = {"stage": said.outcome, "closed_on": said.closed_on, "opened_on": None}
    closed = StoredOpportunity.model_validate(
        {**deal.model_dump(include=set(StoredOpportunity.model_fields)), **then}
    )
    return look_back(closed, said, changes, calendar)


def slot_of(now: datetime) -> datetime:
    """Return when the quarter of an hour began whose closes are asked about together."""
    return now - (now - datetime.min.replace(tzinfo=now.tzinfo)) % TOGETHER


class MonthOfLosses(NamedTuple):
    """What the losses of a month teach: of the `answered` ones so many were `avoidable` at entry.

    `causes` counts what decided those of which that was `told`, the most frequent first; `days_after` are the working
    days that were worked on them after it could be known.
    """

    lost: int
    answered: int
    avoidable: int
    told: int
    causes: Sequence[tuple[Cause, int]]
    days_after: int


def month_of_losses(looks: Sequence[LookBack]) -> MonthOfLosses | None:
    """Return what lost deals and what was said of them teach; None without a loss."""
    if not looks:
        return None
    debriefs = [look.debrief for look in looks]
    counts = {cause: sum(one.cause is cause for one in debriefs) for cause in LOSING}
    return MonthOfLosses(
        lost=len(looks),
        answered=sum(one.should_have_been_there is not None for one in debriefs),
        avoidable=sum(one.is_avoidable_at_entry for one in debriefs),
        told=sum(DebriefQuestion.CAUSE not in one.open_questions for one in debriefs),
        causes=sorted(((cause, count) for cause, count in counts.items() if count), key=lambda one: -one[1]),
        days_after=sum(look.days_after or 0 for look in looks),
    )
