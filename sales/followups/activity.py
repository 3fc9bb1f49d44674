"""Activities: something done towards a sale, counted once, never typed twice."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel

MAX_COUNT = 500  # in one entry; more in a day is a slip of the finger


class ActivityKind(StrEnum):
    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    DEMO = "demo"
    PROPOSAL = "proposal"
    REFERRAL_ASK = "referral_ask"
    MESSAGE = "message"
    VISIT = "visit"
    SERVICE = "service"  # looking after who bought already; it is counted, and is no selling (mechanism 64)


class Activity(SQLModel):
    """Some number of one kind of activity by one rep on one local date, with whom and how it went."""

    owner_id: str
    kind: ActivityKind
    count: int = Field(default=1, ge=1, le=MAX_COUNT)
    on: date
    account: str | None = Field(default=None, max_length=200)
    outcome: str = Field(default="", max_length=500)
