"""A record of the double: its properties as HubSpot has them, strings or nothing, and what the search knows of it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

STAMPS = {"contacts": "lastmodifieddate"}  # every other kind has hs_lastmodifieddate
ENGAGED = ("calls", "emails", "meetings", "notes", "tasks")
ALWAYS = ("hs_object_id", "createdate")
DATES = frozenset(
    {"closedate", "createdate", "hs_lastmodifieddate", "lastmodifieddate", "hs_timestamp", "hs_createdate"}
)
PROPERTIES: dict[str, tuple[str, ...]] = {
    "deals": (
        "dealname",
        "dealstage",
        "pipeline",
        "amount",
        "deal_currency_code",
        "closedate",
        "hubspot_owner_id",
        "hs_next_step",
        "hs_merged_object_ids",
        "hs_is_closed",
        "hs_is_closed_won",
        "hs_updated_by_user_id",
        "description",
    ),
    "companies": ("name", "domain", "hubspot_owner_id", "hs_merged_object_ids"),
    "contacts": (
        "firstname",
        "lastname",
        "email",
        "phone",
        "jobtitle",
        "associatedcompanyid",
        "hubspot_owner_id",
        "hs_merged_object_ids",
    ),
    "calls": ("hs_timestamp", "hs_call_title", "hs_call_status", "hs_call_body", "hubspot_owner_id"),
    "emails": (
        "hs_timestamp",
        "hs_email_subject",
        "hs_email_status",
        "hs_email_direction",
        "hs_email_text",
        "hubspot_owner_id",
    ),
    "meetings": (
        "hs_timestamp",
        "hs_meeting_title",
        "hs_meeting_start_time",
        "hs_meeting_outcome",
        "hubspot_owner_id",
    ),
    "notes": ("hs_timestamp", "hs_note_body", "hubspot_owner_id"),
    "tasks": ("hs_timestamp", "hs_task_subject", "hs_task_status", "hubspot_owner_id"),
}


def stamp_of(kind: str) -> str:
    """Return the property that says when a record of a kind was modified."""
    return STAMPS.get(kind, "hs_lastmodifieddate")


def written(at: datetime) -> str:
    """Return an instant as HubSpot writes it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def whole_ms(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


@dataclass(slots=True)
class IndexedVersion:
    """What the search knows of a record from an instant on."""

    since: datetime
    modified: datetime
    properties: dict[str, str | None]


@dataclass(slots=True)
class HubSpotRecord:
    """A record, and its links to others by kind, the first of them the primary one."""

    kind: str
    id: str
    created: datetime
    modified: datetime
    properties: dict[str, str | None] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    archived_at: datetime | None = None
    hidden: bool = False
    before: IndexedVersion | None = None  # as it was before its last change
    index: list[IndexedVersion] = field(default_factory=list)  # only where the search is late
    history: dict[str, list[tuple[str | None, datetime, str]]] = field(default_factory=dict)

    @property
    def version(self) -> IndexedVersion:
        return IndexedVersion(self.created, self.modified, self.properties)

    def indexed(self, now: datetime) -> IndexedVersion | None:
        """Return what the search shows at an instant: an older version where it is late, none of a new record."""
        if not self.index:
            return self.version
        return next((one for one in reversed(self.index) if one.since <= now), None)

    def value(self, name: str, version: IndexedVersion | None = None) -> str | None:
        """Return a property, of now or of a version."""
        version = version or self.version
        if name == "hs_object_id":
            return self.id
        if name in ("createdate", "hs_createdate"):
            return written(self.created)
        if name == stamp_of(self.kind):
            return written(version.modified)
        return version.properties.get(name)

    def remember(self, changed: dict[str, str | None], now: datetime, source: str) -> None:
        """Keep what properties were and are, for whoever asks for their history."""
        for name, value in changed.items():
            if (was := self.properties.get(name)) != value:
                known = self.history.setdefault(name, [(was, self.created, "CRM_UI")] if was else [])
                known.insert(0, (value, now, source))
