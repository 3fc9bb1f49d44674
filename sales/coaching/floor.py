"""Floors: what everybody does in a week, by role and the same for every tenure (mechanisms 63, 64).

    floor = full floor of the role × share of tenure × own working days ÷ working days of the team's week, rounded up

Work for customers who bought already is no part of it. The rep hears of it first, when more than half of their week is
over and less than half of the floor is done; the manager after the week, and only where it stayed below.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from math import ceil
from typing import NamedTuple

from sales.followups.activity import ActivityKind
from sales.goals.suggestion import share_of_tenure
from sales.language.dates.weekday import monday_of
from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people.calendar import WorkCalendar
from sales.people.member import Member, MemberChanges
from sales.people.role import USUAL, SalesRole
from sales.people.team import Team

# Activities a week: twelve a day for who only opens, five for who sells as well, four beside looking after customers.
DEFAULTS: Mapping[SalesRole, int] = {SalesRole.SDR: 60, SalesRole.AE: 25, SalesRole.AM: 20}
LEAST_DAYS = 3  # of work in a week; a shorter one has no middle in which to say anything
SERVICE_SHARE = 0.6  # above which somebody looks after customers and hardly sells (mechanism 64)
SERVICE_WEEKS = 4  # in which that share is counted; one busy week says nothing
LEAST_LOGGED = 20  # activities in them; a share of fewer is chance
NOTHING_OPENED = 30  # days without a new deal, whoever it is (mechanism 64)
LEAST_WORKED = 10  # working days among them; whoever was away opened nothing because of that
QUIET_WEEKS = 4  # until the same thing is told of the same rep again
WEEK = timedelta(days=6)  # from a Monday to its Sunday
FLOORS = "floors"
FLOORS_AT = time(9, 30)


class Floor(NamedTuple):
    """What a role asks for in a full week, and whether that is the default."""

    a_week: int
    is_default: bool


def floor_of(team: Team, role: SalesRole | None) -> Floor:
    """Return what a team asks of a role, of the usual one where somebody has none."""
    role = role or USUAL
    own: int | None = getattr(team, f"{role.value}_floor")
    return Floor(DEFAULTS[role], is_default=True) if own is None else Floor(own, is_default=False)


def role_in(member: Member, monday: date, middle: date | None) -> SalesRole | None:
    """Return what somebody counts as in a week: the role they had by its middle, when they hear of its floor.

    A role that is given later counts from the next week on; what came before it is never judged by it.
    """
    since = member.role_since
    return member.role if since is None or since <= (middle or monday + WEEK) else member.role_before


def role_of(member: Member, chosen: SalesRole, today: date) -> MemberChanges:
    """Return what is kept of somebody who sells as something from a day on; what the week began with is not lost."""
    if chosen is member.role:
        return MemberChanges(role=chosen)
    is_second = member.role_since is not None and member.role_since >= monday_of(today)
    before = member.role_before if is_second else member.role
    return MemberChanges(role=chosen, role_since=today, role_before=before)


def selling(counts: Mapping[ActivityKind, int]) -> int:
    """Return how many of some activities were selling: all but looking after who bought already."""
    return sum(count for kind, count in counts.items() if kind is not ActivityKind.SERVICE)


def middle_of(monday: date, calendar: WorkCalendar) -> date | None:
    """Return the day of a week at whose end more than half of its working days are over; None in a short week."""
    days = [one for one in (monday + timedelta(days=at) for at in range(7)) if calendar.is_working(one)]
    return days[len(days) // 2] if len(days) >= LEAST_DAYS else None


def ramp_share(since: date | None, first_seen: date | None, monday: date) -> float:
    """Return the share of a full floor that a week asks of who joined a team on a day; whole for everybody else.

    Whoever is on record from before is not new to selling, only to the team.
    """
    if since is None:
        return 1.0
    begun = min(since, first_seen or since)
    return share_of_tenure(max(0, (monday - begun).days))


@dataclass(frozen=True)
class RepFloor:
    """A rep's floor in the week from `monday` on, and what was done: in all, and by the end of its `middle`.

    `full` is what the role asks for, `share` what of that is asked of who is new since a day. Of `week_days` that the
    team works, `days` are theirs.
    """

    user_id: str
    name: str
    role: SalesRole
    full: Floor
    monday: date
    days: int
    week_days: int
    middle: date | None = None
    share: float = 1.0
    since: date | None = None
    done: int = 0
    done_by_middle: int = 0

    @property
    def count(self) -> int:
        """What the week asks for."""
        if not self.week_days:
            return 0
        return ceil(self.full.a_week * self.share * min(1.0, self.days / self.week_days) - 1e-9)

    @property
    def next_monday(self) -> date:
        return self.monday + timedelta(days=7)

    @property
    def left(self) -> int:
        return max(0, self.count - self.done)

    @property
    def was_behind(self) -> bool:
        """Whether less than half of it was done when more than half of the week was over."""
        return self.middle is not None and 2 * self.done_by_middle < self.count

    @property
    def stayed_below(self) -> bool:
        """Whether a week that is over ended below, after its rep had heard of it in its middle."""
        return self.was_behind and self.done < self.count


class ServiceShare(NamedTuple):
    """How much of what a rep logged in four weeks was for customers who bought already."""

    user_id: str
    name: str
    service: int
    logged: int

    @property
    def share(self) -> float:
        return self.service / self.logged

    @property
    def key(self) -> str:
        return f"service:{self.user_id}"


def service_share(user_id: str, name: str, counts: Mapping[ActivityKind, int]) -> ServiceShare | None:
    """Return a share that is too high; None for one that is not, or for a handful."""
    logged, service = sum(counts.values()), counts.get(ActivityKind.SERVICE, 0)
    is_high = logged >= LEAST_LOGGED and service / logged > SERVICE_SHARE
    return ServiceShare(user_id, name, service, logged) if is_high else None


class NothingOpened(NamedTuple):
    """A rep who opened no deal in 30 days, and on which day the last one was opened; None for who never did."""

    user_id: str
    name: str
    last: date | None

    @property
    def key(self) -> str:
        return f"opened:{self.user_id}"


def nothing_opened(
    user_id: str, name: str, last: date | None, first_seen: date | None, calendar: WorkCalendar, today: date
) -> NothingOpened | None:
    """Return that somebody opened nothing for 30 days of which they worked enough; None where nobody can say so."""
    since = last or first_seen
    if since is None or (today - since).days < NOTHING_OPENED:
        return None
    worked = calendar.working_days(today - timedelta(days=NOTHING_OPENED), today - timedelta(days=1))
    return NothingOpened(user_id, name, last) if worked >= LEAST_WORKED else None


def floors_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when a manager may hear of a week that is over: working mornings, of which a week's first is used."""
    on = member.active and member.is_manager
    return ScheduleSpec(FLOORS, member.user_id, member.zone, FLOORS_AT, team.workdays, SPREAD, on)


def is_told_on(today: date, calendar: WorkCalendar) -> bool:
    """Say whether it is the first working day of a week."""
    return calendar.is_working(today) and calendar.working_days(monday_of(today), today) == 1
