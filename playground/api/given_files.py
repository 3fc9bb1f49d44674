"""files.*: what an app gives, in Slack's three steps."""

import secrets
from typing import Any

from playground.api.access import postable
from playground.api.arguments import ApiError, Arguments
from playground.double import Double
from playground.files import File
from playground.givings import Giving

Json = dict[str, Any]

LONGEST_SAID = 4_000


def begin(double: Double, given: Arguments) -> Json:
    """An address for the content of a file whose name and length are told."""
    name = given.required("filename")
    try:
        length = int(given.text("length"))
    except ValueError:
        raise ApiError("invalid_arguments") from None
    if length <= 0:
        raise ApiError("invalid_arguments")
    giving = Giving(f"F{double.workspace.number():08d}", secrets.token_urlsafe(16), name, length)
    double.givings[giving.id] = giving
    return {"upload_url": f"{double.url}/upload/{giving.ticket}", "file_id": giving.id}


def complete(double: Double, given: Arguments) -> Json:
    """Files whose content came are shared with a channel, in one message of the app's; without one they stay unseen."""
    wanted = given.json("files", "invalid_arguments")
    if not isinstance(wanted, list) or not wanted or not all(isinstance(one, dict) for one in wanted):
        raise ApiError("invalid_arguments")
    givings = [double.givings.get(str(one.get("id"))) for one in wanted]
    if any(one is None or one.content is None for one in givings):
        raise ApiError("file_not_found")
    channel = postable(double, given.text("channel_id")) if given.text("channel_id") else None
    said = given.text("initial_comment")
    if len(said) > LONGEST_SAID:
        raise ApiError("msg_too_long")
    places = [channel.id] if channel is not None else []
    files = [
        made(double, giving, str(one.get("title") or ""), places)
        for giving, one in zip(givings, wanted, strict=True)
        if giving is not None
    ]
    if channel is not None:
        double.bot_posts(channel, "files.completeUploadExternal", text=said, files=files)
    return {"files": [one.as_slack(double.workspace.team_id) for one in files]}


def made(double: Double, giving: Giving, title: str, channels: list[str]) -> File:
    """The file that a giving becomes; the giving is over."""
    workspace = double.workspace
    del double.givings[giving.id]
    workspace.files[giving.id] = File(
        giving.id,
        giving.name,
        giving.content or b"",
        workspace.bot.id,
        double.clock.now(),
        double.url,
        title=title,
        channels=channels,
    )
    return workspace.files[giving.id]
