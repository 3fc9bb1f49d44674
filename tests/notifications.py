"""What a locked phone shows beside every message of a story: its first line, plain, and nothing besides."""

import html
import re
from collections.abc import Iterator
from typing import Any

from playground.channels import PostedMessage
from playground.workspace import Workspace

LONGEST = 200
TYPED = re.compile(r"<!date\^0+\^\{_\}\|([^>]*)>")  # a mark that somebody typed, which is no mark of ours
OURS = re.compile(r"[*_~`\s]+")


def astray(workspace: Workspace) -> list[str]:
    """Return what the bot's messages push to a phone that is not the first line of what they show."""
    return [
        message.text
        for channel in workspace.channels.values()
        for message in channel.messages
        if message.user == workspace.bot.id and message.blocks and not fits(message)
    ]


def fits(message: PostedMessage) -> bool:
    """Say whether a message's text is its first line, or the one under its heading, as far as a glance takes it."""
    pushed = read(message.text).removesuffix("…")
    lines = list(first_lines(message.blocks or []))
    return (
        bool(message.text) and len(message.text) <= LONGEST and any(line.startswith(pushed) for line in lines)
    )


def first_lines(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        texts = [block.get("text"), *block.get("fields", [])]
        texts += block["elements"] if block["type"] == "context" else []
        said = [one["text"] for one in texts if one]
        if said:
            yield read(said[0].strip().splitlines()[0])
            if block["type"] != "header":
                return


def read(text: str) -> str:
    """Return a text without marks of ours, entities and gaps; a mark that was typed is gone on both sides alike."""
    return html.unescape(OURS.sub("", TYPED.sub(r"\1", text)))
