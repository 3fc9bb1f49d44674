"""Answers that need no token: in the ack of a command, and to a response_url."""

from typing import Any

from playground import limits
from playground.api.arguments import ApiError, Arguments
from playground.double import Double
from playground.tickets import Hook

Json = dict[str, Any]

TEXT_LIMIT = 40_000


def answer_hook(double: Double, hook: Hook, given: Json) -> None:
    """Post, replace or delete as a response_url does. Raises ApiError when Slack would refuse the content."""
    arguments = Arguments(given)
    channel = double.workspace.channels[hook.channel]
    original = channel.find(hook.ts) if hook.ts else None
    if arguments.flag("delete_original"):
        if original is not None:
            double.delete(channel, original)
        return
    content = _content(arguments)
    if arguments.flag("replace_original") and original is not None:
        double.bot_edits(channel, original, content)
        return
    public = arguments.text("response_type") == "in_channel"
    thread = arguments.text("thread_ts") or None
    double.bot_posts(
        channel, "response_url", only_for=None if public else hook.person, thread_ts=thread, **content
    )


def answer_ack(double: Double, hook: Hook, payload: Json | None) -> None:
    """What a command's ack says, if anything. Raises ApiError when Slack would refuse it."""
    if payload and (payload.get("text") or payload.get("blocks") or payload.get("attachments")):
        answer_hook(double, hook, {**payload, "replace_original": False, "delete_original": False})


def _content(arguments: Arguments) -> Json:
    text = arguments.text("text")
    blocks = arguments.json("blocks", "invalid_blocks_format")
    attachments = arguments.json("attachments", "invalid_attachments")
    if not (text or blocks or attachments):
        raise ApiError("no_text")
    if len(text) > TEXT_LIMIT:
        raise ApiError("msg_too_long")
    if blocks is not None and not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    faults = limits.message_faults(blocks or [])
    if faults:
        raise ApiError("invalid_blocks", response_metadata={"messages": faults})
    if limits.too_long(blocks or []):
        raise ApiError("msg_blocks_too_long")
    return {"text": text, "blocks": blocks or None, "attachments": attachments or None}
