"""Schedules: what recurs at a local time, and which occurrences are due, late or next (delivery.md §2)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import NamedTuple, Protocol

from pydantic import field_validator
from sqlmodel import Field, SQLModel

from sales.language.dates.instants import Instant, as_utc, date_exists, local_instant, place
from sales.people.hours import JITTER
from sales.people.team import MONDAY_TO_FRIDAY

EVERY_DAY = 0b1111111
SPREAD = int(JITTER.total_seconds())
LONGEST_GAP = 15  # days searched for an eligible date: a week, and one more should a zone skip a date in it


class CatchUp(StrEnum):
    """What becomes of occurrences that fell due while nobody was there to see (delivery.md §2)."""

    DELIVER_LATEST = "deliver_latest"  # the newest, late; older ones are skipped as too late
    COALESCE = "coalesce"  # one message covers the whole missed span
    LEVEL = "level"  # the state is judged anew at sending; only the newest asks for that
    EACH = "each"  # every single one, each saying how late it is


class Schedule(SQLModel):
    """Something that recurs for one subject at a local time on some weekdays (bit 0 is Monday).

    `next_due_at` is when the occurrence of `next_local_date` falls due, and `done_through` the last local date
    that was acted on, so that no change of the terms brings it again. `spread_seconds` is how far the subject's own,
    constant jitter may move it either way; 0 where the minute was promised. A `zone` that the installed zone
    database does not have keeps its name, for the day it is back; UTC's clock is read until then.
    """

    kind: str = Field(min_length=1, max_length=40)
    subject_id: str = Field(min_length=1, max_length=100)
    zone: str = Field(min_length=1)
    local_time: time
    weekdays: int = Field(default=MONDAY_TO_FRIDAY, ge=1, le=0b1111111)
    spread_seconds: int = Field(default=int(JITTER.total_seconds()), ge=0, le=3600)
    next_due_at: Instant
    next_local_date: date
    done_through: date | None = None
    enabled: bool = True
    version: int = Field(default=0, ge=0)
    tzdata_version: str = Field(default="", max_length=20)

    @field_validator("local_time")
    @classmethod
    def is_a_wall_clock_time(cls, value: time) -> time:
        if value.tzinfo is not None:
            raise ValueError("The time of day is local to the schedule's zone and carries none itself.")
        return value


class Recurrence(Protocol):
    """The part of a schedule that says when: enough to compute occurrences, before any is known."""

    kind: str
    subject_id: str
    zone: str
    local_time: time
    weekdays: int
    spread_seconds: int


class Occurrence(NamedTuple):
    """One time something recurs. It is known by its local date; `due_at` is an instant in UTC."""

    local_date: date
    due_at: datetime


class Due(NamedTuple):
    """What a tick finds: occurrences to act on, earlier ones they stand for or leave out, and the next."""

    chosen: list[Occurrence]
    skipped: list[Occurrence]
    next: Occurrence


def jitter(user_id: str, kind: str, spread: timedelta = JITTER) -> timedelta:
    """Return a constant shift for one person and kind, in whole seconds between −spread and +spread.

    The same in every process and on every machine, so that a restart moves nobody's prompt.
    """
    seconds = int(spread.total_seconds())
    digest = blake2b(f"{kind}\0{user_id}".encode(), digest_size=8).digest()
    return timedelta(seconds=int.from_bytes(digest, "big") % (2 * seconds + 1) - seconds)


def occurrence_on(rhythm: Recurrence, day: date) -> Occurrence:
    """Return the occurrence that stands for a local date, whether or not the weekday is eligible."""
    spread = timedelta(seconds=rhythm.spread_seconds)
    shift = jitter(rhythm.subject_id, rhythm.kind, spread)
    return Occurrence(day, local_instant(rhythm.zone, rhythm.local_time, day) + shift)


def is_eligible(rhythm: Recurrence, day: date) -> bool:
    """Say whether something recurs on a local date: its weekday is chosen, and the zone has the date."""
    return bool(rhythm.weekdays >> day.weekday() & 1) and date_exists(rhythm.zone, day)


def occurrence_after(rhythm: Recurrence, day: date) -> Occurrence:
    """Return the first occurrence whose local date is later than `day` and exists in the zone."""
    for distance in range(1, LONGEST_GAP + 1):
        following = day + timedelta(days=distance)
        if is_eligible(rhythm, following):
            return occurrence_on(rhythm, following)
    raise ValueError(f"no weekday is eligible in the mask {rhythm.weekdays:#09b}")


def next_occurrence(rhythm: Recurrence, now: datetime, done_through: date | None = None) -> Occurrence:
    """Return the first occurrence due after `now`, for a new schedule or one whose terms were changed.

    Nothing on or before the local date `done_through`, the last one acted on, comes again: neither a
    changed zone nor a clock set back gives a second occurrence on one local date.
    """
    moment = as_utc(now)
    # Jitter and zones can part the due time from the date it stands for by a day; start well before.
    day = moment.astimezone(place(rhythm.zone)).date() - timedelta(days=3)
    found = occurrence_after(rhythm, max(day, done_through) if done_through else day)
    while found.due_at <= moment:
        found = occurrence_after(rhythm, found.local_date)
    return found


def after_change(before: Schedule, terms: Recurrence, now: datetime) -> Occurrence:
    """Return what a schedule waits for once its terms are changed.

    What fell due under the old terms and was not acted on yet stays due: a change in the very seconds in between
    must not lose it.
    """
    if before.enabled and as_utc(before.next_due_at) <= as_utc(now):
        return Occurrence(before.next_local_date, as_utc(before.next_due_at))
    return next_occurrence(terms, now, before.done_through)


def settled_through(schedule: Schedule, upcoming: Occurrence) -> date:
    """Return the last local date that was acted on once a schedule moves on to `upcoming`."""
    day = upcoming.local_date - timedelta(days=1)
    while day > schedule.next_local_date and not is_eligible(schedule, day):
        day -= timedelta(days=1)
    return day


def refreshed(rhythm: Recurrence, next_local_date: date) -> Occurrence:
    """Return the scheduled occurrence under the zone rules now installed: same local date, due time anew.

    Should the zone have dropped the date since, the next eligible one takes its place.
    """
    return occurrence_after(rhythm, next_local_date - timedelta(days=1))


def occurrences(schedule: Schedule, now: datetime, policy: CatchUp) -> Due:
    """Return what is due at `now`, what that leaves out, and the occurrence to wait for next.

    Each eligible local date comes exactly once over any sequence of ticks, in order; a disabled schedule
    has nothing due. `skipped` holds the earlier missed dates: too late under DELIVER_LATEST, covered by
    the chosen one under COALESCE and LEVEL, and always empty under EACH.
    """
    moment = as_utc(now)
    waiting = Occurrence(schedule.next_local_date, as_utc(schedule.next_due_at))
    if not schedule.enabled or waiting.due_at > moment:
        return Due([], [], waiting)
    missed: list[Occurrence] = []
    for occurrence in _from(schedule, waiting):
        if occurrence.due_at > moment:
            break
        missed.append(occurrence)
    kept = 0 if policy is CatchUp.EACH else len(missed) - 1
    return Due(missed[kept:], missed[:kept], occurrence)


def _from(schedule: Schedule, first: Occurrence) -> Iterator[Occurrence]:
    yield first
    while True:
        first = occurrence_after(schedule, first.local_date)
        yield first


class ScheduleSpec(NamedTuple):
    """One thing that recurs: for whom, when on their clock, and whether it is on."""

    kind: str
    subject_id: str
    zone: str
    at: time
    weekdays: int
    spread_seconds: int
    enabled: bool
