"""conversations.*: opening DMs, looking into channels."""

from typing import Any

from playground.api.access import FAMILY, need, reachable_person, readable
from playground.api.arguments import ApiError, Arguments
from playground.api.paging import page
from playground.channels import Channel, PostedMessage, ts_micros
from playground.double import Double

Json = dict[str, Any]

HISTORY_DEFAULT, HISTORY_MOST = 100, 999
TYPES = {"public_channel": "channel", "private_channel": "private", "im": "dm", "mpim": ""}


def open_(double: Double, given: Arguments) -> Json:
    """The bot's DM with one person; opening it again gives the same one."""
    if "channel" in given:
        channel = double.workspace.channels.get(given.text("channel"))
        if channel is None or channel.kind != "dm":
            raise ApiError("channel_not_found")
    else:
        users = [user.strip() for user in given.text("users").split(",") if user.strip()]
        if not users:
            raise ApiError("users_list_not_supplied")
        if len(users) > 1:
            raise ApiError("not_supported_by_playground")
        known = {one.person for one in double.workspace.channels.values()}
        person = reachable_person(double, users[0])
        channel = double.workspace.dm(person.id)
        if person.id in known:
            return {"channel": _opened(double, channel, given), "no_op": True, "already_open": True}
    return {"channel": _opened(double, channel, given)}


def history(double: Double, given: Arguments) -> Json:
    """Newest first, replies in threads left out; metadata only with include_all_metadata."""
    channel = _inside(double, given, "history")
    shown = [
        message
        for message in reversed(channel.messages)
        if message.only_for is None and not message.deleted and (not message.is_reply or message.broadcast)
    ]
    return _page_of_messages(double, shown, given)


def replies(double: Double, given: Arguments) -> Json:
    """A thread, its parent first."""
    channel = _inside(double, given, "history")
    parent = channel.find(given.required("ts", "thread_not_found"))
    if parent is None or parent.only_for is not None:
        raise ApiError("thread_not_found")
    root = parent.thread_ts or parent.ts
    thread = [
        message
        for message in channel.messages
        if message.only_for is None and not message.deleted and root in (message.ts, message.thread_ts)
    ]
    return _page_of_messages(double, thread, given)


def info(double: Double, given: Arguments) -> Json:
    channel = readable(double, given.required("channel", "channel_not_found"), "read")
    return {"channel": _shown(double, channel)}


def members(double: Double, given: Arguments) -> Json:
    channel = readable(double, given.required("channel", "channel_not_found"), "read")
    found, following = page(channel.members, given, default=100, most=1000)
    return {"members": found, "response_metadata": {"next_cursor": following}}


def list_(double: Double, given: Arguments) -> Json:
    asked = [word.strip() for word in given.text("types", "public_channel").split(",")]
    if any(word not in TYPES for word in asked):
        raise ApiError("invalid_types")
    kinds = {TYPES[word] for word in asked}
    for kind in kinds & set(FAMILY):
        need(double, f"{FAMILY[kind]}:read")
    bot = double.workspace.bot.id
    shown = [
        channel
        for channel in double.workspace.channels.values()
        if channel.kind in kinds
        and (channel.kind == "channel" or bot in channel.members)
        and not (given.flag("exclude_archived") and channel.archived)
    ]
    found, following = page(shown, given, default=100, most=1000)
    return {
        "channels": [_shown(double, channel) for channel in found],
        "response_metadata": {"next_cursor": following},
    }


def join(double: Double, given: Arguments) -> Json:
    channel = double.workspace.channels.get(given.required("channel", "channel_not_found"))
    if channel is None or channel.kind == "private":
        raise ApiError("channel_not_found")
    if channel.kind == "dm":
        raise ApiError("method_not_supported_for_channel_type")
    if channel.archived:
        raise ApiError("is_archived")
    bot = double.workspace.bot.id
    if bot in channel.members:
        return {"channel": _shown(double, channel), "warning": "already_in_channel"}
    double.join(channel, bot)
    return {"channel": _shown(double, channel)}


def _inside(double: Double, given: Arguments, right: str) -> Channel:
    channel = readable(double, given.required("channel", "channel_not_found"), right)
    if channel.kind != "dm" and double.workspace.bot.id not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def _opened(double: Double, channel: Channel, given: Arguments) -> Json:
    return _shown(double, channel) if given.flag("return_im") else {"id": channel.id}


def _shown(double: Double, channel: Channel) -> Json:
    return channel.as_slack(double.workspace.bot.id, double.clock.now())


def _page_of_messages(double: Double, messages: list[PostedMessage], given: Arguments) -> Json:
    inclusive = given.flag("inclusive")
    oldest, latest = _bound(given, "oldest"), _bound(given, "latest")
    within = [
        message
        for message in messages
        if (
            oldest is None
            or ts_micros(message.ts) > oldest
            or (inclusive and ts_micros(message.ts) == oldest)
        )
        and (
            latest is None
            or ts_micros(message.ts) < latest
            or (inclusive and ts_micros(message.ts) == latest)
        )
    ]
    found, following = page(within, given, default=HISTORY_DEFAULT, most=HISTORY_MOST)
    team, app = double.workspace.team_id, double.workspace.app_id
    with_metadata = given.flag("include_all_metadata")
    answer: Json = {
        "messages": [message.as_slack(team, app, with_metadata=with_metadata) for message in found],
        "has_more": bool(following),
        "pin_count": 0,
    }
    return answer | ({"response_metadata": {"next_cursor": following}} if following else {})


def _bound(given: Arguments, name: str) -> int | None:
    text = given.text(name)
    if text in ("", "0", "now"):
        return None
    try:
        return ts_micros(text)
    except ValueError:
        raise ApiError(f"invalid_ts_{name}") from None
