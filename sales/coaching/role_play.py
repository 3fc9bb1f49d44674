"""Roles to play: ten minutes a week for two of a team who both want to, one as the buyer and then the other (73)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sales.coaching.drill.card import Deck, StoredCard
from sales.language.dates.weekday import monday_of
from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people.calendar import WorkCalendar
from sales.people.hours import morning_at
from sales.people.member import Member
from sales.people.team import Team

ROLE_PLAY = "role_play"
DAYS = [timedelta(days=one) for one in range(1, 7)]  # from Tuesday on: a Monday morning has enough in it


class RolePair(NamedTuple):
    """Two who play together in a week, the first as the buyer to begin with; `number` tells a week's pairs apart."""

    buyer_id: str
    seller_id: str
    number: int

    def other(self, user_id: str) -> str:
        """Return with whom somebody plays."""
        return self.seller_id if user_id == self.buyer_id else self.buyer_id


def pairs_of(willing: Collection[str], week: int) -> list[RolePair]:
    """Return who plays with whom in a week: nobody twice, and over the weeks everybody with everybody.

    Of an odd number one rests, each in turn. Who begins as the buyer changes from one time of a pair to its next.
    """
    seats: list[str | None] = [*sorted(willing)]
    if len(seats) % 2:
        seats.append(None)
    if not seats:
        return []
    rounds = len(seats) - 1
    turned = week % rounds if rounds else 0
    circle = [seats[0], *seats[1 + turned :], *seats[1 : 1 + turned]]
    swaps = week // rounds % 2 == 1
    found = []
    for number in range(len(circle) // 2):
        one, other = circle[number], circle[-1 - number]
        if one is None or other is None:
            continue
        first, second = sorted((one, other), reverse=swaps)
        found.append(RolePair(first, second, number))
    return found


def week_of(day: date) -> int:
    """Return which week it is, counted from the beginning of the calendar."""
    return monday_of(day).toordinal() // 7


def pair_of_week(calendars: Mapping[str, WorkCalendar], user_id: str, day: date) -> RolePair | None:
    """Return somebody's pair in the week of a day, of those who want to and are at work in it; None for none."""
    week = [monday_of(day) + one for one in DAYS]
    here = [one for one, calendar in calendars.items() if any(map(calendar.is_working, week))]
    pairs = pairs_of(here, week_of(day))
    return next((one for one in pairs if user_id in (one.buyer_id, one.seller_id)), None)


def plays_on(one: WorkCalendar, other: WorkCalendar, day: date) -> bool:
    """Say whether a day is that on which two play: the first of its week on which both are at work."""
    week = [monday_of(day) + each for each in DAYS]
    return next((each for each in week if one.is_working(each) and other.is_working(each)), None) == day


def objected(cards: Sequence[StoredCard], pair: RolePair, week: int) -> StoredCard | None:
    """Return what is objected: one of the objections a team practises, each in its turn; None where it has none."""
    found = [one for one in cards if one.deck is Deck.OBJECTIONS]
    return found[(week + pair.number) % len(found)] if found else None


def role_play_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when roles may come: on a rep's working mornings; whether they want them is asked then."""
    on = member.active and member.is_rep
    at = morning_at(team.quiet_from, team.quiet_until)
    return ScheduleSpec(ROLE_PLAY, member.user_id, member.zone, at, team.workdays, SPREAD, on)
