"""What messages are worth: who called one useful or not, the rate of each kind, and which a team does without.

A rate stands on at least three people, so that it tells nothing of one of them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Field, SQLModel

LEAST_PEOPLE = 3  # behind a rate (no aggregate of fewer is shared)
LEAST_VERDICTS = 15  # before a kind offers to go: five each of three, a working week of evenings
USELESS_UP_TO = 0.2  # useful; a kind that helps one in three is left to everybody's own switch
LOOKED_BACK = timedelta(days=56)  # older verdicts are of messages that read otherwise by now


class Verdict(SQLModel):
    """What somebody said of one message that came: it was useful, or not. The last word counts."""

    user_id: str = Field(max_length=40)
    team_id: int | None = None
    kind: str = Field(max_length=40)
    delivery_id: str = Field(max_length=40)
    on: date
    useful: bool


class TeamSwitch(SQLModel):
    """That a kind of message was switched off for a team's people, by whom and on which day."""

    team_id: int
    kind: str = Field(max_length=40)
    by: str = Field(max_length=40)
    on: date


@dataclass(frozen=True)
class KindWorth:
    """How a kind was judged in a team: `useful` of `verdicts`, by so many people."""

    kind: str
    verdicts: int
    useful: int
    people: int

    @property
    def has_rate(self) -> bool:
        return self.people >= LEAST_PEOPLE

    @property
    def share(self) -> float:
        return self.useful / self.verdicts if self.verdicts else 0.0

    @property
    def offers_to_go(self) -> bool:
        """Say whether a team does well without the kind: three or more called it useless again and again."""
        return self.has_rate and self.verdicts >= LEAST_VERDICTS and self.share <= USELESS_UP_TO


def worths(verdicts: Iterable[Verdict]) -> list[KindWorth]:
    """Return how each kind was judged, the one with most verdicts first."""
    theirs: dict[str, list[Verdict]] = defaultdict(list)
    for one in verdicts:
        theirs[one.kind].append(one)
    found = [
        KindWorth(kind, len(said), sum(one.useful for one in said), len({one.user_id for one in said}))
        for kind, said in theirs.items()
    ]
    return sorted(found, key=lambda one: (-one.verdicts, one.kind))
