"""Debriefs: what a lost deal teaches. The first question: should we have been there? (mechanism 33)"""

from sqlmodel import Field, SQLModel

MAX_REASON = 500


class Debrief(SQLModel):
    """What the rep said when a deal was lost; `should_have_been_there` is None while unanswered."""

    opportunity_id: int
    reason: str = Field(default="", max_length=MAX_REASON)
    should_have_been_there: bool | None = None
