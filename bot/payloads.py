"""Payloads: what Slack sends, reduced to a request. Handlers see what was typed, not how Slack writes it."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from bot.typed import as_typed, entered, mentioned, without_mention
from handlers.context import Request

# Slack's news of channels: whoever joined or archived one asked us for nothing and need not be met
ABOUT_CHANNELS = frozenset(
    {
        "channel_archive",
        "channel_deleted",
        "channel_left",
        "channel_unarchive",
        "group_archive",
        "group_deleted",
        "group_left",
        "group_unarchive",
        "member_joined_channel",
    }
)


MESSAGE, MENTION = "message", "app_mention"
MESSAGES = frozenset({MESSAGE, MENTION})
AN_ID = re.compile(r"[A-Z0-9]{2,40}")


class Ours(Protocol):
    """What of our installation a payload is read with."""

    @property
    def workspace_id(self) -> str: ...

    @property
    def bot_user_id(self) -> str: ...

    @property
    def bot_name(self) -> str: ...


Reader = Callable[[dict[str, Any], Ours, str], Request]


def kind_of(body: Mapping[str, Any]) -> str:
    """Return the kind of a payload as Slack names it; a command has no name of its own."""
    return "command" if "command" in body else str(body.get("type") or "")


def reader(body: Mapping[str, Any]) -> Reader | None:
    """Return what reads a payload of this kind; None for kinds that we never asked for."""
    return READERS.get(kind_of(body))


def workspaces(body: Mapping[str, Any]) -> tuple[set[str], ...]:
    """Return where Slack says the app is installed that this is for, and every workspace that is named otherwise.

    An organisation's id, which begins with E, is no workspace's.
    """
    installed = {ids(one, "team_id") for one in listed(body.get("authorizations"))}
    view = mapped(body.get("view"))
    installed.add(ids(view, "app_installed_team_id"))
    named = {ids(body, "team_id"), ids(mapped(body.get("team")), "id"), ids(view, "team_id")}
    return tuple({one for one in found if one and not one.startswith("E")} for found in (installed, named))


def is_of_an_organisation(body: Mapping[str, Any]) -> bool:
    """Say whether a payload comes through an organisation, which may name no workspace."""
    team = ids(body, "team_id") or ids(mapped(body.get("team")), "id")
    return bool(body.get("enterprise") or body.get("enterprise_id")) or team.startswith("E")


def mapped(found: Any) -> Mapping[str, Any]:
    return found if isinstance(found, Mapping) else {}


def listed(found: Any) -> list[Mapping[str, Any]]:
    return [mapped(one) for one in found] if isinstance(found, list) else []


def ids(found: Mapping[str, Any], name: str) -> str:
    told = found.get(name)
    return told if isinstance(told, str) else ""


def person(found: Any) -> str:
    """Return a person's id.

    Raises:
        ValueError: if it is none, as an empty one.
    """
    if not isinstance(found, str) or not AN_ID.fullmatch(found):
        raise ValueError("nobody sent this")
    return found


def text(found: Any) -> str:
    """Return a text that has to be there.

    Raises:
        ValueError: if it is empty or no text.
    """
    if not isinstance(found, str) or not found:
        raise ValueError("a name or an id is missing")
    return found


def click_key(body: dict[str, Any], action: dict[str, Any]) -> str:
    """Return the key of one click: its trigger_id, else when which element was used by whom, and where."""
    trigger = body.get("trigger_id")
    if trigger:
        return f"act:{trigger}"
    container = body.get("container") or {}
    place = container.get("view_id") or f"{container.get('channel_id')}:{container.get('message_ts')}"
    return f"act:{action.get('action_ts')}:{action['action_id']}:{body['user']['id']}:{place}"


def command_request(body: dict[str, Any], ours: Ours, prefix: str) -> Request:
    return Request(
        kind="commands",
        key=f"cmd:{text(body['trigger_id'])}",
        workspace_id=ours.workspace_id,
        user_id=person(body["user_id"]),
        name=text(body["command"]).removeprefix("/").removeprefix(prefix),
        text=as_typed(body.get("text") or ""),
        mentioned=mentioned(body.get("text") or ""),
        channel_id=body.get("channel_id") or "",
        trigger_id=body["trigger_id"],
        body=body,
    )


def action_request(body: dict[str, Any], ours: Ours, _: str) -> Request:
    action = body["actions"][0]
    view = body.get("view") or {}
    return Request(
        kind="actions",
        key=click_key(body, action),
        workspace_id=ours.workspace_id,
        user_id=person(body["user"]["id"]),
        name=text(action["action_id"]),
        channel_id=(body.get("channel") or {}).get("id", ""),
        trigger_id=body.get("trigger_id", ""),
        value=carried(chosen(action)),
        values=inputs((view.get("state") or body.get("state") or {}).get("values", {})),
        private=view.get("private_metadata", ""),
        body=body,
    )


def view_request(body: dict[str, Any], ours: Ours, _: str) -> Request:
    view = body["view"]
    return Request(
        kind="views",
        key=f"view:{text(view['id'])}:{view.get('hash')}",
        workspace_id=ours.workspace_id,
        user_id=person(body["user"]["id"]),
        name=text(view["callback_id"]),
        trigger_id=body.get("trigger_id", ""),
        values=inputs(view["state"]["values"]),
        private=view.get("private_metadata", ""),
        body=body,
    )


def shortcut_request(body: dict[str, Any], ours: Ours, _: str) -> Request:
    if body["type"] == "message_action" and not body["message"]["ts"]:
        raise ValueError("a shortcut on a message names none")
    return Request(
        kind="shortcuts",
        key=f"cut:{text(body['trigger_id'])}",
        workspace_id=ours.workspace_id,
        user_id=person(body["user"]["id"]),
        name=text(body["callback_id"]),
        text=as_typed((body.get("message") or {}).get("text") or ""),
        mentioned=mentioned((body.get("message") or {}).get("text") or ""),
        channel_id=(body.get("channel") or {}).get("id", ""),
        trigger_id=body["trigger_id"],
        body=body,
    )


def is_direct(event: Mapping[str, Any]) -> bool:
    """Say whether a message is in the direct channel with us, where nobody else reads along."""
    return event["type"] == MESSAGE and (
        event.get("channel_type") == "im" or str(event.get("channel", "")).startswith("D")
    )


def event_request(body: dict[str, Any], ours: Ours, _: str) -> Request:
    event, happened = body["event"], text(body["event_id"])
    kind = MESSAGE if event["type"] in MESSAGES else text(event["type"])
    if kind == MESSAGE:
        # the same words come as a message and as a mention where the app hears of both
        happened = happened if is_direct(event) else f"{event['channel']}:{text(event['ts'])}"
        by = person(event["user"])
        text(event["channel"])
    else:
        told = "" if kind in ABOUT_CHANNELS else event.get("user") or ""
        by = person(told["id"] if isinstance(told, dict) else told) if told else ""
        if not isinstance(event.get("tokens", {}), dict):
            raise ValueError("tokens are of kinds")
    return Request(
        kind="events",
        key=f"ev:{happened}",
        workspace_id=ours.workspace_id,
        user_id=by,
        name=kind,
        text=without_mention(as_typed(event.get("text") or ""), ours.bot_user_id, ours.bot_name),
        mentioned=mentioned(event.get("text") or ""),
        channel_id=str(event.get("channel") or "") if not isinstance(event.get("channel"), dict) else "",
        body=body,
    )


def inputs(values: dict[str, dict[str, dict[str, Any]]]) -> dict[str, Any]:
    """Return a view's inputs as block id → what was chosen; a block of ours holds one input."""
    return {block_id: chosen(next(iter(held.values()))) for block_id, held in values.items() if held}


def carried(said: Any) -> str:
    """Return what an action says as one text; several options that are ticked stand one after the other."""
    return ",".join(said) if isinstance(said, list) else str(said or "")


def chosen(element: dict[str, Any]) -> Any:
    """Return what an input or a button says, whatever its type; None where nothing was chosen."""
    for name in ("selected_option", "selected_options"):
        if name in element:
            options = element[name]
            return (
                [one["value"] for one in options]
                if isinstance(options, list)
                else options and options["value"]
            )
    for name, value in element.items():
        if name.startswith("selected_"):
            return value
    value = element.get("value")
    return value if value is None else entered(str(value))


READERS: Mapping[str, Reader] = {
    "command": command_request,
    "block_actions": action_request,
    "view_submission": view_request,
    "shortcut": shortcut_request,
    "message_action": shortcut_request,
    "event_callback": event_request,
}
