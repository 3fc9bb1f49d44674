"""The rhythm of a team: what recurs for its members and its channel, from what the team decided."""

from collections.abc import Iterator
from datetime import time
from typing import NamedTuple

from sales.member import Member
from sales.schedule import JITTER
from sales.team import Team

END_OF_DAY = "end_of_day"
RUNWAY_CHECK = "runway_check"
DIGEST_WEEKLY = "digest_weekly"
DIGEST_DAILY = "digest_daily"
FORECAST_LOG = "forecast_log"

RUNWAY_CHECK_AT = time(9, 5)  # in the morning, while there is a day left to act on it
FORECAST_LOG_AT = time(5, 0)  # the day before is over in every zone of the team, and nobody waits
FORECAST_LOG_SPREAD = 1800  # seconds, so that many teams do not count at once
EVERY_DAY = 0b1111111
SPREAD = int(JITTER.total_seconds())


class Beat(NamedTuple):
    """One thing that recurs: for whom, when on their clock, and whether it is on."""

    kind: str
    subject_id: str
    zone: str
    at: time
    weekdays: int
    spread_seconds: int
    enabled: bool


def member_beats(team: Team, member: Member) -> Iterator[Beat]:
    """Yield what recurs for one member, in the member's own zone."""
    on = member.active and member.is_rep
    evening = member.evening_at or team.evening_at
    yield Beat(END_OF_DAY, member.user_id, member.zone, evening, team.workdays, SPREAD, on)
    yield Beat(RUNWAY_CHECK, member.user_id, member.zone, RUNWAY_CHECK_AT, team.workdays, SPREAD, on)


def team_beats(team: Team, team_id: int) -> Iterator[Beat]:
    """Yield what recurs for a team's channel, in the team's zone; off while it has no channel."""
    subject, on = str(team_id), team.digest_channel is not None
    weekly = 1 << team.digest_weekday
    yield Beat(DIGEST_WEEKLY, subject, team.zone, team.digest_at, weekly, 0, on)
    yield Beat(
        DIGEST_DAILY, subject, team.zone, team.digest_at, team.workdays & ~weekly, 0, on and team.daily_digest
    )


def record_beat(team: Team, team_id: int) -> Beat:
    """Return when a team's forecasts of the day before are written down: every day, also when nobody is told any."""
    return Beat(
        FORECAST_LOG, str(team_id), team.zone, FORECAST_LOG_AT, EVERY_DAY, FORECAST_LOG_SPREAD, enabled=True
    )
