"""The manager's Monday: how each team stands, both motions, what changed, who is worth a talk, what waits for them (5).

One message a week, on the first morning of it that its reader works.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sales.language.dates.period import DaySpan
from sales.language.dates.weekday import monday_of
from sales.nudges.schedule import EVERY_DAY, SPREAD, ScheduleSpec
from sales.people.team import Team

MONDAY = "manager_monday"
LOOKED_AT = time(0, 10)  # of the team's night: before the morning of whoever manages it anywhere
MONDAY_AT = time(8, 15)  # of their own morning, before the packs
WEEK = timedelta(days=7)
MOST_WINS = 3  # that are named
MOST_DECISIONS = 5  # of one sort; the rest are counted


def monday_spec(team: Team, team_id: int) -> ScheduleSpec:
    """Return when it is seen who begins their week: every night of a team."""
    return ScheduleSpec(MONDAY, str(team_id), team.zone, LOOKED_AT, EVERY_DAY, SPREAD, enabled=True)


def since_last(day: date) -> date:
    """Return from which day on a message of a week tells what changed: since the Monday before its own."""
    return monday_of(day) - WEEK


def week_before(day: date) -> DaySpan:
    """Return the whole week before the one of a day.

    A message tells of that: what its own week brought by then is the next one's to tell, and nothing both's.
    """
    return DaySpan(since_last(day), monday_of(day) - timedelta(days=1))


@dataclass(frozen=True)
class WeekBehind:
    """What a team did since the last Monday: deals won with their values as they are read, lost, and opened (28).

    `suspects` are what waits at the entry gate and counts in no forecast yet: nothing opened is not nothing begun.
    """

    wins: Sequence[tuple[str, str]] = ()
    lost: int = 0
    opened: int = 0
    suspects: int = 0


@dataclass(frozen=True)
class PriceAsked:
    """A lower price that waits for an answer: of which deal, who asked."""

    request_id: int
    deal: str
    rep: str


@dataclass(frozen=True)
class CountedAnyway:
    """A suspect that is counted without what the entry gate asks (27): why its rep does."""

    deal_id: int
    deal: str
    rep: str
    reason: str


@dataclass(frozen=True)
class WaitingDecisions:
    """What waits for a manager: prices asked for, suspects counted anyway, messages that did not arrive."""

    prices: Sequence[PriceAsked] = ()
    anyway: Sequence[CountedAnyway] = ()
    undelivered: int = 0

    def __bool__(self) -> bool:
        return bool(self.prices or self.anyway or self.undelivered)
