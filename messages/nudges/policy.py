"""The policy in words: what comes less often, and the off switch under every message."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from messages.blocks import Message, actions, context, section
from messages.elements import button, option, overflow_menu
from messages.formatting import words
from sales.nudges.kind import NudgeKind

KEEP = "nudging.keep"
MENU = "nudging.menu"

WHY, MUTE, TOMORROW, MONDAY, SETTINGS = "why", "mute", "tomorrow", "monday", "settings"

SWITCHES = 3  # and pauses: Slack shows five choices at most, one of which says why and one opens the settings
FOOT = "nudge:foot"  # block ids, by which a message that was sent is taken apart again
LESS_OFTEN = "nudge:less_often"


def backing_off(message: Message, kind: NudgeKind, weekly: str) -> Message:
    """Say below a message that its kind comes less often from now on, with the way to keep it."""
    text = words("nudges/policy", "backs_off", kind=kind, weekly=weekly)
    keep = section(text, button("Keep it daily", KEEP, kind.key), block_id=LESS_OFTEN)
    return replace(message, blocks=[*message.blocks, *[keep]])


def kept_daily(message: Message, kind: NudgeKind) -> Message:
    """Show the same message with the word that its kind comes as often as before."""
    stays = context(words("nudges/policy", "stays", kind=kind))
    blocks = [stays if block.get("block_id") == LESS_OFTEN else block for block in message.blocks]
    return Message(message.text, blocks)


def signed(message: Message, *kinds: NudgeKind) -> Message:
    """Put under a message its own off switch: why it came, not this kind again, not now.

    One that several came in has a switch for each kind of theirs; pauses give way to them, and where even then there is
    no room the settings have them all.
    """
    off = [
        (f"Switch off: {kind.name}", f"{MUTE}:{kind.key}") for kind in dict.fromkeys(kinds) if kind.mutable
    ]
    off = off if len(off) <= SWITCHES else []
    pauses = [("Pause until tomorrow", TOMORROW), ("Pause until Monday", MONDAY)][: SWITCHES - len(off)]
    choices = [("Why this message?", WHY), *off, *pauses, ("My settings", SETTINGS)]
    menu = overflow_menu(MENU, [option(label, value) for label, value in choices])
    return replace(message, blocks=[*body(message.blocks), actions(menu, block_id=FOOT)])


def body(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a message's blocks without its off switch."""
    return [block for block in blocks if block.get("block_id") != FOOT]
