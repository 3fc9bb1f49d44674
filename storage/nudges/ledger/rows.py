"""The ledger: one row per message that must exist, what happened to it, and the rate gates it passes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import JSON, CheckConstraint, Field, Index, SQLModel, col, text

from sales.nudges.kind import BUNDLE
from sales.nudges.ledger import DeliveryState
from storage.engines.statement import Rows, among, given
from storage.scope import Scope

READY = text("state IN ('pending', 'uncertain')")
HELD = text("state IN ('leased', 'sending', 'recon')")
PLACED = text("slack_ts IS NOT NULL")
TOLD = text("sent_at IS NOT NULL")
DONE = text("state IN ('sent', 'skipped', 'superseded', 'dead')")
LISTED = "listed"  # in an intent, once sent: the follow-ups that the message, or each part of it, lists
THREAD = "thread"  # in an intent: the ts of the message under which it stands
STANDS_FOR = (
    "stands_for"  # in an intent: the message that it says anew, as that one cannot be changed any more
)
ASKED = "asked"  # in an intent: the words of theirs that the message asks about
FULL = text("occurrence_key <> id")  # an archived message whose words are still there
GIVEN_UP = text("state = 'dead' AND dismissed_at IS NULL")


class DeliveryFields(SQLModel):
    """What is known of a message that must exist once.

    `intent` holds what the message is about, never rendered blocks: it is rendered when it is sent, so
    a late message is not stale. Once sent, it says which follow-ups were listed, too. `subject` names the one thing it
    is about, such as a goal, if there is one.
    `id` is uuid5 of the occurrence key, and the message's client_msg_id. `first_post_at` is when it may first have
    reached Slack, None while it certainly has not, and `blind_since` since when nobody could look whether it did.
    `plain` says that Slack refused its blocks, `repeated` that it was posted again without knowing.
    """

    id: str = Field(primary_key=True)
    occurrence_key: str
    workspace_id: str
    kind: str
    subject: str = ""
    channel_id: str | None = None
    user_id: str | None = None
    intent: dict[str, Any] = Field(sa_type=JSON)
    rendered_sha: str | None = None
    why: str = ""
    state: DeliveryState = DeliveryState.PENDING
    priority: int = 5
    not_before: datetime
    expires_at: datetime | None = None
    attempts: int = 0
    throttles: int = 0
    misses: int = 0
    fence: int = 0
    lease_owner: str | None = None
    lease_until: datetime | None = None
    first_post_at: datetime | None = None
    blind_since: datetime | None = None
    plain: bool = False
    repeated: bool = False
    slack_ts: str | None = None
    sent_at: datetime | None = None
    last_error: str | None = None
    superseded_by: str | None = None
    dismissed_at: datetime | None = None
    created_at: datetime

    @property
    def thread(self) -> str:
        """The ts of the message in whose thread it stands; empty where it stands by itself."""
        return str(self.intent.get(THREAD, ""))


class DeliveryRow(DeliveryFields, table=True):
    """A message in the ledger, written in the same transaction as its cause (delivery.md §1)."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("(state = 'sent') = (slack_ts IS NOT NULL)", name="sent_has_ts"),
        Index(
            "ix_delivery_ready", "priority", "not_before", "id", sqlite_where=READY, postgresql_where=READY
        ),
        Index("ix_delivery_lease", "lease_until", sqlite_where=HELD, postgresql_where=HELD),
        Index("ix_delivery_user", "workspace_id", "user_id", "created_at"),
        Index(
            "ix_delivery_told",
            "workspace_id",
            "user_id",
            "sent_at",
            sqlite_where=TOLD,
            postgresql_where=TOLD,
        ),
        Index("ix_delivery_waiting", "workspace_id", "user_id", sqlite_where=READY, postgresql_where=READY),
        Index("ix_delivery_place", "channel_id", "slack_ts", sqlite_where=PLACED, postgresql_where=PLACED),
        Index("ix_delivery_done", "created_at", sqlite_where=DONE, postgresql_where=DONE),
        Index(
            "ix_delivery_dead", "workspace_id", "created_at", sqlite_where=GIVEN_UP, postgresql_where=GIVEN_UP
        ),
        {
            "postgresql_with": {"fillfactor": 80}
        },  # rows change their state several times and stay on their page
    )

    occurrence_key: str = Field(unique=True)
    workspace_id: str = Field(foreign_key="workspace.id")


OF_PERSON = (given(DeliveryRow.workspace_id), given(DeliveryRow.user_id))


class DeliveryArchiveRow(DeliveryFields, table=True):
    """A message that came to its end long ago: kept for the record, out of the way of the ledger's indexes.

    One that is older than a workspace keeps its words has its id for a key.
    """

    __tablename__ = "delivery_archive"
    __table_args__ = (
        Index(
            "ix_delivery_archive_full", "workspace_id", "created_at", sqlite_where=FULL, postgresql_where=FULL
        ),
    )


class DeliveryEventRow(SQLModel, table=True):
    """Append-only: every change of state, who made it under which fence. What support reads."""

    __tablename__ = "delivery_event"

    id: int = Field(default=None, primary_key=True)
    delivery_id: str = Field(foreign_key="delivery.id", index=True)
    at: datetime
    from_state: str
    to_state: str
    owner: str = ""
    fence: int = 0
    note: str = ""


class BundledPart(NamedTuple):
    """One message inside a bundle, as the bundle's intent holds it."""

    id: str
    kind: str
    subject: str


AMONG = Rows(
    DeliveryRow,
    given(DeliveryRow.workspace_id),
    by=lambda engine: among(engine, col(DeliveryRow.id), "ids"),
)


async def deliveries(scope: Scope, ids: Sequence[str]) -> list[DeliveryRow]:
    """Return these messages, in the order of their ids given."""
    if not ids:
        return []
    rows = {row.id: row for row in await scope.find(AMONG, ids=list(ids))}
    return [rows[one] for one in ids if one in rows]


def parts_of(row: DeliveryRow) -> list[BundledPart]:
    """Return the messages a delivery stands for: a bundle's parts, or itself alone."""
    if row.kind == BUNDLE:
        return [BundledPart(*part) for part in row.intent["parts"]]
    return [BundledPart(row.id, row.kind, row.subject)]


def listed_by(row: DeliveryRow) -> dict[str, list[int]]:
    """Return which follow-ups a message listed when it was sent, by the id of the message, or of each in a bundle."""
    return dict(row.intent.get(LISTED, {}))


async def standing(scope: Scope, row: DeliveryRow) -> DeliveryRow:
    """Return the message that a row shows: of a bundle in which only one had anything to say, that one.

    One that says another anew shows that one.
    """
    if STANDS_FOR in row.intent:
        found = await deliveries(scope, [row.intent[STANDS_FOR]])
        return await standing(scope, found[0]) if found else row
    shown = listed_by(row)
    found = await deliveries(scope, list(shown)) if row.kind == BUNDLE and len(shown) == 1 else []
    return found[0] if found else row
