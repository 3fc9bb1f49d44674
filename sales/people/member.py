"""Members: the people of a workspace, as reps, managers and admins (a person can be several)."""

from datetime import date, datetime, time
from typing import TypedDict

from sqlmodel import Field, SQLModel

from sales.language.dates.instants import Instant
from sales.people.role import SalesRole

LONGEST_LOCALE = 20
NO_ZONE = "unknown"  # Slack knows none of them
NO_HOLIDAYS = ""  # a country that keeps none


class Member(SQLModel):
    """One person of a workspace. Times they decide for themselves are None while the team decides.

    `locale` is the one they use Slack in ("de-DE"), None for those met before it was asked for.
    A `zone` that the installed zone database does not have, such as `NO_ZONE`, is read as their team's, or UTC.
    `heard_at` is when they last did anything with Rainmaker, `home_seen_at` when they had App Home in view, give or
    take an hour; until `paused_until` they want no nudges. `hinted_at` is when
    they were last asked what is in it for a customer. `is_admin` and `is_guest` are Slack's word,
    `is_named_admin` is the operator's. `country` and `subdivision` are whose public holidays are off for them: None for
    those of their team, `NO_HOLIDAYS` for none at all. Who is in no team any more left `left_team_id`, whose managers
    look after what they still have open. Their `role` is None while nobody said it; `rep_since` is the day on which
    they joined a team that was there already, None for whoever was in it from its start. `role_since` is the day the
    role was given, and `role_before` the one that stood till then.
    """

    user_id: str = Field(min_length=1, max_length=40)
    name: str = Field(min_length=1, max_length=200)
    email: str | None = Field(default=None, max_length=320)
    zone: str = Field(default="UTC", min_length=1)
    locale: str | None = Field(default=None, max_length=LONGEST_LOCALE)
    team_id: int | None = None
    left_team_id: int | None = None
    is_rep: bool = False
    is_manager: bool = False
    is_admin: bool = False
    is_named_admin: bool = False
    is_guest: bool = False
    active: bool = True
    evening_at: time | None = None
    dm_channel: str | None = None
    welcomed_at: Instant | None = None
    heard_at: Instant | None = None
    home_seen_at: Instant | None = None
    paused_until: Instant | None = None
    hinted_at: Instant | None = None
    country: str | None = Field(default=None, max_length=2)
    subdivision: str | None = Field(default=None, max_length=10)
    role: SalesRole | None = None
    rep_since: date | None = None
    role_since: date | None = None
    role_before: SalesRole | None = None

    @property
    def administers(self) -> bool:
        """Whether they are an admin here: an admin or owner in Slack, or named by whoever runs this."""
        return self.is_admin or self.is_named_admin


class MemberChanges(TypedDict, total=False):
    """What may be learned of a member, or decided by one, apart from all else."""

    name: str
    email: str | None
    zone: str
    locale: str | None
    team_id: int | None
    left_team_id: int | None
    is_rep: bool
    is_admin: bool
    is_guest: bool
    active: bool
    evening_at: time | None
    dm_channel: str | None
    welcomed_at: datetime | None
    heard_at: datetime | None
    home_seen_at: datetime | None
    paused_until: datetime | None
    country: str | None
    subdivision: str | None
    role: SalesRole | None
    rep_since: date | None
    role_since: date | None
    role_before: SalesRole | None
