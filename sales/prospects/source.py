"""Sources of leads, and how soon a lead of one is to be called for the first time: a target, and a limit (35, 38)."""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple

from pydantic import model_validator
from sqlmodel import Field, SQLModel

from sales.language.names.match import name_key
from sales.language.typed_text import MAX_NAME

MAX_MINUTES = 30 * 24 * 60  # of working time; past a month there is no clock to speak of
# Whoever asked and is called within the hour is some seven times likelier to qualify than an hour later; within five
# minutes, more so (maths.md 5).
INBOUND_TARGET = timedelta(minutes=5)
INBOUND_LIMIT = timedelta(hours=1)
# Those who never asked for a call: they are called when the rep has planned it, so nothing runs.
OUTBOUND = re.compile(
    r"\b(?:cold|outbound|outreach|prospecting|bought|purchased|list|directory|scraped?|linkedin search|own research)\b",
    re.I,
)


class FirstCallClock(NamedTuple):
    """How soon somebody is to be called for the first time, in working time; `limit` is what must not be missed."""

    target: timedelta
    limit: timedelta


INBOUND = FirstCallClock(INBOUND_TARGET, INBOUND_LIMIT)


class LeadSource(SQLModel):
    """What a team says of a source: minutes of working time until the first call. Without either no clock runs."""

    team_id: int
    name: str = Field(min_length=1, max_length=MAX_NAME)
    target_minutes: int | None = Field(default=None, ge=1, le=MAX_MINUTES)
    limit_minutes: int | None = Field(default=None, ge=1, le=MAX_MINUTES)

    @model_validator(mode="after")
    def target_comes_first(self) -> "LeadSource":
        if (self.target_minutes is None) != (self.limit_minutes is None):
            raise ValueError("A source has both a target and a limit, or neither.")
        if self.target_minutes and self.limit_minutes and self.target_minutes > self.limit_minutes:
            raise ValueError("The target comes before the limit.")
        return self

    @property
    def clock(self) -> FirstCallClock | None:
        if self.target_minutes is None or self.limit_minutes is None:
            return None
        return FirstCallClock(timedelta(minutes=self.target_minutes), timedelta(minutes=self.limit_minutes))


class StoredSource(LeadSource):
    """A source with the id that buttons carry."""

    id: int


def clocks_by_source(stated: Iterable[LeadSource]) -> Mapping[str, FirstCallClock | None]:
    """Return what a team said of its sources, by how names are compared."""
    return {name_key(one.name): one.clock for one in stated}


def clock_of(source: str | None, stated: Mapping[str, FirstCallClock | None]) -> FirstCallClock | None:
    """Return how soon a lead of a source is to be called; None where no clock runs.

    What the team said counts; else the default for who asked for it, which no bought list or cold call is.
    """
    key = name_key(source or "")
    if key in stated:
        return stated[key]
    return None if source and OUTBOUND.search(source) else INBOUND
