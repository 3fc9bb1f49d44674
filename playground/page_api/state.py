"""What the page shows one person: the workspace around them, messages, Home, modal."""

import hashlib
from datetime import UTC, datetime
from typing import Any

from playground.channels import Channel, PostedMessage, ts_micros
from playground.files import File
from playground.limits import near_the_limit
from playground.people import Person
from playground.server import SlackServer
from playground.views import View, state_values

Json = dict[str, Any]

NEWEST_PROBLEMS = 50
# dark enough for white initials (4.5:1 and better)
COLORS = ("#8a3f5e", "#3f5e8a", "#2f6b52", "#7a4b1f", "#5b4a9a", "#1f6573", "#8a3a2f", "#4d6120")


class RefusedAsk(Exception):
    """The page asked for something that is not there; the text is for the person."""


def state(server: SlackServer, person: Person) -> Json:
    """Everything around the conversation."""
    workspace, now = server.workspace, server.clock.now()
    manifest = server.double.manifest
    workspace.dm(person.id)
    bot = workspace.bot
    return {
        "now": iso(now),
        "zone_now": _in_zone(now, person),
        "workspace": {"name": workspace.name, "born": server.born, "renewable": server.made_anew is not None},
        "me": {"id": person.id},
        "bot": {"id": bot.id, "name": bot.shown_as, "initials": bot.initials},
        "people": [_person(one) for one in workspace.people.values() if not one.deleted],
        "channels": [_channel(channel, person, server) for channel in workspace.channels_of(person.id)],
        "commands": [
            {"command": one.command, "description": one.description, "usage_hint": one.usage_hint}
            for one in manifest.commands or ()
        ],
        "shortcuts": [
            {"callback_id": one.callback_id, "name": one.name}
            for one in manifest.shortcuts
            if one.kind == "message"
        ],
        "app_connected": server.app_connected,
        "problems": [
            {"at": iso(problem.at), "text": problem.text} for problem in server.problems[-NEWEST_PROBLEMS:]
        ],
    }


def messages(server: SlackServer, person: Person, channel: Channel) -> Json:
    """The conversation as this person sees it, oldest first; `state` is what they chose in its menus.

    What Slack refused stands where it would have been, with `refused`.
    """
    shown = [_message(one, person) for one in channel.seen_by(person.id)]
    refused = [_message(one, person) | {"refused": True} for one in channel.refused if one.seen_by(person.id)]
    return {"messages": sorted([*shown, *refused], key=lambda one: ts_micros(one["ts"]))}


def home(server: SlackServer, person: Person) -> Json:
    view = server.workspace.homes.get(person.id)
    refused = server.workspace.refused_homes.get(person.id, [])
    return {
        "view": _view(view) if view else None,
        "refused": [f"A newer Home was refused: {reason}" for reason in refused],
    }


def modal(server: SlackServer, person: Person) -> Json:
    """The modal on top, the errors under its fields, and how many lie on the stack."""
    view = server.workspace.modal(person.id)
    depth = len(server.workspace.modals.get(person.id, []))
    if view is None:
        return {"view": None, "errors": {}, "depth": 0, "warning": None}
    payload = view.payload
    shown = _view(view) | {
        "callback_id": payload.get("callback_id", ""),
        "title": payload["title"],
        "submit": payload.get("submit"),
        "close": payload.get("close"),
    }
    return {"view": shown, "errors": view.errors, "depth": depth, "warning": view.warning}


def iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def visible_channel(server: SlackServer, person: Person, channel_id: str) -> Channel:
    """A channel this person is in. Raises RefusedAsk."""
    server.workspace.dm(person.id)  # everybody has the bot's DM, opened or not
    channel = server.workspace.channels.get(channel_id)
    if channel is None or person.id not in channel.members:
        raise RefusedAsk("That conversation is not open to this person.")
    return channel


def _in_zone(now: datetime, person: Person) -> str:
    local = now.astimezone(person.zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"


def _person(person: Person) -> Json:
    color = COLORS[hashlib.sha256(person.id.encode()).digest()[0] % len(COLORS)]
    return {
        "id": person.id,
        "name": person.name,
        "real_name": person.shown_as,
        "title": person.title,
        "tz": person.tz,
        "is_bot": person.is_bot,
        "initials": person.initials,
        "color": color,
    }


def _channel(channel: Channel, person: Person, server: SlackServer) -> Json:
    is_dm = channel.kind == "dm"
    return {
        "id": channel.id,
        "name": server.workspace.bot.shown_as if is_dm else channel.name,
        "kind": channel.kind,
        "with": server.workspace.bot.id if is_dm else None,
        "unread": channel.unread_by(person.id),
        "last_ts": channel.last_ts,
    }


def _message(message: PostedMessage, person: Person) -> Json:
    values = state_values(message.blocks or [], message.entered.get(person.id, {}))
    return {
        "ts": message.ts,
        "at": iso(message.at),
        "user": message.user,
        "text": message.text,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "files": [_file(one, person) for one in message.files],
        "thread_ts": message.thread_ts if message.is_reply else None,
        "ephemeral": message.only_for is not None,
        "edited": message.edited_ts is not None,
        "deleted": False,
        "warning": message.warning,
        "notices": message.notices,
        "refused": False,
        "state": {"values": values},
    }


def _file(file: File, person: Person) -> Json:
    return {
        "id": file.id,
        "name": file.name,
        "size": file.size,
        "deleted": file.deleted,
        "mine": file.user == person.id,
    }


def _view(view: View) -> Json:
    return {
        "type": view.kind,
        "id": view.id,
        "hash": view.hash,
        "blocks": view.blocks,
        "state": {"values": view.values()},
        "warning": view.warning,
        "notices": near_the_limit(view.blocks, view=True),
    }
