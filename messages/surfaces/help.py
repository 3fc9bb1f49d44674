"""Help: every command in a line, and how one is used."""

from collections.abc import Sequence

from messages.blocks import Message, context, line_sections, message_of, section
from messages.formatting import Mrkdwn, words
from messages.replies import CommandUsage


def usage(command: CommandUsage) -> Message:
    """Show how one command is used, in as many paragraphs as its words take."""
    said = words("surfaces/help", "usage", command=command)
    return message_of(line_sections([Mrkdwn(one) for one in said.splitlines()]))


def overview(
    commands: Sequence[CommandUsage],
    unknown: str = "",
    awaited: Mrkdwn | None = None,
    *,
    mentions: bool = True,
) -> Message:
    """Show every command in a line; `unknown` is what was typed and is none of them, `awaited` what Slack lacks yet.

    `mentions` says whether Slack tells us of mentions in channels.
    """
    text = words("surfaces/help", "overview_text", count=len(commands), unknown=unknown)
    return message_of(
        [
            section(text),
            section(words("surfaces/help", "overview", commands=commands)),
            *([context(awaited)] if awaited is not None else []),
            context(words("surfaces/help", "overview_hint", mentions=mentions)),
        ],
    )
