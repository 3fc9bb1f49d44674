"""The end of the day: when a rep's own evening is, by which minute its message has come, and what it will ask about."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sales.language.dates.instants import local_date, local_instant
from sales.nudges.end_of_day import END_OF_DAY
from sales.nudges.policy import JUST_BROUGHT_UP
from sales.nudges.schedule import SPREAD, ScheduleSpec, jitter
from sales.people.calendar import WorkCalendar
from sales.people.hours import clock_of, since_midnight
from sales.people.member import Member
from sales.people.team import Team


def evening_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when a rep's day ends: on working days, at their own time or the team's, on their own clock."""
    on = member.active and member.is_rep
    at = member.evening_at or team.evening_at
    return ScheduleSpec(END_OF_DAY, member.user_id, member.zone, at, team.workdays, SPREAD, on)


def arrives_by(user_id: str, evening_at: time) -> time:
    """Return the minute by which a person's end-of-day message has come.

    Each person's own shift of up to five minutes is constant, so this holds every day.
    """
    exact = since_midnight(evening_at) + jitter(user_id, END_OF_DAY)
    return clock_of(exact + timedelta(seconds=59))


AT_ONCE = timedelta(minutes=1)  # until what is due has left


class Evenings(NamedTuple):
    """When somebody is asked about their day: at their time, on their working days, not before a pause is over.

    `shift` is their own constant one, within the five minutes either way. `asked_on` is the day whose message left
    already, or was decided against: nothing more is asked that day, wherever their time of day was put since.
    """

    zone: str
    at: time
    calendar: WorkCalendar
    paused_until: datetime | None = None
    shift: timedelta = timedelta(0)
    asked_on: date | None = None

    def next_after(self, moment: datetime, day: date) -> date:
        """Return the first evening from a day on whose message is still to come at a moment.

        Raises:
            Refusal: if leave or holidays cover every day for ten years on.
        """
        earliest = max(moment, self.paused_until or moment)
        day = max(day, local_date(earliest, self.zone))
        if not self.calendar.is_working(day):
            return self.calendar.next_working_day(day)
        comes = day != self.asked_on and earliest < self.begins(day) + AT_ONCE
        return day if comes else self.calendar.next_working_day(day)

    def begins(self, day: date) -> datetime:
        """Return when the message of a day is due."""
        return local_instant(self.zone, self.at, day) + self.shift


def asked_on(due_on: date, due_at: datetime | None, evenings: Evenings, now: datetime) -> date | None:
    """Return the evening on which a promise is asked about if it is open then.

    None where its own reminder may make that evening silent, or comes after it: no evening is sure then.
    """
    day = evenings.next_after(now, due_on)
    if due_at is None:
        return day
    return day if due_at < evenings.begins(day) - JUST_BROUGHT_UP else None
