"""Channels and the messages in them."""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from playground import files
from playground.files import File

Json = dict[str, Any]
ChannelKind = Literal["channel", "private", "dm"]

MICROS = 1_000_000


@dataclass
class PostedMessage:
    """One message. `only_for` is the one person who sees it (ephemeral); `at` is the workspace's time.

    `notices` say what of it is more than Slack takes, or nearly; for the page alone.
    """

    channel: str
    ts: str
    at: datetime
    user: str
    text: str
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    bot_id: str | None = None
    metadata: Json | None = None
    client_msg_id: str | None = None
    thread_ts: str | None = None
    broadcast: bool = False
    only_for: str | None = None
    edited_ts: str | None = None
    warning: str | None = None
    deleted: bool = False
    files: list[File] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    entered: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        """In a thread and not its parent."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    def seen_by(self, user: str) -> bool:
        return not self.deleted and self.only_for in (None, user)

    def as_slack(self, team_id: str, app_id: str, *, with_metadata: bool = False) -> Json:
        """The message object as conversations.history and interaction payloads carry it.

        Metadata is left out unless asked for, as Slack does without include_all_metadata.
        """
        found: Json = {
            "type": "message",
            "user": self.user,
            "ts": self.ts,
            "text": self.text,
            "team": team_id,
        }
        optional: Json = {
            "client_msg_id": self.client_msg_id,
            "bot_id": self.bot_id,
            "app_id": app_id if self.bot_id else None,
            "blocks": self.blocks,
            "attachments": self.attachments,
            "thread_ts": self.thread_ts,
            "edited": {"user": self.user, "ts": self.edited_ts} if self.edited_ts else None,
            "metadata": self.metadata if with_metadata else None,
        }
        present = {name: value for name, value in optional.items() if value is not None}
        return found | present | files.told(self.files, team_id)


def ts_micros(ts: str) -> int:
    """A Slack ts as whole microseconds, so that comparing never rounds. ValueError if it is not one."""
    whole, _, part = ts.partition(".")
    return int(whole) * MICROS + int((part + "000000")[:6])


def ts_text(micros: int) -> str:
    return f"{micros // MICROS}.{micros % MICROS:06d}"


@dataclass
class Channel:
    """A public or private channel, or the bot's DM with one person (`person`).

    `refused` is what Slack did not take; it is nothing to the app, and nothing people would see in Slack.
    """

    id: str
    name: str
    kind: ChannelKind = "channel"
    members: list[str] = field(default_factory=list)
    archived: bool = False
    person: str | None = None
    topic: str = ""
    messages: list[PostedMessage] = field(default_factory=list)
    refused: list[PostedMessage] = field(default_factory=list)
    last_read: dict[str, str] = field(default_factory=dict)
    last_micros: int = 0

    def next_ts(self, at: datetime) -> str:
        """A ts for a message at `at`: unique and increasing here even when the clock moves back."""
        micros = int(at.timestamp() * MICROS)
        self.last_micros = max(micros, self.last_micros + 1)
        return ts_text(self.last_micros)

    def find(self, ts: str) -> PostedMessage | None:
        """The message with this ts, deleted ones excepted."""
        try:
            wanted = ts_micros(ts)
        except ValueError:
            return None
        at = bisect_left(self.messages, wanted, key=lambda message: ts_micros(message.ts))
        if at < len(self.messages) and ts_micros(self.messages[at].ts) == wanted:
            return None if self.messages[at].deleted else self.messages[at]
        return None

    def seen_by(self, user: str) -> list[PostedMessage]:
        """What this person sees here, oldest first, thread replies included."""
        return [message for message in self.messages if message.seen_by(user)]

    def unread_by(self, user: str) -> int:
        """Messages by others since this person last read the channel; ephemeral ones never count."""
        since = ts_micros(self.last_read.get(user, "0.0"))
        return sum(
            1
            for message in reversed(self.messages)
            if message.only_for is None
            and not message.deleted
            and message.user != user
            and ts_micros(message.ts) > since
        )

    @property
    def last_ts(self) -> str | None:
        shared = (
            message.ts
            for message in reversed(self.messages)
            if message.only_for is None and not message.deleted
        )
        return next(shared, None)

    def as_slack(self, bot: str, at: datetime) -> Json:
        """The conversation object as conversations.info gives it."""
        found: Json = {
            "id": self.id,
            "created": 1_500_000_000,
            "is_archived": self.archived,
            "is_im": self.kind == "dm",
            "is_org_shared": False,
            "context_team_id": "",
            "updated": int(at.timestamp() * 1000),
        }
        if self.kind == "dm":
            return found | {"user": self.person, "is_user_deleted": False, "priority": 0, "is_open": True}
        return found | {
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "private",
            "is_private": self.kind == "private",
            "is_mpim": False,
            "is_general": self.name == "general",
            "is_member": bot in self.members,
            "is_shared": False,
            "is_ext_shared": False,
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "num_members": len(self.members),
        }
