"""Not pushy: how many touches had no answer, when one more is asked about, and what was answered (mechanism 54)."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.followups.activity import ActivityKind
from sales.followups.answered import WasAnswered, answered_by
from sales.language.typed_text import MAX_NAME, MAX_WORDS

LIMIT = 3  # touches without an answer in seven days; one more is asked about
A_WEEK = timedelta(days=6)  # the day itself and the six before it
REACHED = timedelta(days=365)  # within which somebody of theirs answered: before that a new lead is tried
PAUSED_FOR = timedelta(days=14)  # what the form begins with
SHOWN_FOR = timedelta(days=30)  # what was answered stands on the card
# What is done at one's own desk, so that nobody at the customer's hears of it.
_INWARD = re.compile(
    r"\s*(?:prepare|prep|draft|write up|research|review|check|read|update|look (?:at|up|into)|think|plan|find out|ask"
    r" (?:my|our|legal|finance|the team)|internal)(?!\w)",
    re.I,
)


class TouchAnswer(StrEnum):
    """What somebody does instead of, or with, one touch more."""

    ASKED = "asked"  # and not said yet
    PAUSE = "pause"
    OTHER = "other"
    VALUE = "value"
    GO_ON = "go_on"


class TouchLimit(SQLModel):
    """The question whether one more touch is wise, and its answer.

    `touches` had no answer in the seven days before; `until` is the end of a pause, `said` who else is asked or what is
    in it for them. `carried` is what was typed, as JSON, until the answer says what becomes of it.
    """

    owner_id: str
    who: str = Field(min_length=1, max_length=MAX_NAME)
    asked_on: date
    touches: int = Field(ge=0)
    answer: TouchAnswer = TouchAnswer.ASKED
    until: date | None = None
    said: str = Field(default="", max_length=MAX_WORDS)
    carried: str = ""

    def is_paused(self, today: date) -> bool:
        """Say whether the customer is left alone on a day."""
        return self.answer is TouchAnswer.PAUSE and self.until is not None and self.until > today

    def is_over(self, today: date) -> bool:
        """Say whether it was a pause whose end has come."""
        return self.answer is TouchAnswer.PAUSE and not self.is_paused(today)


class Touch(NamedTuple):
    """Something done with a customer, so many times, and whether it was answered; `words` say with whom there."""

    on: date
    answered: WasAnswered
    times: int = 1
    words: str = ""

    @classmethod
    def of(
        cls, on: date, kind: ActivityKind, times: int, outcome: str, account: str | None = None
    ) -> "Touch":
        """Return an activity as a touch."""
        return cls(on, answered_by(kind, outcome), times, f"{account or ''} {outcome}".strip())


def unanswered(touches: Iterable[Touch], on: date) -> int:
    """Return how many touches of the seven days that end on a day had no answer; an answer begins the count anew.

    Touches come in the order in which they were made.
    """
    count = 0
    for one in touches:
        if not on - A_WEEK <= one.on <= on:
            continue
        if one.answered is WasAnswered.YES:
            count = 0
        elif one.answered is WasAnswered.NO:
            count += one.times
    return count


def is_one_too_many(before: int, more: int) -> bool:
    """Say whether more touches without an answer, after so many, are asked about."""
    return more > 0 and before + more > LIMIT


def reaches_out(what: str) -> bool:
    """Say whether the customer hears of what is promised: "email the list", not "prepare the list"."""
    return _INWARD.match(what) is None
