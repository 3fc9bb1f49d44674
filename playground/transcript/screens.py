"""Whole messages, modals and Homes as text."""

from playground.channels import PostedMessage
from playground.transcript.blocks import Sight, read_blocks
from playground.transcript.mrkdwn import MrkdwnReader, read
from playground.views import View, state_values

ONLY_YOU = " (only visible to you)"


def read_message(message: PostedMessage, reader: MrkdwnReader) -> str:
    """`Rainmaker: …`, as the reader sees it; blocks take the place of the text, as in Slack."""
    author = reader.workspace.people.get(message.user)
    name = author.shown_as if author else message.user
    note = ONLY_YOU if message.only_for else ""
    edited = " (edited)" if message.edited_ts else ""
    return f"{name}{note}: {read_body(message, reader)}{edited}"


def read_body(message: PostedMessage, reader: MrkdwnReader) -> str:
    """The message without its author."""
    lines = []
    if message.blocks:
        values = state_values(message.blocks, message.entered.get(reader.person.id, {}))
        lines = read_blocks(message.blocks, Sight(reader, values))
    elif message.text or not message.files:
        lines = [read(message.text, reader)]
    lines += [
        f"(file {one.name})" if not one.deleted else "(a file that was deleted)" for one in message.files
    ]
    for attachment in message.attachments or []:
        lines += [
            read(attachment.get(name, ""), reader)
            for name in ("pretext", "title", "text")
            if attachment.get(name)
        ]
        if attachment.get("blocks"):
            lines += read_blocks(attachment["blocks"], Sight(reader, {}))
    if message.warning and message.warning != message.text:
        lines.append(f"⚠ {message.warning}")
    return "\n".join(lines)


def read_view(view: View, reader: MrkdwnReader) -> str:
    """Title, content, then the two buttons at the foot; a Home has neither."""
    lines = [view.payload["title"]["text"]] if view.kind == "modal" else []
    if view.warning:
        lines.append(f"⚠ {view.warning}")
    lines += read_blocks(view.blocks, Sight(reader, view.values(), view.errors))
    if view.kind == "modal":
        close = (view.payload.get("close") or {}).get("text", "Cancel")
        submit = (view.payload.get("submit") or {}).get("text")
        lines.append(" ".join([f"[{close}]", *([f"[{submit}]"] if submit else [])]))
    return "\n".join(lines)
