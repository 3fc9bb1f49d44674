"""Discovery questions: five that a deal has not answered yet, what was answered, never asked twice (mechanism 16).

First comes what nobody knows of the deal, which stops it sooner than anything a library could ask; then what the team's
library asks people of this role and sector.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.language.names.match import name_key
from sales.language.typed_text import MAX_WORDS, on_one_line

MOST_ASKED = 5  # in one talk; more is an interrogation
MOST_GAPS = 3  # of them about the deal itself, so that two are left for who they are
MAX_KEY = 60


class Gap(StrEnum):
    """What nobody knows of a deal yet, in the order in which it is asked."""

    NEED = "need"
    WAITING = "waiting"
    AUTHORITY = "authority"
    BUDGET = "budget"
    SUPPLIER = "supplier"


ASKS: Mapping[Gap, str] = {
    Gap.NEED: "What happens today that you would like to be different?",
    Gap.WAITING: "What does it cost you to wait another quarter?",
    Gap.AUTHORITY: "Whose yes does it take besides yours?",
    Gap.BUDGET: "Whose budget pays for it, and what is set aside?",
    Gap.SUPPLIER: "How do you solve it today, and what would make you change?",
}
# What of our own library asks the same in other words; it is left out where the deal's own question is there.
SAME: Mapping[Gap, str] = {Gap.WAITING: "starter:leave-it"}
_SPOKEN = re.compile(r"[^?]*\?[”\"']?")


class DealAnswer(SQLModel):
    """What a customer said to one question, on a local day of whoever wrote it down.

    `key` says which question it is, whatever its words become; `question` are the words it was asked in.
    """

    opportunity_id: int
    key: str = Field(min_length=1, max_length=MAX_KEY)
    question: str = Field(min_length=1, max_length=MAX_WORDS)
    says: str = Field(min_length=1, max_length=MAX_WORDS)
    by: str = Field(max_length=40)
    on: date


class StoredDealAnswer(DealAnswer):
    """An answer with the id that undo knows."""

    id: int


class DiscoveryQuestion(NamedTuple):
    """One question to a customer, by a key that stays; `hint` says how to ask it."""

    key: str
    text: str
    hint: str = ""


def question_in(key: str, title: str, text: str) -> DiscoveryQuestion:
    """Return what of an entry is asked: its text up to the first question mark, the rest says how to ask it.

    Where there is none the title is the question.
    """
    line = on_one_line(text)
    spoken = _SPOKEN.match(line)
    if spoken is not None and len(spoken[0]) <= MAX_WORDS:
        return DiscoveryQuestion(key, spoken[0], line[spoken.end() :].strip())
    return DiscoveryQuestion(key, f"{title.rstrip(' .?!')}?", line)


def gap_key(gap: Gap) -> str:
    return f"gap:{gap.value}"


def answer_to(answers: Iterable[DealAnswer], gap: Gap) -> DealAnswer | None:
    """Return what was answered to a question about a deal itself; None where nothing was."""
    return next((one for one in answers if one.key == gap_key(gap)), None)


def to_ask(
    gaps: Collection[Gap],
    library: Sequence[DiscoveryQuestion],
    answers: Sequence[DealAnswer],
    most: int = MOST_ASKED,
) -> list[DiscoveryQuestion]:
    """Return the questions that are still open, `most` of them at most; `library` are a team's, those that fit first.

    What was answered is not asked again, in other words of the same key or in the same words of another.
    """
    done = {one.key for one in answers} | {name_key(one.question) for one in answers}
    done |= {SAME[gap] for gap in SAME if gap in gaps or answer_to(answers, gap) is not None}
    own = [DiscoveryQuestion(gap_key(gap), ASKS[gap]) for gap in Gap if gap in gaps]
    left = [_unanswered(questions, done) for questions in (own, library)]
    first = left[0][:MOST_GAPS]
    rest = [*left[1], *left[0][MOST_GAPS:]]
    return [*first, *_unanswered(rest, {name_key(one.text) for one in first})][:most]


def _unanswered(questions: Iterable[DiscoveryQuestion], done: Collection[str]) -> list[DiscoveryQuestion]:
    """Return questions of which neither key nor words are among those done, each once."""
    found: dict[str, DiscoveryQuestion] = {}
    for one in questions:
        words = name_key(one.text)
        if one.key not in done and words not in done:
            found.setdefault(words, one)
    return list(found.values())
