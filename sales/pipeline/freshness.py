"""Freshness: as of when a team's deals are, and whether that is older than how often the team looks at them."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from sales.language.dates.instants import local_date
from sales.people.team import Team

WEEKLY = timedelta(days=7)  # who reads of themselves once a week is well served by a week-old record
DAILY = timedelta(days=3)  # over a weekend, nothing is old


class Freshness(NamedTuple):
    """When any deal of a team was last written down, `on` which day of the team's, and whether that is long ago."""

    at: datetime
    on: date
    is_old: bool


def freshness(at: datetime | None, team: Team, today: date, zone: str = "") -> Freshness | None:
    """Return how fresh a team's deals are on a day of its own, or of a reader's `zone`; None where it has no deals."""
    if at is None:
        return None
    on = local_date(at, zone or team.zone)
    return Freshness(at, on, today - on > (DAILY if team.daily_digest else WEEKLY))
