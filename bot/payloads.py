"""Payloads: what Slack sends, reduced to a request. Entities are undone here, so handlers see what was typed."""

from typing import Any

from handlers.context import Request

ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


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


def unescaped(text: str) -> str:
    """Return text as the person typed it: Slack escapes exactly these three characters."""
    for entity, character in ENTITIES:
        text = text.replace(entity, character)
    return text


def click_key(body: dict[str, Any], action: dict[str, Any]) -> str:
    """Return the key of one click: its trigger_id, else when which element was used by whom, and where."""
    trigger = body.get("trigger_id")
    if trigger:
        return f"act:{trigger}"
    container = body.get("container") or {}
    place = container.get("view_id") or f"{container.get('channel_id')}:{container.get('message_ts')}"
    return f"act:{action.get('action_ts')}:{action['action_id']}:{body['user']['id']}:{place}"


def command_request(body: dict[str, Any], prefix: str) -> Request:
    return Request(
        kind="commands",
        key=f"cmd:{body['trigger_id']}",
        workspace_id=body["team_id"],
        user_id=body["user_id"],
        name=body["command"].removeprefix("/").removeprefix(prefix),
        text=unescaped(body.get("text") or "").strip(),
        channel_id=body.get("channel_id", ""),
        trigger_id=body["trigger_id"],
        body=body,
    )


def action_request(body: dict[str, Any]) -> Request:
    action = body["actions"][0]
    view = body.get("view") or {}
    return Request(
        kind="actions",
        key=click_key(body, action),
        workspace_id=body["team"]["id"],
        user_id=body["user"]["id"],
        name=action["action_id"],
        channel_id=(body.get("channel") or {}).get("id", ""),
        trigger_id=body.get("trigger_id", ""),
        value=str(chosen(action) or ""),
        values=inputs((view.get("state") or body.get("state") or {}).get("values", {})),
        private=view.get("private_metadata", ""),
        body=body,
    )


def view_request(body: dict[str, Any]) -> Request:
    view = body["view"]
    return Request(
        kind="views",
        key=f"view:{view['id']}:{view.get('hash')}",
        workspace_id=body["team"]["id"],
        user_id=body["user"]["id"],
        name=view["callback_id"],
        trigger_id=body.get("trigger_id", ""),
        values=inputs(view["state"]["values"]),
        private=view.get("private_metadata", ""),
        body=body,
    )


def shortcut_request(body: dict[str, Any]) -> Request:
    return Request(
        kind="shortcuts",
        key=f"cut:{body['trigger_id']}",
        workspace_id=body["team"]["id"],
        user_id=body["user"]["id"],
        name=body["callback_id"],
        text=unescaped((body.get("message") or {}).get("text") or ""),
        channel_id=(body.get("channel") or {}).get("id", ""),
        trigger_id=body["trigger_id"],
        body=body,
    )


def event_request(body: dict[str, Any]) -> Request:
    event = body["event"]
    user = "" if event["type"] in ABOUT_CHANNELS else event.get("user") or ""
    return Request(
        kind="events",
        key=f"ev:{body['event_id']}",
        workspace_id=body["team_id"],
        user_id=user["id"] if isinstance(user, dict) else user,
        name=event["type"],
        text=unescaped(event.get("text") or "").strip(),
        channel_id=event.get("channel") or "",
        body=body,
    )


def inputs(values: dict[str, dict[str, dict[str, Any]]]) -> dict[str, Any]:
    """Return a view's inputs as block id → what was chosen; a block of ours holds one input."""
    return {block_id: chosen(next(iter(held.values()))) for block_id, held in values.items() if held}


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
    return value if value is None else unescaped(str(value))
