"""The digest: what a team is told of itself, and how much of it a channel may see (mechanisms 5, 7, 9).

Whoever may read the channel reads the digest, so the team's choice of audience decides what is in it: nobody's
name, or names beside good news only, or everybody's attainment in alphabetical order. There is no ranking.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sales.language.dates.period import DaySpan, week_before
from sales.nudges.schedule import ScheduleSpec
from sales.people.team import Team

DIGEST_WEEKLY = "digest_weekly"
DIGEST_DAILY = "digest_daily"

LONGEST_STEP = 13  # days between two digests of a kind, even where the team moved the weekday meanwhile


def is_week(span: DaySpan) -> bool:
    """Say whether days are one whole week, Monday to Sunday."""
    return span.first.weekday() == 0 and span.last - span.first == timedelta(days=6)


def days_before(day: date, weekdays: int, weekly_on: int) -> DaySpan:
    """Return the days a daily digest covers: those since the one before, which came on `weekdays`.

    `weekly_on` is the weekday of the weekly digest. If it lies between, that one told of everything up to its
    last Sunday. Masks count Monday as bit 0.
    """
    first, weekly = day - timedelta(days=1), None
    for _ in range(7):
        if first.weekday() == weekly_on:
            weekly = first
        if weekdays >> first.weekday() & 1:
            break
        first -= timedelta(days=1)
    if weekly is not None:
        first = max(first, week_before(weekly).last + timedelta(days=1))
    return DaySpan(first, day - timedelta(days=1))


def covering(span: DaySpan, missed: Sequence[DaySpan], days: Sequence[date]) -> DaySpan:
    """Return the span of a digest together with those that did not go out on `days`."""
    return DaySpan(min([span.first, *(one.first for one in missed)]), span.last, tuple(sorted(days)))


def days(kind: str, team: Team, day: date) -> DaySpan:
    """Return the days that the digest of a day covers by itself."""
    if kind == DIGEST_WEEKLY:
        return week_before(day)
    return days_before(day, team.workdays & ~(1 << team.digest_weekday), team.digest_weekday)


def weekly_spec(team: Team, team_id: int) -> ScheduleSpec:
    """Return when a team's weekly digest comes, in the team's zone; off while it has no channel."""
    on = team.digest_channel is not None
    return ScheduleSpec(
        DIGEST_WEEKLY, str(team_id), team.zone, team.digest_at, 1 << team.digest_weekday, 0, on
    )


def daily_spec(team: Team, team_id: int) -> ScheduleSpec:
    """Return when the short digest comes: on the other working days, where the team wants it."""
    on = team.digest_channel is not None and team.daily_digest
    days = team.workdays & ~(1 << team.digest_weekday)
    return ScheduleSpec(DIGEST_DAILY, str(team_id), team.zone, team.digest_at, days, 0, on)
