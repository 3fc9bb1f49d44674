"""People and user groups of the workspace in a box."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Json = dict[str, Any]

SLACKBOT = "USLACKBOT"


@dataclass
class Person:
    """A member of the workspace, human or bot.

    `is_restricted` is a guest, `is_ultra_restricted` one of a single channel, `is_stranger` somebody from outside
    with whom a channel is shared, whose own workspace is `team_id`. `tz` is an IANA name, `locale` what
    they chose for Slack ("de-DE"); `dnd` is the do-not-disturb window as aware instants, or None when it is off.
    """

    id: str
    name: str
    real_name: str
    display_name: str = ""
    email: str | None = None
    tz: str = "Europe/London"
    locale: str = "en-US"
    title: str = ""
    is_bot: bool = False
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    team_id: str = ""
    deleted: bool = False
    dnd: tuple[datetime, datetime] | None = None

    @property
    def shown_as(self) -> str:
        """The name other people see: the display name if set, else the real name."""
        return self.display_name or self.real_name

    @property
    def initials(self) -> str:
        words = [word for word in self.real_name.split() if word[0].isalnum()]
        return "".join(word[0] for word in words[:2]).upper() or "?"

    @property
    def zone(self) -> ZoneInfo:
        """Their zone; UTC where Slack knows a zone that this machine does not."""
        try:
            return ZoneInfo(self.tz)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return ZoneInfo("UTC")

    def tz_offset(self, at: datetime) -> int:
        """Seconds east of UTC in this person's zone at the instant `at`."""
        offset = at.astimezone(self.zone).utcoffset()
        return int(offset.total_seconds()) if offset is not None else 0

    def as_slack(self, team_id: str, at: datetime, *, with_email: bool) -> Json:
        """The user object as users.info gives it; the address only with the scope users:read.email."""
        team_id = self.team_id or team_id
        profile: Json = {
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.display_name,
            "display_name_normalized": self.display_name,
            "title": self.title,
            "status_text": "",
            "status_emoji": "",
            "avatar_hash": "g" + self.id.lower(),
            "team": team_id,
        }
        if with_email and self.email:
            profile["email"] = self.email
        found: Json = {
            "id": self.id,
            "team_id": team_id,
            "name": self.name,
            "deleted": self.deleted,
            "profile": profile,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": int(at.timestamp()),
        }
        if self.deleted:
            return found
        return found | {
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": at.astimezone(self.zone).tzname() or self.tz,
            "tz_offset": self.tz_offset(at),
            "is_admin": self.is_admin,
            "is_owner": self.is_owner,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted or self.is_ultra_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "color": "4bbe2e",
            **({"is_stranger": True} if self.is_stranger else {}),
        }


@dataclass
class UserGroup:
    """A user group (`@sales-emea`): a handle that stands for several people."""

    id: str
    handle: str
    name: str
    users: list[str] = field(default_factory=list)
    disabled: bool = False

    def as_slack(self, team_id: str, *, with_users: bool) -> Json:
        found: Json = {
            "id": self.id,
            "team_id": team_id,
            "is_usergroup": True,
            "name": self.name,
            "handle": self.handle,
            "description": "",
            "date_delete": 1 if self.disabled else 0,
            "user_count": len(self.users),
        }
        if with_users:
            found["users"] = list(self.users)
        return found
