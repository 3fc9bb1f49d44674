"""Access: who read somebody else's record on which day, and who changed what of it."""

from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel

from sales.language.dates.instants import Instant

OPERATOR = ""  # whoever runs the bot, from the command line; nobody in Slack
TEAM = ""  # nobody alone: a team's settings, stages or people, an import
LONGEST = 200


class AccessKind(StrEnum):
    READ = "read"  # one line a reader, person and day
    CHANGED = "changed"


class Access(SQLModel):
    """One line: who, about whom, on which day of theirs, and if something was changed, what."""

    by_id: str = Field(max_length=40)
    about_id: str = Field(max_length=40)
    kind: AccessKind
    what: str = Field(default="", max_length=LONGEST)
    on: date
    at: Instant
