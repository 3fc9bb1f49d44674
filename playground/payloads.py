"""The payloads Slack sends, field by field."""

import re
from typing import Any

from playground.channels import Channel, PostedMessage
from playground.people import Person
from playground.text import unescape
from playground.views import View, state_values
from playground.workspace import Workspace

Json = dict[str, Any]

_TAG = re.compile(r"(<[^<>]+>)")

VERIFICATION = "playground-verification"  # the deprecated `token` field, still in every payload


def slash_command(
    workspace: Workspace,
    person: Person,
    channel: Channel,
    command: str,
    text: str,
    *,
    trigger: str,
    response_url: str,
) -> Json:
    """A slash command; `channel_name` is `directmessage` in a DM and `privategroup` in a private channel."""
    names = {"dm": "directmessage", "private": "privategroup"}
    return {
        "token": VERIFICATION,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": names.get(channel.kind, channel.name),
        "user_id": person.id,
        "user_name": person.name,
        "command": command,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }


def _interaction(workspace: Workspace, person: Person, kind: str, trigger: str | None) -> Json:
    found: Json = {
        "type": kind,
        "token": VERIFICATION,
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "user": {
            "id": person.id,
            "username": person.name,
            "name": person.name,
            "team_id": workspace.team_id,
        },
        "api_app_id": workspace.app_id,
        "enterprise": None,
        "is_enterprise_install": False,
    }
    return found | ({"trigger_id": trigger} if trigger is not None else {})


def _channel(channel: Channel) -> Json:
    return {"id": channel.id, "name": "directmessage" if channel.kind == "dm" else channel.name}


def message_action(
    workspace: Workspace,
    person: Person,
    channel: Channel,
    message: PostedMessage,
    callback_id: str,
    *,
    trigger: str,
    response_url: str,
    action_ts: str,
) -> Json:
    """A message shortcut."""
    return _interaction(workspace, person, "message_action", trigger) | {
        "action_ts": action_ts,
        "callback_id": callback_id,
        "response_url": response_url,
        "message_ts": message.ts,
        "channel": _channel(channel),
        "message": message.as_slack(workspace.team_id, workspace.app_id),
    }


def global_shortcut(
    workspace: Workspace, person: Person, callback_id: str, *, trigger: str, action_ts: str
) -> Json:
    """A global shortcut: it belongs to no channel."""
    return _interaction(workspace, person, "shortcut", trigger) | {
        "action_ts": action_ts,
        "callback_id": callback_id,
    }


def message_actions(
    workspace: Workspace,
    person: Person,
    channel: Channel,
    message: PostedMessage,
    action: Json,
    *,
    trigger: str,
    response_url: str,
) -> Json:
    """block_actions from a message; an ephemeral message itself is not sent back."""
    ephemeral = message.only_for is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    if message.thread_ts is not None:
        container["thread_ts"] = message.thread_ts
    found = _interaction(workspace, person, "block_actions", trigger) | {
        "container": container,
        "channel": _channel(channel),
        "state": {"values": state_values(message.blocks or [], message.entered.get(person.id, {}))},
        "response_url": response_url,
        "actions": [action],
    }
    if not ephemeral:
        found["message"] = message.as_slack(workspace.team_id, workspace.app_id)
    return found


def view_actions(workspace: Workspace, person: Person, view: View, action: Json, *, trigger: str) -> Json:
    """block_actions from a modal or App Home."""
    return _interaction(workspace, person, "block_actions", trigger) | {
        "container": {"type": "view", "view_id": view.id},
        "view": view_object(workspace, view),
        "actions": [action],
    }


def view_submission(workspace: Workspace, person: Person, view: View, *, trigger: str) -> Json:
    return _interaction(workspace, person, "view_submission", trigger) | {
        "view": view_object(workspace, view),
        "response_urls": [],
    }


def view_closed(workspace: Workspace, person: Person, view: View, *, is_cleared: bool) -> Json:
    return _interaction(workspace, person, "view_closed", None) | {
        "view": view_object(workspace, view),
        "is_cleared": is_cleared,
    }


def view_object(workspace: Workspace, view: View) -> Json:
    """The view as Slack gives it back, state included."""
    payload = view.payload
    return {
        "id": view.id,
        "team_id": workspace.team_id,
        "type": view.kind,
        "blocks": view.blocks,
        "private_metadata": payload.get("private_metadata", ""),
        "callback_id": payload.get("callback_id", ""),
        "state": {"values": view.values()},
        "hash": view.hash,
        "title": payload.get("title"),
        "submit": payload.get("submit"),
        "close": payload.get("close"),
        "clear_on_close": bool(payload.get("clear_on_close", False)),
        "notify_on_close": bool(payload.get("notify_on_close", False)),
        "submit_disabled": bool(payload.get("submit_disabled", False)),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "external_id": payload.get("external_id", ""),
        "app_id": workspace.app_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
    }


def event_callback(workspace: Workspace, event: Json, *, number: int, at: float) -> Json:
    """The outer envelope of an event."""
    return {
        "token": VERIFICATION,
        "team_id": workspace.team_id,
        "context_team_id": workspace.team_id,
        "context_enterprise_id": None,
        "api_app_id": workspace.app_id,
        "type": "event_callback",
        "event_id": f"Ev{number:09d}",
        "event_time": int(at),
        "is_ext_shared_channel": False,
        "event_context": f"4-{number:09d}",
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": workspace.team_id,
                "user_id": workspace.bot.id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "event": event,
    }


def app_rate_limited(workspace: Workspace, minute: int) -> Json:
    """What comes instead of an event where there were too many; `minute` is the first, in Unix seconds."""
    return {
        "token": VERIFICATION,
        "type": "app_rate_limited",
        "team_id": workspace.team_id,
        "minute_rate_limited": minute,
        "api_app_id": workspace.app_id,
    }


def rich_text(text: str) -> list[Json]:
    """What a person typed (as `text.typed` gives it) as the rich_text block Slack makes of it."""
    pieces = [piece for piece in _TAG.split(text) if piece]
    section = {"type": "rich_text_section", "elements": [_inline(piece) for piece in pieces]}
    return [{"type": "rich_text", "elements": [section]}]


def _inline(piece: str) -> Json:
    if not _TAG.fullmatch(piece):
        return {"type": "text", "text": unescape(piece)}
    inside, kind = piece[1:-1].partition("|")[0], piece[1]
    if kind == "@":
        return {"type": "user", "user_id": inside[1:]}
    if inside.startswith("!subteam^"):
        return {"type": "usergroup", "usergroup_id": inside.partition("^")[2]}
    if kind == "#":
        return {"type": "channel", "channel_id": inside[1:]}
    return {"type": "link", "url": unescape(inside)}
