"""When a call is best made on a day: what they asked for, else what pays, else their late afternoon (56, 57).

The hours are the customer's: nine in New York stays nine there when either clock changes. Nothing is put into the quiet
hours of whoever calls, and what a customer asked for is never moved.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from sales.followups.contact import ContactTerms
from sales.followups.time_window import EVERY_DAY, TimeWindow
from sales.language.dates.instants import local_date, local_instant, place
from sales.people.hours import is_quiet

LATE_AFTERNOON = TimeWindow(EVERY_DAY, time(16), time(17, 30))  # the default of 56: end of their day
THEIR_DAY = tuple(range(8, 18))  # hours in which an office is called at all
STEP = timedelta(minutes=15)  # a reminder inside a window comes at its beginning or a quarter of an hour on
A_WEEK = 7

CALL = re.compile(r"(?<!\w)(?:call(?:s|ing)?|ring|phone|dial|speak|talk)(?!\w)", re.IGNORECASE)
OPEN = re.compile(
    r"follow(?:ing)?[- ]?up|check(?:ing)?[- ]in|touch base|get back|circle back|chase|ask", re.IGNORECASE
)
WRITTEN = re.compile(
    r"(?<!\w)(?:e-?mails?|mail|send|share|forward|write|text|message|prepare|draft)(?!\w)", re.IGNORECASE
)


class SlotSource(StrEnum):
    """Why a time is the one to call at: the one that is known beats those below it."""

    STATED = "stated"
    OWN = "own"
    AFTERNOON = "afternoon"


class SlotFit(StrEnum):
    """Whether it can be taken on the day something is promised for."""

    FITS = "fits"
    QUIET = "quiet"  # it lies in the quiet hours of whoever calls
    OTHER_DAY = "other_day"  # they asked for another day of the week
    OVER = "over"


class BestHour(NamedTuple):
    """The hour at which somebody's own calls are answered more than chance explains, and how many were."""

    hour: int
    answered: int
    attempts: int

    @property
    def window(self) -> TimeWindow:
        return TimeWindow(EVERY_DAY, time(self.hour), time(self.hour + 1))


class Caller(NamedTuple):
    """Whoever calls: where their clock is, and when nothing reaches them."""

    zone: str
    quiet_from: time
    quiet_until: time

    def is_quiet(self, at: datetime) -> bool:
        return is_quiet(at.astimezone(place(self.zone)).time(), self.quiet_from, self.quiet_until)


class TimeSpan(NamedTuple):
    """From an instant until another."""

    first: datetime
    until: datetime


@dataclass(frozen=True)
class CallSlot:
    """When to call on a day. `at` is when it is brought up, None where no time fits; `zone` is that of the customer.

    `instead` is when their day and that of whoever calls overlap, where the time itself lies in quiet hours; `next_on`
    the next day they asked for, where it is another.
    """

    source: SlotSource
    fit: SlotFit
    zone: str
    span: TimeSpan | None = None
    at: datetime | None = None
    is_same_clock: bool = True
    best: BestHour | None = None
    instead: TimeSpan | None = None
    next_on: date | None = None

    @property
    def is_taken(self) -> bool:
        """Whether something that was promised without a time takes this one.

        Late afternoon on one's own clock is when the evening asks anyway: that is said, and no reminder of its own.
        """
        return self.at is not None and not (self.source is SlotSource.AFTERNOON and self.is_same_clock)


class ReachedContact(NamedTuple):
    """Whom a promise is about, how they want to be reached, and when on its day; no slot for who takes no calls."""

    name: str
    terms: ContactTerms
    slot: CallSlot | None = None


def is_call(what: str) -> bool:
    """Say whether words plan a call: "call Dana about the quote"."""
    return CALL.search(what) is not None


def may_be_call(what: str) -> bool:
    """Say whether what is promised may well be done by phone: a call, or a follow-up in no other way."""
    return is_call(what) or (OPEN.search(what) is not None and WRITTEN.search(what) is None)


def slot_on(
    day: date, terms: ContactTerms, caller: Caller, best: BestHour | None, now: datetime
) -> CallSlot | None:
    """Return when to call somebody on a day of the caller's; None where nothing is known of their clock."""
    if not (terms.zone or terms.best):
        return None
    source: SlotSource = SlotSource.AFTERNOON
    windows: tuple[TimeWindow, ...] = (LATE_AFTERNOON,)
    if terms.best:
        source, windows = SlotSource.STATED, terms.windows
    elif best is not None:
        source, windows = SlotSource.OWN, (best.window,)
    zone = terms.zone or caller.zone
    spans = sorted(spans_on(day, windows, zone, caller.zone))
    noon = local_instant(caller.zone, time(12), day)
    same = noon.astimezone(place(zone)).utcoffset() == noon.astimezone(place(caller.zone)).utcoffset()
    found = CallSlot(source, SlotFit.OTHER_DAY, zone, is_same_clock=same, best=best)
    if not spans:
        return _with(found, next_on=next_day(day, windows, zone, caller.zone))
    for span in spans:
        at = first_free(span, caller, now)
        if at is not None:
            return _with(found, fit=SlotFit.FITS, span=span, at=at)
    if all(span.until <= now for span in spans):
        return _with(found, fit=SlotFit.OVER, span=spans[-1])
    return _with(found, fit=SlotFit.QUIET, span=spans[-1], instead=overlap(day, zone, caller))


def _with(slot: CallSlot, **said: object) -> CallSlot:
    return CallSlot(**{**slot.__dict__, **said})


def spans_on(day: date, windows: Sequence[TimeWindow], zone: str, caller_zone: str) -> Iterator[TimeSpan]:
    """Yield when windows on the clocks of a zone begin on a day of the caller's."""
    for theirs in (day - timedelta(days=1), day, day + timedelta(days=1)):
        for one in windows:
            if not one.is_on(theirs):
                continue
            span = TimeSpan(local_instant(zone, one.first, theirs), local_instant(zone, one.until, theirs))
            if span.first < span.until and local_date(span.first, caller_zone) == day:
                yield span


def first_free(span: TimeSpan, caller: Caller, now: datetime) -> datetime | None:
    """Return the first quarter of an hour of a span that is still to come and not quiet for the caller."""
    at = span.first
    while at < span.until:
        if at > now and not caller.is_quiet(at):
            return at
        at += STEP
    return None


def next_day(day: date, windows: Sequence[TimeWindow], zone: str, caller_zone: str) -> date | None:
    """Return the next day of the caller's on which one of the windows begins."""
    days = (day + timedelta(days=number) for number in range(1, A_WEEK + 1))
    return next((one for one in days if any(spans_on(one, windows, zone, caller_zone))), None)


def overlap(day: date, zone: str, caller: Caller) -> TimeSpan | None:
    """Return the hours of a day in which an office there is open and the caller is not in quiet hours; None if none."""
    hours = [TimeWindow(EVERY_DAY, time(hour), time(hour + 1)) for hour in THEIR_DAY]
    open_ = [one for one in sorted(spans_on(day, hours, zone, caller.zone)) if not caller.is_quiet(one.first)]
    if not open_:
        return None
    until = open_[0].until
    for one in open_[1:]:
        if one.first == until:
            until = one.until
    return TimeSpan(open_[0].first, until)
