"""When to speak of the runway: once at each threshold of each crossing, and again only if the gap reopens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple

from sales.goals.runway.estimate import Runway
from sales.language.figures import Spell, listed, whole_number
from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people.member import Member
from sales.people.team import Team

RUNWAY_CHECK = "runway_check"
RUNWAY_ALERT = "runway_alert"
RUNWAY_CHECK_AT = time(9, 5)  # in the morning, while there is a day left to act on it

THRESHOLDS = (14, 7, 1, 0)  # working days before the last create date (mechanism 60)
PASSED_WITHIN = 5  # working days for which "it has passed" is still news; later it only sounds like blame
REOPEN_REST = 3  # days after an alert in which a gap that flickers is not announced again


class RunwaySaid(StrEnum):
    """What an alert says."""

    DAYS_LEFT = "days_left"
    LAST_DAY = "last_day"
    PASSED = "passed"
    REOPENED = "reopened"
    REOPENED_LATE = "reopened_late"


class RunwayMemory(NamedTuple):
    """What was said about one goal and period before. A crossing lasts from a gap's opening to its closing.

    `crossing` numbers the crossings from 1; 0 means that no gap was ever seen. `threshold` is the lowest one
    announced in this crossing, `last_alert_on` the day of the last alert in any, `gap_is_open` whether a
    crossing is under way.
    """

    crossing: int = 0
    threshold: int | None = None
    last_alert_on: date | None = None
    gap_is_open: bool = False


@dataclass(frozen=True)
class RunwayAlert:
    """One thing worth saying about a runway; at most one for each threshold of each crossing."""

    runway: Runway
    said: RunwaySaid
    threshold: int
    crossing: int

    def key(self, subject: str) -> str:
        """Return what makes the alert unique: `runway:<subject>:<threshold>:<crossing>`."""
        return f"runway:{subject}:{self.threshold}:{self.crossing}"

    def why(self, spell: Spell = whole_number) -> tuple[str, ...]:
        """Return the arithmetic behind it, and at the end why it is said now."""
        return *self.runway.why(spell), _why_now(self)

    def retold(self, runway: Runway) -> "RunwayAlert | None":
        """Return the same alert as things stand now, for one that leaves late; None if it is no news now.

        That is when the gap has closed, the period is over, or the date passed over five working days ago.
        """
        reopened = self.said in {RunwaySaid.REOPENED, RunwaySaid.REOPENED_LATE}
        if runway.gap <= 0 or runway.today > runway.period.end or _is_old(runway, reopened):
            return None
        return RunwayAlert(runway, _say(runway, reopened), self.threshold, self.crossing)

    def is_overtaken(self, runway: Runway) -> bool:
        """Return whether a lower threshold holds by now: the check of that morning speaks of it instead."""
        now = _threshold(runway)
        return now is not None and now < self.threshold


def said_today(found: Sequence[RunwayAlert]) -> list[RunwayAlert]:
    """Return which of one rep's alerts to say today: all of a last day, else the most urgent one.

    The others wait for the next day. Days that can still be used go before those that have passed, and the
    fewest left first.
    """
    last_day = [each for each in found if each.said is RunwaySaid.LAST_DAY]
    if last_day:
        return last_day
    return sorted(found, key=lambda each: (each.runway.has_passed, each.runway.working_days_left))[:1]


def alert(runway: Runway, memory: RunwayMemory) -> tuple[RunwayAlert | None, RunwayMemory]:
    """Return the alert due today, if any, and what to remember next.

    Each threshold is announced once in a crossing, even if the last create date moves meanwhile; of several
    passed at once only the latest is. That the date has passed is said within five working days of it or not
    at all. A gap that closed and opens again starts a new crossing, which has its say at the threshold it
    finds, but not within three days of the last alert unless a lower threshold was reached meanwhile.
    """
    if runway.today > runway.period.end:
        return None, memory
    if runway.gap <= 0:
        return None, memory._replace(gap_is_open=False)
    threshold = _threshold(runway)
    if memory.gap_is_open:
        crossing = memory
    elif threshold is not None and _rests(runway, memory, threshold):
        return None, memory
    else:
        crossing = memory._replace(crossing=memory.crossing + 1, threshold=None, gap_is_open=True)
    reopened = crossing.crossing > 1 and crossing.threshold is None
    if threshold is None or (crossing.threshold is not None and threshold >= crossing.threshold):
        return None, crossing
    if _is_old(runway, reopened):
        return None, crossing
    found = RunwayAlert(runway, _say(runway, reopened), threshold, crossing.crossing)
    return found, crossing._replace(threshold=threshold, last_alert_on=runway.today)


def _threshold(runway: Runway) -> int | None:
    return min((days for days in THRESHOLDS if runway.working_days_left <= days), default=None)


def _is_old(runway: Runway, reopened: bool) -> bool:
    return runway.has_passed and not reopened and -runway.working_days_left > PASSED_WITHIN


def _rests(runway: Runway, memory: RunwayMemory, threshold: int) -> bool:
    if memory.last_alert_on is None or memory.threshold is None or threshold < memory.threshold:
        return False
    return (runway.today - memory.last_alert_on).days < REOPEN_REST


def _say(runway: Runway, reopened: bool) -> RunwaySaid:
    if reopened:
        return RunwaySaid.REOPENED_LATE if runway.has_passed else RunwaySaid.REOPENED
    if runway.has_passed:
        return RunwaySaid.PASSED
    return RunwaySaid.DAYS_LEFT if runway.working_days_left else RunwaySaid.LAST_DAY


def _why_now(found: RunwayAlert) -> str:
    if found.said in {RunwaySaid.REOPENED, RunwaySaid.REOPENED_LATE}:
        return "You hear of it because the gap had closed and is open again."
    if found.said is RunwaySaid.PASSED:
        return "You hear of it once, because the date has just passed and nothing could be said on it."
    return f"You hear of it {_thresholds()} before that day, once each, while there is a gap."


def _thresholds() -> str:
    return f"{listed([str(days) for days in THRESHOLDS])} working days"


def runway_check_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when a rep's runway is looked at: every working morning, on their own clock."""
    on = member.active and member.is_rep
    return ScheduleSpec(RUNWAY_CHECK, member.user_id, member.zone, RUNWAY_CHECK_AT, team.workdays, SPREAD, on)
