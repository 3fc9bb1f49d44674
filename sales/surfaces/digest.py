"""The digest: what a team is told of itself, and how much of it a channel may see (mechanisms 5, 7, 9).

Whoever may read the channel reads the digest, so the team's choice of audience decides what is in it: nobody's
name, or names beside good news only, or everybody's attainment in alphabetical order. There is no ranking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from sales.coaching.recognition import KeptCommitments, Recognition
from sales.goals.team_progress import EndedGoals, RepProgress, TeamProgress
from sales.language.dates.period import DaySpan
from sales.nudges.schedule import ScheduleSpec
from sales.people.team import Audience, Team

DIGEST_WEEKLY = "digest_weekly"
DIGEST_DAILY = "digest_daily"

LONGEST_STEP = 13  # days between two digests of a kind, even where the team moved the weekday meanwhile


class Win(NamedTuple):
    """A deal that was won; the value is minor units."""

    on: date
    rep: str
    deal: str
    value_minor: int
    currency: str


@dataclass(frozen=True)
class Digest:
    """All a digest may say. `won` is what was won in all, by currency; `open_deals` how many are under way."""

    team: str
    today: date
    span: DaySpan
    together: Sequence[TeamProgress] = ()
    wins: Sequence[Win] = ()
    won_count: int = 0
    won: Mapping[str, int] | None = None
    kept: Sequence[KeptCommitments] = ()
    kept_count: int = 0
    due_count: int = 0
    recognition: Recognition | None = None
    reps: Sequence[RepProgress] = ()
    open_deals: int = 0
    rep_count: int = 0
    ended: Sequence[EndedGoals] = ()

    @property
    def says_something(self) -> bool:
        """Return whether a week's digest has anything to say: a goal, a win, a commitment or a deal."""
        return bool(self.together or self.ended or self.open_deals) or self.has_news

    @property
    def has_news(self) -> bool:
        """Return whether anything happened in the span; without it a daily digest stays away."""
        return bool(self.won_count or self.due_count)


def shown(found: Digest, audience: Audience) -> Digest:
    """Return the part of a digest that an audience may see.

    Totals name nobody, not even by a deal's name; nor do they show what a single rep of several aims for, which
    would be that rep's attainment under the team's name. Wins add who won what and who kept how many
    commitments: never how many they did not. Everything adds each rep's attainment and P(hit), by name; without
    it only the team's own P(hit) is there.
    """
    if audience is not Audience.EVERYTHING and found.rep_count > 1:
        found = replace(
            found,
            together=[one for one in found.together if one.goals > 1],
            ended=[one for one in found.ended if one.goals > 1],
        )
    if audience is Audience.TOTALS:
        return replace(found, wins=(), kept=(), recognition=None, reps=())
    kept = sorted((one for one in found.kept if one.done), key=lambda one: one.rep.casefold())
    reps = sorted(found.reps, key=lambda one: one.rep.casefold()) if audience is Audience.EVERYTHING else ()
    newest_first = sorted(found.wins, key=lambda win: win.on, reverse=True)
    return replace(found, wins=newest_first, kept=kept, reps=reps)


def brief(found: Digest) -> Digest:
    """Return the digest of a day: where the team stands and what is new; the rest waits for the week's."""
    standings = [one._replace(outlook=None) for one in found.together if not one.standing.is_upcoming]
    return replace(found, together=standings, ended=(), recognition=None, reps=())


def week_before(day: date) -> DaySpan:
    """Return the last whole week, Monday to Sunday, that ended before a day."""
    sunday = day - timedelta(days=day.weekday() + 1)
    return DaySpan(sunday - timedelta(days=6), sunday)


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
