"""chat.*: posting, editing, deleting."""

import json
from typing import Any

from playground.api.access import postable
from playground.api.arguments import ApiError, Arguments
from playground.api.content import TEXT_LIMIT, content
from playground.channels import Channel, PostedMessage
from playground.double import Double

Json = dict[str, Any]

UPDATE_TEXT_LIMIT = 4_000
METADATA_BYTES = 8_000  # Slack documents the error, not the number; see README


def post_message(double: Double, given: Arguments) -> Json:
    channel = postable(double, given.required("channel", "channel_not_found"))
    said = _content(double, given, "chat.postMessage")
    thread = given.text("thread_ts") or None
    message = double.bot_posts(
        channel,
        "chat.postMessage",
        **said,
        metadata=_metadata(given),
        client_msg_id=given.text("client_msg_id") or None,
        thread_ts=_thread(channel, thread),
        broadcast=given.flag("reply_broadcast"),
    )
    return {"channel": channel.id, "ts": message.ts, "message": _shown(double, message, with_metadata=True)}


def post_ephemeral(double: Double, given: Arguments) -> Json:
    channel = postable(double, given.required("channel", "channel_not_found"))
    person = given.required("user", "user_not_found")
    if person not in double.workspace.people:
        raise ApiError("user_not_found")
    if person not in channel.members:
        raise ApiError("user_not_in_channel")
    said = _content(double, given, "chat.postEphemeral")
    message = double.bot_posts(
        channel,
        "chat.postEphemeral",
        **said,
        only_for=person,
        thread_ts=_thread(channel, given.text("thread_ts") or None),
    )
    return {"message_ts": message.ts}


def update(double: Double, given: Arguments) -> Json:
    """Replaces what is given. Blocks and attachments not given stay here; Slack's pages disagree about that."""
    channel, message = _own(double, given, "cant_update_message")
    changes = {name: value for name, value in _content(double, given, "chat.update").items() if name in given}
    if "metadata" in given:
        changes["metadata"] = _metadata(given)
    if "text" in changes and "blocks" not in given and message.blocks:
        double.problem(
            "chat.update sent text alone to a message with blocks, and what becomes of those is not promised. "
            "Send blocks too, or blocks=[]."
        )
    double.bot_edits(channel, message, changes)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": _shown(double, message)}


def delete(double: Double, given: Arguments) -> Json:
    channel, message = _own(double, given, "cant_delete_message")
    double.delete(channel, message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(double: Double, given: Arguments) -> Json:
    channel = double.workspace.channels.get(given.required("channel", "channel_not_found"))
    if channel is None:
        raise ApiError("channel_not_found")
    message = channel.find(given.required("message_ts", "message_not_found"))
    if message is None or message.only_for is not None:
        raise ApiError("message_not_found")
    return {
        "channel": channel.id,
        "permalink": f"{double.url}/archives/{channel.id}/p{message.ts.replace('.', '')}",
    }


def _own(double: Double, given: Arguments, forbidden: str) -> tuple[Channel, PostedMessage]:
    """The bot's own message that `channel` and `ts` name."""
    channel = double.workspace.channels.get(given.required("channel", "channel_not_found"))
    if channel is None:
        raise ApiError("channel_not_found")
    message = channel.find(given.required("ts", "message_not_found"))
    if message is None or message.only_for is not None:
        raise ApiError("message_not_found")
    if message.bot_id != double.workspace.bot_id:
        raise ApiError(forbidden)
    if channel.archived:
        raise ApiError("is_inactive" if forbidden == "cant_update_message" else "is_archived")
    window = double.workspace.edit_window
    if forbidden == "cant_update_message" and window is not None and double.clock.now() - message.at > window:
        raise ApiError("edit_window_closed")
    return channel, message


def _content(double: Double, given: Arguments, method: str) -> Json:
    found = content(given, UPDATE_TEXT_LIMIT if method == "chat.update" else TEXT_LIMIT)
    if found["blocks"] and not found["text"].strip():
        double.problem(
            f"{method} sent blocks without text: notifications and screen readers have nothing to say."
        )
    return found


def _metadata(given: Arguments) -> Json | None:
    found = given.json("metadata", "invalid_metadata_format")
    if found is None:
        return None
    if (
        not isinstance(found, dict)
        or not isinstance(found.get("event_type"), str)
        or not isinstance(found.get("event_payload"), dict)
    ):
        raise ApiError("invalid_metadata_format")
    if len(json.dumps(found).encode()) > METADATA_BYTES:
        raise ApiError("metadata_too_large")
    return found


def _thread(channel: Channel, thread_ts: str | None) -> str | None:
    if thread_ts is None:
        return None
    parent = channel.find(thread_ts)
    if parent is None or parent.only_for is not None:
        raise ApiError("thread_not_found")
    parent.thread_ts = parent.thread_ts or parent.ts
    return parent.thread_ts


def _shown(double: Double, message: PostedMessage, *, with_metadata: bool = False) -> Json:
    return message.as_slack(double.workspace.team_id, double.workspace.app_id, with_metadata=with_metadata)
