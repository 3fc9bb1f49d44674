"""Flow against need: how many leads have to qualify a week for the goal, and how many did (mechanism 35).

The need is worked back from one's own goal and record: what is missing after wins and open deals, as deals to open by
the last day on which that can be in time (mechanism 60), over the weeks until then, through the share of one's own
qualified leads that became open deals. A rep's share leans on the team's, and of too few each counts as one deal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from sales.goals.runway.outlook import Outlook
from sales.language.dates.period import Period
from sales.language.figures import decimals, long_day, number, percent, plural

A_WEEK = 7
LEAST_DECIDED = 10  # leads; a share of fewer is anybody's
WEEKS_BEFORE = 4  # told beside the one that runs
LOOK_BACK = timedelta(days=365)  # of what became of qualified leads
QUALITY_OVER = timedelta(days=90)  # of how many that came qualified


class Became(NamedTuple):
    """What became of leads: so many of those that were decided. `went_on` are open deals, or leads that qualified."""

    went_on: int = 0
    decided: int = 0

    @property
    def is_enough(self) -> bool:
        return self.decided >= LEAST_DECIDED


NONE_YET = Became()


@dataclass(frozen=True)
class FlowRecord:
    """What a rep's leads, or a team's, came to. Weeks begin on Monday; `this_week` is the one that runs.

    `came` is how many leads came this week, and `before` how many qualified in each of the weeks before it, the
    earliest first. `opened` is what became of qualified leads within a year: open deals at least, or lost as suspects.
    `team_opened` is the same of the whole team. `quality` is how many qualified of those decided lately.
    """

    this_week: int
    came: int
    before: tuple[int, ...] = ()
    opened: Became = NONE_YET
    team_opened: Became = NONE_YET
    quality: Became = NONE_YET

    @property
    def share_opened(self) -> float:
        """Return the share of qualified leads that become open deals, in 0..1; 1 where too few tell."""
        if not self.team_opened.is_enough:
            return 1.0
        common = self.team_opened.went_on / self.team_opened.decided
        shrunk = (self.opened.went_on + LEAST_DECIDED * common) / (self.opened.decided + LEAST_DECIDED)
        return max(shrunk, 1 / (self.opened.decided + LEAST_DECIDED))


class Untold(StrEnum):
    """Why nobody can tell how many leads are needed."""

    NO_GOAL = "no_goal"
    NO_START = "no_start"  # nobody said what was won before the goal was set
    NO_RECORD = "no_record"  # too few deals closed
    REACHED = "reached"  # wins and open deals reach the goal
    TOO_LATE = "too_late"  # the last day to open what can be won in time is over


@dataclass(frozen=True)
class Flow:
    """How many leads qualified this week, and how many a week are needed; None as the need with why nobody can tell."""

    record: FlowRecord
    needed: int | None
    untold: Untold | None = None
    period: Period | None = None
    deals: int = 0
    weeks: float = 0.0
    until: date | None = None

    @property
    def to_come(self) -> int | None:
        """Return how many leads a week have to come, at the share that qualified lately; None where too few tell."""
        quality = self.record.quality
        if self.needed is None or not quality.is_enough or not quality.went_on:
            return None
        return ceil(self.needed * quality.decided / quality.went_on)

    def why(self) -> tuple[str, ...]:
        """Return the arithmetic in plain words, a line for each step; nothing where no need is told."""
        if self.needed is None or self.period is None or self.until is None:
            return ()
        record = self.record
        by = f"{plural(self.deals, 'deal')} to open by {long_day(self.until)} for the goal of {self.period.label}"
        weeks = f"that is {decimals(self.deals / self.weeks, 1)} a week over {decimals(self.weeks, 1)} weeks."
        if not record.team_opened.is_enough:
            each = (
                f"Each qualified lead counts as one deal until {LEAST_DECIDED} of them were opened or lost; "
                f"{plural(record.team_opened.decided, 'was', 'were')} so far."
            )
        else:
            each = (
                f"{number(record.opened.went_on)} of {number(record.opened.decided)} qualified leads became open "
                f"deals, {percent(record.share_opened)} as far as so many tell beside the team’s."
            )
        return f"{by}: {weeks}", each


def flow(outlooks: Sequence[Outlook], record: FlowRecord, today: date) -> Flow:
    """Return the flow beside the need of the goal that asks for most: of those that run, else of those to come."""
    if not outlooks:
        return Flow(record, None, Untold.NO_GOAL)
    running = [one for one in outlooks if one.aim.period.start <= today]
    flows = [of_goal(one, record, today) for one in running]
    if not any(one.needed is not None for one in flows):
        flows += [of_goal(one, record, today) for one in outlooks if one.aim.period.start > today]
    told = [one for one in flows if one.needed is not None]
    return max(told, key=lambda one: one.needed or 0) if told else flows[0]


def of_goal(one: Outlook, record: FlowRecord, today: date) -> Flow:
    """Return the flow beside the need of one goal."""
    found, period = one.runway, one.aim.period
    if one.asks_start:
        return Flow(record, None, Untold.NO_START, period)
    if one.gap <= 0:
        return Flow(record, None, Untold.REACHED, period)
    if not found.from_history:
        return Flow(record, None, Untold.NO_RECORD, period)
    if found.has_passed or found.needed is None or found.needed.deals is None:
        return Flow(record, None, Untold.TOO_LATE, period)
    until = found.last_create_on
    weeks = max(1.0, ((until - today).days + 1) / A_WEEK)
    needed = ceil(found.needed.deals / weeks / record.share_opened)
    return Flow(record, needed, None, period, found.needed.deals, weeks, until)
