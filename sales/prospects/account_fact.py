"""One fact first: what is worth knowing of an account, and when one is asked for before somebody reaches out (18).

Research shows: whoever writes to an account of which nothing was noted in 90 days is asked for one thing about it. What
they typed is kept all the same; a promise never waits for an answer.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.followups.activity import ActivityKind
from sales.followups.answered import WasAnswered, answered_by
from sales.language.typed_text import MAX_NAME, MAX_WORDS, clean
from sales.refusal import Refusal

EXAMPLE = "/lead fact Acme: they open a plant in Graz"
FRESH = timedelta(days=90)  # what was noted earlier may be of another year's plan
# What begins from our side. Whoever met them, or looks after them, needs no research first.
REACHING_OUT = frozenset({ActivityKind.CALL, ActivityKind.EMAIL, ActivityKind.MESSAGE, ActivityKind.PROPOSAL})


class AccountFact(SQLModel):
    """One thing that somebody noted of an account on a local day of theirs."""

    account: str = Field(min_length=1, max_length=MAX_NAME)
    says: str = Field(min_length=1, max_length=MAX_WORDS)
    by: str = Field(max_length=40)
    on: date


class StoredFact(AccountFact):
    """A fact with the id that buttons carry."""

    id: int


class LoggedWords(NamedTuple):
    """Something that was done with an account, and the words of what came of it."""

    kind: ActivityKind
    outcome: str


def says_something(done: LoggedWords) -> bool:
    """Say whether an activity's words tell anything of whom it was with: "no answer" and what we sent do not."""
    return bool(done.outcome) and answered_by(done.kind, done.outcome) is not WasAnswered.NO


def goes_out(kinds: Iterable[ActivityKind]) -> bool:
    """Say whether something that was logged went out to somebody who may not know us."""
    return not REACHING_OUT.isdisjoint(kinds)


def read_fact(typed: str, field: str | None = None) -> str:
    """Return what a fact says.

    Raises:
        Refusal: if it says nothing, or too much.
    """
    text = clean(typed, MAX_WORDS, field).strip(" ,:;")
    if not any(letter.isalnum() for letter in text):
        raise Refusal("What do you know about them? A few words are enough.", field=field, example=EXAMPLE)
    return text
