"""Nudging: one policy for everything we send on our own. Facts in, verdict out, with its reason in one sentence.

A verdict is None (let it pass), `Late` (not now, but then) or `Skip` (not at all). Nagging is a failure mode:
when in doubt a message waits, and what waits or is left out always says why.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from sales.language.dates.instants import local_date, local_instant, place
from sales.language.figures import day_and_time, every, long_day, plural
from sales.nudges.declared import Declared
from sales.nudges.kind import NudgeKind
from sales.nudges.quiet_hours import reason, sendable_at
from sales.people.calendar import WorkCalendar
from sales.people.team import DAILY_CAP

IGNORED = 3  # in a row; fewer may be a busy week, more is nagging
SAME_SUBJECT = timedelta(days=1)  # one thing is brought up by one kind a day
JUST_BROUGHT_UP = timedelta(hours=2)  # what a reminder said this lately, the evening need not repeat
HEARD_EVERY = timedelta(minutes=1)  # how finely it is noted that somebody was heard from
MORNING = time(8)  # where a team's quiet hours do not say when the morning begins
BEFORE_US = timedelta(minutes=1)  # until another message to the same person has left or not


@dataclass(frozen=True)
class Skip:
    """A message that turned out not to be worth sending, and why; the reason is kept in the ledger."""

    reason: str


@dataclass(frozen=True)
class Late:
    """A message that may not leave now but at `until`: a quiet hour, a day off."""

    until: datetime
    reason: str


@dataclass(frozen=True)
class Barred:
    """A message that may not go where it should until somebody mends that; `error` says why as Slack's errors do."""

    error: str


Verdict = Late | Skip | None


@dataclass(frozen=True)
class Hours:
    """When a person may be written to: outside quiet hours by their own clock, on working days of theirs."""

    zone: str = "UTC"
    quiet_from: time = time(19)
    quiet_until: time = time(8)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    def reachable(self, moment: datetime) -> datetime:
        """Return the first instant from `moment` on at which the person may be written to, in UTC."""
        return sendable_at(moment, self.zone, self.quiet_from, self.quiet_until, self.calendar)

    def why_not(self, moment: datetime) -> str | None:
        """Return why the person may not be written to, as one sentence; None if they may."""
        return reason(moment, self.zone, self.quiet_from, self.quiet_until, self.calendar)

    def next_morning(self, now: datetime) -> datetime:
        """Return when the next working day's messages may begin, in UTC."""
        day = self.calendar.next_working_day(local_date(now, self.zone))
        begins = self.quiet_until if self.quiet_from > self.quiet_until else MORNING
        return self.reachable(local_instant(self.zone, begins, day))

    @cached_property
    def first_weekday(self) -> int:
        """Return the weekday that opens the working week, 0 for Monday: the one after the longest rest."""
        worked = [day for day in range(7) if self.calendar.workdays >> day & 1]
        if len(worked) == 7:
            return 0
        return max(worked, key=lambda day: (day - worked_before(worked, day), -day))

    def opens_week(self, day: date) -> bool:
        """Say whether a working day is the first of its week, holidays and leave left out."""
        back = (day.weekday() - self.first_weekday) % 7
        earlier = (day - timedelta(days=step) for step in range(1, back + 1))
        return self.calendar.is_working(day) and not any(map(self.calendar.is_working, earlier))


def worked_before(worked: list[int], day: int) -> int:
    """Return the working weekday before `day`; below 0 if it lies in the week before."""
    return max((one for one in worked if one < day), default=worked[-1] - 7)


@dataclass(frozen=True)
class ToldLately:
    """One thing a person was told: of which kind, about which subject, when, and in which message."""

    kind: str
    at: datetime
    message: str
    subject: str = ""


@dataclass(frozen=True)
class Recipient:
    """Everything the policy asks about a person. `told` is what they got from us lately, the newest first.

    `at_once` counts messages to them that are on their way out just now and go before this one; `declared` knows the
    kinds of what they got.
    """

    hours: Hours = field(default_factory=Hours)
    active: bool = True
    cap: int = DAILY_CAP
    muted: frozenset[str] = frozenset()
    paused_until: datetime | None = None
    heard_at: datetime | None = None
    told: tuple[ToldLately, ...] = ()
    at_once: int = 0
    declared: Declared = field(default_factory=Declared)

    def is_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and self.paused_until > now

    def unanswered(self, kind: NudgeKind) -> int:
        """Return how many messages of a kind went out since the person was last heard from."""
        heard = self.heard_at + HEARD_EVERY if self.heard_at is not None else None
        return sum(one.kind == kind.key and (heard is None or one.at > heard) for one in self.told)

    def announces(self, kind: NudgeKind) -> bool:
        """Say whether the next message of a kind says that it comes less often from now on."""
        return kind.recurs and self.unanswered(kind) == IGNORED

    def backs_off(self, kind: NudgeKind) -> bool:
        """Say whether a kind comes once a week only: three were ignored, and the fourth said so."""
        return kind.recurs and self.unanswered(kind) > IGNORED

    def sent_on(self, day: date) -> int:
        """Return how many messages a person got on a local day, those they asked for left out."""
        counted = {
            one.message
            for one in self.told
            if not self.declared.kind(one.kind).asked_for and local_date(one.at, self.hours.zone) == day
        }
        return len(counted)


@dataclass(frozen=True)
class PolicyCase:
    """One message that wants to leave now.

    `undisturbed_until` is when Slack's do-not-disturb ends, if it is on; `due_on` the local day on which it was due.
    """

    kind: NudgeKind
    person: Recipient
    now: datetime
    subject: str = ""
    undisturbed_until: datetime | None = None
    due_on: date | None = None

    @property
    def today(self) -> date:
        return local_date(self.now, self.person.hours.zone)

    def spoken(self, moment: datetime) -> str:
        """Return an instant as the person reads it: "Mon 21 Sep", with the time unless it is midnight."""
        zone = self.person.hours.zone
        wall = moment.astimezone(place(zone))
        if wall.time() == time.min:
            return long_day(wall.date(), self.today)
        return day_and_time(wall.date(), moment, self.today, zone)


def verdict(case: PolicyCase) -> Verdict:
    """Return what becomes of a message: the first rule that has something against it decides.

    What somebody asked for passes at any hour; only to people who left nothing is sent at all. Every `Late`
    lies ahead, and at its end the person may be written to as far as is known now.

    Raises:
        Refusal: if leave or holidays cover every day for ten years on.
    """
    if not case.person.active:
        return Skip("This person has left.")
    if case.kind.asked_for:
        return None
    return next((found for rule in RULES if (found := rule(case)) is not None), None)


def muted(case: PolicyCase) -> Verdict:
    """What somebody switched off does not come."""
    if case.kind.key not in case.person.muted:
        return None
    return Skip(f"This kind of message is switched off ({case.kind.name}).")


def brought_up(case: PolicyCase) -> Verdict:
    """The same subject is not brought up twice a day by different kinds, unless there is news."""
    if case.kind.news or not case.subject:
        return None
    for one in case.person.told:
        same = one.subject == case.subject and one.kind != case.kind.key
        if same and case.now - one.at < SAME_SUBJECT:
            return Skip(
                f"I brought this up on {case.spoken(one.at)} already ({case.person.declared.kind(one.kind).name})."
            )
    return None


def backed_off(case: PolicyCase) -> Verdict:
    """What was ignored three times in a row, and then said so, comes on the first working day of a week."""
    hours, kind = case.person.hours, case.kind
    if not case.person.backs_off(kind):
        return None
    today = any(
        one.kind == kind.key and local_date(one.at, hours.zone) == case.today for one in case.person.told
    )
    if hours.opens_week(case.today) and not today:
        return None
    return Skip(f"The last ones were not answered, so this comes on {weekly(hours)} only.")


def day_off(case: PolicyCase) -> Verdict:
    """What recurs is not owed for a day off; it does not wait for the next working day to be left out then."""
    if not case.kind.recurs or case.due_on is None:
        return None
    why = case.person.hours.calendar.why_not(case.due_on)
    if why is None:
        return None
    return Skip(f"{long_day(case.due_on, case.today)} was no working day: {why}.")


def paused(case: PolicyCase) -> Verdict:
    """Until the day somebody named, nothing leaves."""
    until = case.person.paused_until
    if until is None or not case.person.is_paused(case.now):
        return None
    return Late(case.person.hours.reachable(until), f"You paused my messages until {case.spoken(until)}.")


def quiet(case: PolicyCase) -> Verdict:
    """Nobody is written to at night, on a day off or on leave."""
    why = case.person.hours.why_not(case.now)
    return Late(case.person.hours.reachable(case.now), why) if why is not None else None


def undisturbed(case: PolicyCase) -> Verdict:
    """Who asked Slack not to be disturbed is not."""
    until = case.undisturbed_until
    if until is None or until <= case.now:
        return None
    return Late(
        case.person.hours.reachable(until), f"You had Slack's do-not-disturb on until {case.spoken(until)}."
    )


def capped(case: PolicyCase) -> Verdict:
    """What is over the day's cap waits for the next working morning."""
    person = case.person
    sent = person.sent_on(case.today)
    if sent >= person.cap:
        return Late(
            person.hours.next_morning(case.now),
            f"You had {plural(sent, 'message')} on {case.spoken(midnight(case))}; "
            "more than that in a day would be too many.",
        )
    if sent + person.at_once >= person.cap:
        return Late(person.hours.reachable(case.now + BEFORE_US), "Another message goes first.")
    return None


RULES: tuple[Callable[[PolicyCase], Verdict], ...] = (
    muted,
    brought_up,
    backed_off,
    day_off,
    paused,
    quiet,
    undisturbed,
    capped,
)


def midnight(case: PolicyCase) -> datetime:
    return local_instant(case.person.hours.zone, time.min, case.today)


def weekly(hours: Hours) -> str:
    """Return the day on which a kind comes that backed off: "Mondays"."""
    return every(hours.first_weekday)


def all_brought_up(subjects: Iterable[str], told: Iterable[ToldLately], kind: str, now: datetime) -> bool:
    """Say whether messages of a kind brought up each of these subjects within the last two hours."""
    lately = {one.subject for one in told if one.kind == kind and now - one.at <= JUST_BROUGHT_UP}
    return lately.issuperset(subjects)
