"""The first call: by when a lead is to be called, how long it has waited, and whom its silence concerns (mechanism 38).

Only working time counts: the hours in which a person may be written to, on their working days, by their own clock.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from typing import NamedTuple

from sales.language.dates.instants import local_date, local_instant
from sales.nudges.policy import Hours
from sales.people.calendar import WorkCalendar
from sales.people.hours import DAY, since_midnight
from sales.prospects.lead import Lead
from sales.prospects.source import FirstCallClock

# Working days after which the manager hears of a lead that nobody touched: the rep had the list and a morning before.
MANAGER_AFTER = 2
# And where no clock runs, as nobody asked to be called: after so many the rep, then the manager.
QUIET_AFTER = 5
MANAGER_QUIET_AFTER = 10
NONE = timedelta()


class CallState(IntEnum):
    """Where a lead stands with its first call, the most pressing last."""

    CALLED = 0
    NO_CLOCK = 1  # nobody asked to be called
    IN_TIME = 2
    PAST_TARGET = 3
    PAST_LIMIT = 4


class FirstCall(NamedTuple):
    """The first call of a lead: `waited` is working time until it was made, or so far. No clock, no due times."""

    state: CallState
    waited: timedelta
    clock: FirstCallClock | None = None
    target_at: datetime | None = None
    limit_at: datetime | None = None
    called_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.state in (CallState.IN_TIME, CallState.PAST_TARGET, CallState.PAST_LIMIT)

    @property
    def was_in_target(self) -> bool:
        """Whether the call was made within the target."""
        return self.called_at is not None and self.clock is not None and self.waited <= self.clock.target

    @property
    def was_in_limit(self) -> bool:
        """Whether the call was made within the limit."""
        return self.called_at is not None and self.clock is not None and self.waited <= self.clock.limit

    @property
    def over(self) -> timedelta:
        """How much working time it is past its limit, or its target while the limit is ahead; nothing in time."""
        if self.clock is None or self.state not in (CallState.PAST_TARGET, CallState.PAST_LIMIT):
            return NONE
        return self.waited - (self.clock.limit if self.state is CallState.PAST_LIMIT else self.clock.target)


def first_call(lead: Lead, clock: FirstCallClock | None, hours: Hours, now: datetime) -> FirstCall:
    """Return where a lead stands with its first call. A clock begins when the lead was somebody's, or came."""
    ended = lead.first_call_at or now
    waited = working_time(lead.waits_since, ended, hours)
    if clock is None:
        state = CallState.NO_CLOCK if lead.first_call_at is None else CallState.CALLED
        return FirstCall(state, waited, called_at=lead.first_call_at)
    target_at = after_working(lead.waits_since, clock.target, hours)
    limit_at = after_working(lead.waits_since, clock.limit, hours)
    state = (
        CallState.CALLED
        if lead.first_call_at is not None
        else CallState.PAST_LIMIT
        if waited > clock.limit
        else CallState.PAST_TARGET
        if waited > clock.target
        else CallState.IN_TIME
    )
    return FirstCall(state, waited, clock, target_at, limit_at, lead.first_call_at)


def working_time(since: datetime, until: datetime, hours: Hours) -> timedelta:
    """Return how much working time lies between two instants; none if the second is not after the first."""
    if until <= since:
        return NONE
    first, last = local_date(since, hours.zone), local_date(until, hours.zone)
    total = sum(
        (overlap(span, since, until) for day in {first, last} for span in open_spans(day, hours)), NONE
    )
    between = hours.calendar.working_days(first + DAY, last - DAY)
    return total + between * open_length(hours)


def overlap(span: tuple[datetime, datetime], since: datetime, until: datetime) -> timedelta:
    """Return how much of a span lies between two instants."""
    return max(min(span[1], until) - max(span[0], since), NONE)


def after_working(since: datetime, span: timedelta, hours: Hours) -> datetime:
    """Return the instant, in UTC, at which so much working time is over since another.

    Raises:
        Refusal: if leave or holidays cover every day for ten years on.
    """
    day, left = local_date(since, hours.zone), span
    while True:
        for begins, ends in open_spans(day, hours):
            begins = max(begins, since)
            if begins < ends and ends - begins >= left:
                return (begins + left).astimezone(UTC)
            left -= max(ends - begins, NONE)
        day = hours.calendar.next_working_day(day)


def open_spans(day: date, hours: Hours) -> list[tuple[datetime, datetime]]:
    """Return the spans of a local day that are working time, in UTC; none on a day off."""
    if not hours.calendar.is_working(day):
        return []
    return [
        (local_instant(hours.zone, begins, day), end_of(hours.zone, ends, day))
        for begins, ends in open_hours(hours)
    ]


def end_of(zone: str, ends: time, day: date) -> datetime:
    return local_instant(zone, ends, day if ends != time.min else day + DAY)


def open_hours(hours: Hours) -> Sequence[tuple[time, time]]:
    """Return the hours of a day in which somebody may be written to; midnight as an end is the day's."""
    begins, ends = hours.quiet_until, hours.quiet_from
    if begins == ends:
        return [(time.min, time.min)]
    if begins < ends:
        return [(begins, ends)]
    spans = [(time.min, ends), (begins, time.min)]
    return [span for span in spans if span != (time.min, time.min)]


def open_length(hours: Hours) -> timedelta:
    """Return how much of a working day is working time, on a day without a change of the clocks."""
    return sum(
        ((since_midnight(ends) - since_midnight(begins)) % DAY or DAY for begins, ends in open_hours(hours)),
        NONE,
    )


class AgeingLimits(NamedTuple):
    """The instants since before which an old lead has waited, where a clock runs and where none does."""

    clocked: datetime
    quiet: datetime

    def is_old(self, lead: Lead, clock: FirstCallClock | None) -> bool:
        """Say whether a lead that nobody touched is old by now."""
        return lead.waits_since < (self.quiet if clock is None else self.clocked)


def manager_limits(today: date, zone: str, calendar: WorkCalendar) -> AgeingLimits:
    """Return from when on untouched leads are the manager's concern, on a day of the team's."""
    clocked, quiet = (
        local_instant(zone, time.min, calendar.shift(today, 1 - days))
        for days in (MANAGER_AFTER, MANAGER_QUIET_AFTER)
    )
    return AgeingLimits(clocked, quiet)


def concerns_rep(lead: Lead, found: FirstCall, calendar: WorkCalendar, zone: str, today: date) -> bool:
    """Say whether a lead has waited for long enough that its rep is told: past its limit, or a week without a clock."""
    if not lead.is_untouched:
        return False
    if found.clock is not None:
        return found.state is CallState.PAST_LIMIT
    return calendar.working_days(local_date(lead.waits_since, zone) + DAY, today) >= QUIET_AFTER


class CallsKept(NamedTuple):
    """How many first calls of leads with a clock were made, and how many of them in time."""

    made: int
    in_target: int
    in_limit: int
    median: timedelta


def calls_kept(found: Iterable[FirstCall]) -> CallsKept | None:
    """Return how soon first calls were made; None where none was."""
    made = [one for one in found if one.called_at is not None and one.clock is not None]
    if not made:
        return None
    waits = sorted(one.waited for one in made)
    return CallsKept(
        len(made),
        sum(one.was_in_target for one in made),
        sum(one.was_in_limit for one in made),
        (waits[(len(waits) - 1) // 2] + waits[len(waits) // 2]) / 2,
    )


def urgency(lead: Lead, found: FirstCall) -> tuple[int, datetime, datetime]:
    """Return by what leads are put in order: those past their limit first, then by when they are due."""
    latest = datetime.max.replace(tzinfo=UTC)
    return -found.state, found.limit_at or latest, lead.waits_since
