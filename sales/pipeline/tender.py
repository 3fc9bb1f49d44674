"""Tenders: whether to go into one. Did we shape it, do we reach who decides, what would we challenge? (mechanism 46)"""

import re
from datetime import date
from enum import StrEnum

from sqlmodel import Field, SQLModel

from sales.pipeline.opportunity import MAX_WORDS

NOTHING = re.compile(r"^\W*(?:no|none|nothing|n/?a|nope|not much)?\W*$", re.I)


class TenderLack(StrEnum):
    """What speaks against going into a tender."""

    SHAPED = "shaped"  # somebody else wrote what is asked for
    ACCESS = "access"  # whoever decides talks to somebody else
    CHALLENGE = "challenge"  # what is asked for is taken as it is


class Tender(SQLModel):
    """What a rep said of a tender before going into it; `challenge` is what they would question, empty for nothing."""

    opportunity_id: int
    shaped: bool
    has_access: bool
    challenge: str = Field(default="", max_length=MAX_WORDS)
    answered_on: date

    @property
    def lacks(self) -> tuple[TenderLack, ...]:
        """What speaks against it, in the order of the questions."""
        given = {
            TenderLack.SHAPED: self.shaped,
            TenderLack.ACCESS: self.has_access,
            TenderLack.CHALLENGE: bool(self.challenge),
        }
        return tuple(lack for lack, is_there in given.items() if not is_there)

    @property
    def is_no_go(self) -> bool:
        """Whether all three speak against it: then it is somebody else's tender, and we are there to fill a list."""
        return len(self.lacks) == len(TenderLack)


def challenge_in(typed: str) -> str:
    """Return what somebody would challenge; empty where they say that there is nothing."""
    return "" if NOTHING.match(typed) else typed
