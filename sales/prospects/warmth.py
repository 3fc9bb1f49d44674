"""Warmth: whom to call first, and why: who was introduced, asked, read, or said “not now” until today (39, 40, 41, 42).

The order is a stated one, from what somebody did to what is only known of them; it is no forecast, and `/why mix` says
what warm calls brought. Phone is the channel, warmth the list: of two who are as warm, who has a number is first.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people.hours import JITTER, fits, moved
from sales.people.member import Member
from sales.people.team import Team
from sales.prospects.content_event import ContentAction

WARM_LIST = "warm_list"
IN_THE_MORNING = time(8, 30)  # with the morning note, for who gets none


class SignalKind(StrEnum):
    """What makes somebody warm; the warmest first."""

    INTRODUCED = "introduced"  # somebody they know sent us (42)
    ASKED = "asked"  # asked for us themselves, and is new (40)
    CONTENT = "content"  # used something that we publish (41)
    NOT_NOW = "not_now"  # said “not now”, and the day they named has come (40)
    WOKE = "woke"  # a parked deal that is open again (22, 40)
    BEFORE = "before"  # asked a while ago, and nothing came of it (40)
    KNOWN = "known"  # a name from a list: cold, and last


class Heat(NamedTuple):
    """How warm a signal is on its day, and after how many days it is half of that."""

    at_first: float
    half_life: int


HEAT: Mapping[SignalKind, Heat] = {
    SignalKind.INTRODUCED: Heat(6.0, 21),
    SignalKind.ASKED: Heat(5.0, 5),  # who asked today is called today, who asked last week less urgently
    SignalKind.CONTENT: Heat(4.5, 7),
    SignalKind.NOT_NOW: Heat(4.0, 30),
    SignalKind.WOKE: Heat(3.5, 21),
    SignalKind.BEFORE: Heat(1.5, 365),
    SignalKind.KNOWN: Heat(0.5, 365),
}
WARM = frozenset(SignalKind) - {SignalKind.KNOWN}
CALLS_FIRST = 0.5  # heat: two who are as close are as warm
RESTS = timedelta(days=3)  # after a touch somebody is left alone, unless they did something since
ASKED_LATELY = timedelta(days=30)  # whoever asked earlier asked before
NOT_NOW_FOR = timedelta(days=90)  # where nobody named a day
NOT_NOW_HOLDS = timedelta(
    days=120
)  # after the day has come; who was not called by then is no “not now” any more
BEFORE_AFTER = timedelta(days=180)  # a deal that ended without a decision
BEFORE_UNTIL = timedelta(days=730)
WOKE_FOR = timedelta(days=45)
SHOWN = 5


class WarmSignal(NamedTuple):
    """One reason to call, of a local day.

    `words` are what was used, where they came from, or who introduced them; `did` how it was used, with so many other
    things beside it. `since` is when they asked, or the deal was lost, that were put off until the day.
    """

    kind: SignalKind
    on: date
    words: str = ""
    did: ContentAction | None = None
    others: int = 0
    since: date | None = None

    def heat(self, today: date) -> float:
        at_first, half_life = HEAT[self.kind]
        return float(at_first * 0.5 ** (max(0, (today - self.on).days) / half_life))


class Prospect(NamedTuple):
    """Somebody who might be called: a lead, or a deal's customer, with every reason to.

    `touched_on` is when one was last in touch, `promised_on` for when something is promised to them. `score` is the
    chance that a lead becomes a deal, where one is known; it orders those that are new alike.
    """

    key: str
    name: str
    account: str
    signals: Sequence[WarmSignal]
    phone: str = ""
    email: str = ""
    takes_calls: bool = True
    best: str = ""
    touched_on: date | None = None
    promised_on: date | None = None
    score: float | None = None

    @property
    def may_be_called(self) -> bool:
        return bool(self.phone) and self.takes_calls


class WarmProspect(NamedTuple):
    """Somebody to call today, how warm they are, and why, the strongest reason first."""

    prospect: Prospect
    heat: float
    reasons: Sequence[WarmSignal]

    @property
    def is_warm(self) -> bool:
        return any(one.kind in WARM for one in self.reasons)


def warmest(prospects: Iterable[Prospect], today: date) -> list[WarmProspect]:
    """Return whom to call, the warmest first; of two who are as warm, who has a telephone number, then the likelier."""
    found = [one for prospect in prospects if (one := warm(prospect, today)) is not None]
    return sorted(
        found,
        key=lambda one: (
            -round(one.heat / CALLS_FIRST),
            not one.prospect.may_be_called,
            -(one.prospect.score or 0.0),
            -one.heat,
            one.prospect.key,
        ),
    )


def warm(prospect: Prospect, today: date) -> WarmProspect | None:
    """Return somebody as far as there is a reason to call them today; None where they are left alone.

    Of several reasons of a kind the warmest counts; different kinds add up.
    """
    touched = prospect.touched_on
    if touched is not None and touched >= today:
        return None
    if prospect.promised_on is not None and prospect.promised_on > today:
        return None
    counting = [one for one in prospect.signals if one.on <= today and is_unspent(one, touched, today)]
    by_kind: dict[SignalKind, WarmSignal] = {}
    for one in sorted(counting, key=lambda each: each.heat(today)):
        by_kind[one.kind] = one
    if not by_kind:
        return None
    reasons = sorted(by_kind.values(), key=lambda one: (-one.heat(today), one.kind))
    return WarmProspect(prospect, sum(one.heat(today) for one in reasons), reasons)


def is_unspent(signal: WarmSignal, touched: date | None, today: date) -> bool:
    """Say whether a signal still counts after one was in touch: what came since does, and leads rest for three days.

    Of what was used, only what nobody was in touch after is a signal at all.
    """
    if touched is None or signal.on > touched or signal.kind is SignalKind.CONTENT:
        return True
    if signal.kind in (SignalKind.INTRODUCED, SignalKind.ASKED, SignalKind.BEFORE, SignalKind.KNOWN):
        return today - touched > RESTS
    return False


def asked_on(came: date, today: date) -> SignalKind:
    """Return what it is that somebody asked on a day: just now, or before."""
    return SignalKind.ASKED if today - came <= ASKED_LATELY else SignalKind.BEFORE


class MixOfList(NamedTuple):
    """How many of a list are warm."""

    warm: int
    cold: int


def mix_of(found: Collection[WarmProspect]) -> MixOfList:
    """Return how many of a list are warm, and how many are cold names."""
    count = sum(one.is_warm for one in found)
    return MixOfList(count, len(found) - count)


def warm_list_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when a rep's list may come by itself: on working mornings, on their own clock, out of quiet hours."""
    clear = fits(IN_THE_MORNING, team.quiet_from, team.quiet_until)
    at = IN_THE_MORNING if clear else moved(team.quiet_until, JITTER)
    on = member.active and member.is_rep
    return ScheduleSpec(WARM_LIST, member.user_id, member.zone, at, team.workdays, SPREAD, on)
