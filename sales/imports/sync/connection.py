"""A connection to a CRM: whose it is, what it may read, and how it fares."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import JSON, Field, SQLModel

from sales.imports.sync.record import VENDORS, Vendor

LEASE = timedelta(seconds=60)  # for which one process reads; renewed every twenty
LONG_PAUSE = timedelta(minutes=15)  # which a CRM asks for; as long as three pulls that fail
TELL_AFTER = 3  # failed pulls in a row before an admin hears of it; a token that is refused is told at once


class CrmState(StrEnum):
    """Whether a connection is read."""

    ACTIVE = "active"
    NEEDS_TOKEN = "needs_token"  # its token is refused: somebody has to connect again


class CrmConnection(SQLModel):
    """A CRM of a workspace. Instants are aware UTC.

    `account` is the CRM's own id of the account, `secret` its credentials, encrypted. `unread` are objects and fields
    that it may not read, each with the mend. `trouble` is why the last pull failed, since `trouble_since`, `failures`
    in a row; `told_at` when an admin heard of it.
    `page` is the address of a deal on the CRM's own pages, with `{id}` in it. `writes` are what may be written back.
    """

    vendor: Vendor
    team_id: int | None = None
    account: str = Field(default="", max_length=200)
    zone: str = Field(default="UTC", max_length=64)
    currency: str = Field(default="", max_length=3)
    person: str = Field(default="", max_length=100)
    secret: str
    state: CrmState = CrmState.ACTIVE
    connected_at: datetime
    tried_at: datetime | None = None  # when the last pull began
    read_at: datetime | None = None  # when the last that came to its end did
    asked_at: datetime | None = None  # when somebody asked for one that has not begun
    rereads: bool = (
        False  # whether every open deal is read again with the next, as what it is held against changed
    )
    unread: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    trouble: str = Field(default="", max_length=500)
    trouble_since: datetime | None = None
    failures: int = 0
    not_before: datetime | None = None
    told_at: datetime | None = None
    page: str = Field(default="", max_length=500)
    writes: str = Field(default="", max_length=100)

    @property
    def name(self) -> str:
        """What people call the CRM."""
        return VENDORS[self.vendor]

    def may_be_read(self, now: datetime) -> bool:
        """Say whether it is asked now: its token is not refused, and it asked for no pause that lasts."""
        return self.state is CrmState.ACTIVE and (self.not_before is None or self.not_before <= now)

    def failed(self, trouble: str, now: datetime, pause: timedelta | None = None) -> None:
        """Note that a pull failed; where the CRM asked for a pause, it is not asked before that is over."""
        self.failures += 1
        self.trouble = trouble[:500]
        self.trouble_since = self.trouble_since or now
        self.not_before = now + pause if pause is not None else None

    def well(self, began: datetime) -> None:
        """Note that a pull came to its end."""
        self.failures, self.trouble, self.trouble_since = 0, "", None
        self.not_before = self.asked_at = None
        self.rereads = False
        self.read_at, self.state = began, CrmState.ACTIVE

    @property
    def is_told(self) -> bool:
        """Whether an admin is told of the trouble: at once of a refused token or a long pause, else once it lasts."""
        since, until = self.trouble_since, self.not_before
        pauses = since is not None and until is not None and until - since >= LONG_PAUSE
        lasts = pauses or self.failures >= TELL_AFTER or self.state is CrmState.NEEDS_TOKEN
        return bool(self.trouble) and lasts and self.told_at is None
