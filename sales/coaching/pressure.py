"""Calm under pressure: a quiet word to a rep alone when a chance falls sharply late in a period (mechanism 9).

It begins with one small step; the figures are for who asks. Fear of missing paralyses, so it is rare.
"""

from collections.abc import Sequence
from datetime import date, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from sales.language.dates.period import Period
from sales.nudges.schedule import SPREAD, ScheduleSpec
from sales.people.member import Member
from sales.people.team import Team

PRESSURE = "pressure"
PRESSURE_CHECK = "pressure_check"
PRESSURE_CHECK_AT = time(9, 5)

LIKELY = 0.5
UNLIKELY = 0.25
FORTNIGHT = timedelta(days=14)
LOOKED_AT = (timedelta(days=7), FORTNIGHT)  # before today; what fell more slowly is the early warning's
LATE_FROM = 2 / 3  # of a period
LATE_DAYS = 45  # until its end at most: with three months of a year left there is time, and no pressure
MOST = 2  # in a period


class PastChance(NamedTuple):
    """The chance of a goal on a day, in 0..1."""

    day: date
    chance: float


class Fall(NamedTuple):
    """A chance that fell: what it was and when, and what it is."""

    before: PastChance
    now: PastChance


class StepSort(StrEnum):
    """What the smallest next step is about."""

    DEAL = "deal"
    PROMISE = "promise"
    NEW = "new"  # a first conversation, where new deals are counted
    ACTIVITY = "activity"
    TALK = "talk"


class SmallStep(NamedTuple):
    """One small thing that can be done today, and with whom it is; empty where nobody is named."""

    sort: StepSort
    name: str = ""


def is_late(period: Period, today: date) -> bool:
    """Say whether little of a period is left: its last third, and at most some weeks."""
    gone = (today - period.start).days / period.days
    return period.holds(today) and gone >= LATE_FROM and (period.end - today).days <= LATE_DAYS


def compared_days(period: Period, today: date, told_on: date | None) -> list[date]:
    """Return the days that today's chance is compared with: of the period, and after it was told of last."""
    first = period.start if told_on is None else told_on + timedelta(days=1)
    return [day for back in LOOKED_AT if (day := today - back) >= first]


def fall(before: Sequence[PastChance], now: PastChance) -> Fall | None:
    """Return the sharpest fall within a fortnight, from likely to unlikely; None without one."""
    if now.chance > UNLIKELY or not before:
        return None
    highest = max(before, key=lambda one: (one.chance, one.day))
    return Fall(highest, now) if highest.chance >= LIKELY else None


def pressure_check_spec(team: Team, member: Member) -> ScheduleSpec:
    """Return when somebody's goals are looked at: every working morning, on their own clock.

    Whether they sell is looked at then: a manager may begin to.
    """
    at, on = PRESSURE_CHECK_AT, member.active
    return ScheduleSpec(PRESSURE_CHECK, member.user_id, member.zone, at, team.workdays, SPREAD, on)
