"""Teams: managers and members, a digest channel, a calendar, a currency, and what the team decided."""

from datetime import time
from enum import StrEnum

from sqlmodel import Field, SQLModel

from sales.language.dates.instants import ZoneName

EVENING_AT = time(16, 30)  # end of day is when follow-ups get done (mechanism 56)
DIGEST_AT = time(9, 0)
RUNWAY_PERCENT = 80  # share of eventual wins that must still land in time (forecasts.md §3.2)
DAILY_CAP = 4  # nudges a day to one person; what is more comes in one message the next morning
CYCLE_DAYS = 90  # until 30 deals have closed, the team's own word for it (mechanism 60)
MONDAY_TO_FRIDAY = 0b0011111
TEAMS_SHOWN = 4  # of those one person manages; more is no overview, and each has its own command
MOST_A_WEEK = 500  # activities that a floor may ask for; more is a slip of the finger


class Audience(StrEnum):
    """How much a digest may show to everyone who can read its channel."""

    TOTALS = "totals"  # the team's numbers and nobody's name
    WINS = "wins"  # and who won what, and kept commitments
    EVERYTHING = "everything"  # and each rep's attainment, never as a ranking from the bottom (mechanism 9)


class WinPosting(StrEnum):
    """Whether wins are told in the channel as they come."""

    OFF = "off"
    AMOUNTS = "amounts"  # with what they are worth
    NO_AMOUNTS = "no_amounts"


class Team(SQLModel):
    """A sales team and every choice it made; each has a sane default. A floor is None while the default holds."""

    name: str = Field(min_length=1, max_length=80)
    zone: ZoneName = "UTC"
    currency: str = Field(default="USD", regex="^[A-Z]{3}$")
    country: str | None = Field(default="US", max_length=2)
    subdivision: str | None = Field(default=None, max_length=10)
    fiscal_year_start: int = Field(default=1, ge=1, le=12)
    workdays: int = Field(default=MONDAY_TO_FRIDAY, ge=1, le=0b1111111)
    digest_channel: str | None = None
    marketing_channel: str | None = None
    digest_weekday: int = Field(default=0, ge=0, le=6)
    digest_at: time = DIGEST_AT
    daily_digest: bool = False
    audience: Audience = Audience.WINS
    win_posts: WinPosting = WinPosting.OFF
    leaderboard: bool = False
    evening_at: time = EVENING_AT
    quiet_from: time = time(19, 0)
    quiet_until: time = time(8, 0)
    daily_cap: int = Field(default=DAILY_CAP, ge=1, le=20)
    runway_percent: int = Field(default=RUNWAY_PERCENT, ge=50, le=95)
    cycle_days: int = Field(default=CYCLE_DAYS, ge=1, le=730)
    sdr_floor: int | None = Field(default=None, ge=0, le=MOST_A_WEEK)
    ae_floor: int | None = Field(default=None, ge=0, le=MOST_A_WEEK)
    am_floor: int | None = Field(default=None, ge=0, le=MOST_A_WEEK)
