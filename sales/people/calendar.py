"""The working calendar: weekdays, public holidays, the team's own days and leave, as one thing to count."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from sales.language.figures import long_day
from sales.people.holiday import HolidayChange, PublicDays, _Year, public_days
from sales.people.leave import Leave
from sales.people.member import Member
from sales.people.team import MONDAY_TO_FRIDAY, Team
from sales.refusal import Refusal

LONGEST_REST = 10  # years searched for the next working day; a longer leave is a slip of the finger
WEEKEND = "weekend"
ON_LEAVE = "on leave"
CALENDARS = 256  # kept with the years that were counted: those of the teams, and of whoever has been away


@dataclass(frozen=True)
class WorkCalendar:
    """Which days count. Any year may be asked for: each is looked up when first needed and then kept.

    `workdays` is a bit mask, bit 0 for Monday. `country` None means no public holidays. `added` are the
    team's own holidays, `worked` the days it works although the list or the week says otherwise, and
    `leave` spans of a person's absence with both ends included.
    """

    workdays: int = MONDAY_TO_FRIDAY
    country: str | None = None
    subdivision: str | None = None
    added: tuple[tuple[date, str], ...] = ()
    worked: frozenset[date] = frozenset()
    leave: tuple[tuple[date, date], ...] = ()
    _years: dict[int, _Year] = field(default_factory=dict, init=False, repr=False, compare=False)

    def with_leave(self, leaves: Iterable[Leave]) -> "WorkCalendar":
        """Return this calendar for a person who is away on those days as well."""
        spans = {(leave.first, leave.last) for leave in leaves}
        if not spans:
            return self
        leave = tuple(sorted(spans.union(self.leave)))
        return counted_once(self.workdays, self.country, self.subdivision, self.added, self.worked, leave)

    def of_person(self, country: str | None, subdivision: str | None) -> "WorkCalendar":
        """Return this team's calendar for somebody whose public holidays are those of a country, of none for None.

        The team's own days are off for them too; that the team works on a holiday says nothing of theirs.
        """
        if (country, subdivision) == (self.country, self.subdivision):
            return self
        return counted_once(self.workdays, country, subdivision, self.added, frozenset(), self.leave)

    def is_working(self, day: date) -> bool:
        """Return whether the day counts."""
        year = self._year(day.year)
        place = day.toordinal() - year.first
        return year.before[place + 1] > year.before[place]

    def working_days(self, first: date, last: date) -> int:
        """Return how many working days two dates span, both included; 0 if `last` is before `first`."""
        if last < first:
            return 0
        start, end = self._year(first.year), self._year(last.year)
        until = end.before[last.toordinal() - end.first + 1]
        since = start.before[first.toordinal() - start.first]
        return until - since + sum(self._year(year).before[-1] for year in range(first.year, last.year))

    def next_working_day(self, after: date) -> date:
        """Return the first working day later than `after`."""
        return self.shift(after, 1)

    def previous_working_day(self, on_or_before: date) -> date:
        """Return `on_or_before` if it is a working day, else the last one before it."""
        return on_or_before if self.is_working(on_or_before) else self.shift(on_or_before, -1)

    def shift(self, day: date, n: int) -> date:
        """Return the n-th working day after `day` (before it if n is negative); `day` itself for 0.

        Raises:
            Refusal: if leave or holidays cover every day for ten years on.
        """
        if n == 0:
            return day
        year = self._year(day.year)
        place = day.toordinal() - year.first
        wanted = year.before[place + 1] + n if n > 0 else year.before[place] + n + 1
        number, idle = day.year, 0
        while not 1 <= wanted <= year.before[-1]:
            wanted -= year.before[-1] if n > 0 else 0
            number += 1 if n > 0 else -1
            year = self._year(number)
            wanted += year.before[-1] if n < 0 else 0
            idle = 0 if year.before[-1] else idle + 1
            if idle > LONGEST_REST:
                raise Refusal(
                    f"No working day is left from {long_day(day)} on: leave or holidays cover every day. "
                    "Shorten the leave, or choose working weekdays.",
                    field="leave",
                )
        return date.fromordinal(year.first + bisect_left(year.before, wanted) - 1)

    def why_not(self, day: date) -> str | None:
        """Return why the day does not count ("Thanksgiving Day", "weekend", "on leave"); None if it does."""
        if self.is_working(day):
            return None
        return self.holidays(day.year).get(day) or (WEEKEND if self._is_weekend(day) else ON_LEAVE)

    def holidays(self, year: int) -> Mapping[date, str]:
        """Return the holidays kept in one year by date and name, the team's changes included."""
        return self._year(year).off

    def _is_weekend(self, day: date) -> bool:
        exchanged = self.country is not None and day in self._public(day.year).worked
        return not (self.workdays >> day.weekday() & 1 or exchanged)

    def _public(self, year: int) -> PublicDays:
        if self.country is None:
            return PublicDays({}, frozenset())
        return public_days(self.country, self.subdivision, year)

    def _year(self, number: int) -> _Year:
        known = self._years.get(number)
        if known is None:
            known = self._years[number] = self._count(number)
        return known

    def _count(self, number: int) -> _Year:
        """Count one year. A day the team says it works cancels a holiday on it; where there was none, it
        makes the weekend day a working one. Leave always wins: nobody works on leave."""
        first, last = date(number, 1, 1), date(number, 12, 31)
        start = first.toordinal()
        length = last.toordinal() - start + 1
        week = [self.workdays >> weekday & 1 for weekday in range(7)]
        counts = [week[(first.weekday() + place) % 7] for place in range(length)]
        public = self._public(number)
        off = {day: name for day, name in public.off.items() if day not in self.worked}
        off.update((day, name) for day, name in self.added if day.year == number)
        for day in public.worked | {
            day for day in self.worked if day.year == number and day not in public.off
        }:
            counts[day.toordinal() - start] = 1
        for day in off:
            counts[day.toordinal() - start] = 0
        for away, back in self.leave:
            low, high = max(away.toordinal() - start, 0), min(back.toordinal() - start, length - 1)
            if low <= high:
                counts[low : high + 1] = [0] * (high - low + 1)
        before = [0]
        for counted in counts:
            before.append(before[-1] + counted)
        return _Year(start, tuple(before), MappingProxyType(dict(sorted(off.items()))))


@lru_cache(maxsize=CALENDARS)
def counted_once(
    workdays: int,
    country: str | None,
    subdivision: str | None,
    added: tuple[tuple[date, str], ...],
    worked: frozenset[date],
    leave: tuple[tuple[date, date], ...] = (),
) -> WorkCalendar:
    """Return the one calendar that says this: its years are counted once, however many people and messages ask."""
    return WorkCalendar(workdays, country, subdivision, added, worked, leave)


def member_calendar(team: WorkCalendar, member: Member) -> WorkCalendar:
    """Return the calendar of a team's member, leave left out: the team's week and own days, and their holidays."""
    if member.country is None:
        return team
    return team.of_person(member.country or None, member.subdivision)


def team_calendar(team: Team, changes: Iterable[HolidayChange] = ()) -> WorkCalendar:
    """Return a team's calendar: its weekdays, its country's holidays, its own word on single days.

    A year is looked up when first asked for. Of several changes to one day the last one holds.

    Raises:
        Refusal: if the team's country or subdivision has no holiday list.
    """
    last_word = {change.on: change for change in changes}
    added = tuple(
        (day, change.name or "holiday") for day, change in sorted(last_word.items()) if not change.works
    )
    worked = frozenset(day for day, change in last_word.items() if change.works)
    calendar = counted_once(team.workdays, team.country, team.subdivision, added, worked)
    if team.country is not None:
        public_days(team.country, team.subdivision, 2017)  # refuses an unknown country now, not in a month
    return calendar
