"""Answers that need no token: in the ack of a command, and to a response_url."""

from typing import Any

from playground.api.arguments import Arguments
from playground.api.content import content
from playground.double import Double
from playground.tickets import Hook

Json = dict[str, Any]


def answer_hook(double: Double, hook: Hook, given: Json) -> None:
    """Post, replace or delete as a response_url does. Raises ApiError when Slack would refuse the content."""
    arguments = Arguments(given)
    channel = double.workspace.channels[hook.channel]
    original = channel.find(hook.ts) if hook.ts else None
    if arguments.flag("delete_original"):
        if original is not None:
            double.delete(channel, original)
        return
    said = content(arguments)
    if arguments.flag("replace_original") and original is not None:
        double.bot_edits(channel, original, said)
        return
    public = arguments.text("response_type") == "in_channel"
    thread = arguments.text("thread_ts") or None
    double.bot_posts(
        channel, "response_url", only_for=None if public else hook.person, thread_ts=thread, **said
    )


def answer_ack(double: Double, hook: Hook, payload: Json | None) -> None:
    """What a command's ack says, if anything. Raises ApiError when Slack would refuse it."""
    if payload and (payload.get("text") or payload.get("blocks") or payload.get("attachments")):
        answer_hook(double, hook, {**payload, "replace_original": False, "delete_original": False})
