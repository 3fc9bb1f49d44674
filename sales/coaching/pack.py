"""The 1:1 pack: what a manager reads before a talk with a rep, once a week (mechanisms 6, 81, 82).

What went well comes first. Then three facts at most, each with a deal or a number that changed since the pack before;
what would read as it did when it was told last is left out, so that a quiet week has fewer. A red light has its hard
talk prepared.
"""

from base64 import b64encode
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from zlib import crc32

from sqlmodel import Field, SQLModel

from sales.coaching.diagnosis.light import Light
from sales.coaching.one_on_one import IDLE_FROM, LOOK_BACK, RepWeek
from sales.language.dates.instants import local_date, local_instant
from sales.language.dates.period import DaySpan
from sales.language.dates.weekday import monday_of
from sales.nudges.schedule import EVERY_DAY, SPREAD, ScheduleSpec
from sales.people.team import Team

PACK = "one_on_one_pack"
LOOKED_AT = time(0, 15)
PACK_AT = time(8, 30)  # of a manager's working morning
PACK_UNTIL = time(11, 0)  # what was not read by then is late for a talk
MOST_FACTS = 3
MOST_A_DAY = 3  # packs; with the message of Monday a manager has four a day at most
MOST_NAMES = 3  # of deals in one fact
SILENT_AFTER = 14  # days without a talk that was noted
MARK = 5  # characters: two facts that differ share one less often than once in 10^9
MAX_TOLD = 51  # of all marks of a pack: one of each kind at most, a line each
CHANGE_SHARE = 0.5  # from the usual, either way: a week of half the touches, or of half as many again
WEEKS_USUAL = 3  # that tell what is usual
KEPT_WELL = 0.5  # of the promises that were due; fewer kept is nothing that went well
LEAST_USUAL = 5  # touches a week; of fewer a swing is chance
DAY = timedelta(days=1)


class PackFactKind(StrEnum):
    """What a fact tells; the order is the order in which they are told."""

    LOST = "lost"
    CHANCE = "chance"
    PROMISES = "promises"
    PUSHED = "pushed"
    OPENED = "opened"
    SUSPECTS = "suspects"  # that are in no forecast yet: "nothing opened" would not be all of it
    IDLE = "idle"
    TOUCHES = "touches"


@dataclass(frozen=True)
class PackFact:
    """One fact: `names` of deals or people, or a number beside what it was, and the day that belongs to it.

    `told` is a mark of all of it but what is compared with: as long as that stays the fact is no news. No name can be
    read from it.
    """

    kind: PackFactKind
    names: tuple[str, ...] = ()
    count: int = 0
    before: int = 0
    on: date | None = None
    was: str = ""
    now: str = ""

    @property
    def told(self) -> str:
        parts = (self.kind.value, self.count, self.on or "", self.now, *sorted(self.names))
        return b64encode(sha256("\x1f".join(map(str, parts)).encode()).digest()).decode()[:MARK]


class SentPack(SQLModel):
    """That a pack of a rep came to a manager on a day, the first on another, and the marks of what was told by then."""

    rep_id: str
    manager_id: str
    on: date
    first_on: date
    told: str = Field(default="", max_length=MAX_TOLD)

    @property
    def facts(self) -> frozenset[str]:
        return frozenset(self.told.split("\n")) if self.told else frozenset()


@dataclass(frozen=True)
class WellDone:
    """What went well since the last pack: deals won with their values, and promises kept of those due."""

    wins: Sequence[tuple[str, str]] = ()
    kept: int = 0
    due: int = 0

    @property
    def kept_most(self) -> bool:
        """Say whether promises kept are worth a word: one of five is no praise (mechanism 82)."""
        return self.kept > 0 and self.kept >= KEPT_WELL * self.due

    def __bool__(self) -> bool:
        return bool(self.wins) or self.kept_most


@dataclass(frozen=True)
class PackPage:
    """A pack as it is read: who, since when, what went well, the facts that are news, and what is red.

    `silent` are the days without a talk that was noted, 0 where it is no matter. To the rep neither that nor the hard
    talk is shown.
    """

    week: RepWeek
    since: date
    well: WellDone
    facts: Sequence[PackFact]
    red: Light | None = None
    silent: int = 0


def pack_spec(team: Team, team_id: int) -> ScheduleSpec:
    """Return when it is seen whose packs come next: while a team sleeps, before the morning of any of its managers."""
    return ScheduleSpec(PACK, str(team_id), team.zone, LOOKED_AT, EVERY_DAY, SPREAD, enabled=True)


def coming_morning(now: datetime, zone: str) -> date:
    """Return the day whose morning comes next somewhere: today while it lasts."""
    today = local_date(now, zone)
    return today if now < local_instant(zone, PACK_UNTIL, today) else today + DAY


def rest_of_week(day: date) -> list[date]:
    """Return a day and those that are left of its week, from Monday to Sunday."""
    return [day + one * DAY for one in range(7 - day.weekday())]


def turn(rep_id: str) -> tuple[int, str]:
    """Return what puts reps in an order that says nothing of them."""
    return crc32(rep_id.encode()), rep_id


def due_packs(reps: Sequence[str], last: Mapping[str, date], day: date, left: int) -> list[str]:
    """Return whose packs come to a manager on a day: one a week each, evenly over the working days that are `left`.

    Whose last pack is the longest ago comes first, whoever never had one before all. Of more reps than a week has room
    for some have theirs in the next.
    """
    if any(on >= day for on in last.values()):
        return []
    monday = monday_of(day)
    waiting = [one for one in reps if last.get(one, date.min) < monday]
    waiting.sort(key=lambda one: (last.get(one, date.min), reps.index(one)))
    return waiting[: min(-(-len(waiting) // max(1, left)), MOST_A_DAY)]


def news(facts: Iterable[PackFact], told: Collection[str]) -> list[PackFact]:
    """Return the facts that are told: those that do not read as they did the last time, three at most."""
    order = list(PackFactKind)
    fresh = [one for one in facts if one.told not in told]
    return sorted(fresh, key=lambda one: order.index(one.kind))[:MOST_FACTS]


def marks(found: Iterable[PackFact], shown: Iterable[PackFact], told: Collection[str]) -> str:
    """Return the marks that are kept of a pack: of what it tells, and of what was told before and reads so still.

    Without the second what is left out of one pack would come again, unchanged, in the next.
    """
    tells = {one.told for one in shown}
    return "\n".join(one.told for one in found if one.told in tells or one.told in told)


def touches_fact(week: RepWeek) -> PackFact | None:
    """Return how much was done beside what is usual, where that changed by half; None where it did not."""
    usual = week.usual / WEEKS_USUAL
    if usual < LEAST_USUAL or abs(week.logged - usual) < CHANGE_SHARE * usual:
        return None
    return PackFact(PackFactKind.TOUCHES, count=week.logged, before=round(usual))


def idle_fact(week: RepWeek, today: date) -> PackFact | None:
    """Return since when no deal was opened, from two weeks on; None before that, and where none ever was."""
    if week.idle is None or week.idle < IDLE_FROM:
        return None
    return PackFact(PackFactKind.IDLE, on=today - timedelta(days=week.idle))


def silence(talked_on: date | None, met_on: date, today: date) -> int:
    """Return for how many days no talk was noted, counted from the last one, else from the day they were met.

    0 up to a fortnight: that is no silence.
    """
    days = (today - (talked_on or met_on)).days
    return days if days > SILENT_AFTER else 0


def told_days(last: SentPack | None, today: date, told_on: date | None = None) -> DaySpan:
    """Return the days that a page tells of: up to today, a pack up to the day before it is `told_on`.

    What a pack's own day brings after it was read is told by the next one, and nothing by both.
    """
    return DaySpan(first_told(last, told_on or today), today if told_on is None else told_on - DAY)


def first_told(last: SentPack | None, today: date) -> date:
    """Return from which day on a pack tells what happened: since the last one, or of a week before the first."""
    return last.on if last is not None else today - timedelta(days=LOOK_BACK)
