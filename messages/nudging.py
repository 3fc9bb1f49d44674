"""Nudging in words: what comes less often, what is paused or switched off, and several messages in one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from slackblocks import Block, CheckboxGroup, DatePicker, OverflowMenu

from messages import kit
from messages.followup import marked
from messages.kit import Message
from messages.words import Mrkdwn, words
from sales.nudges.kind import NudgeKind

KEEP = "nudging.keep"
RESUME = "nudging.resume"
MENU = "nudging.menu"
PAUSE_UNTIL = "pause_until"
WANTED = "wanted"

WHY, MUTE, TOMORROW, MONDAY, SETTINGS = "why", "mute", "tomorrow", "monday", "settings"

FOOT = "nudge:foot"  # block ids, by which a message that was sent is taken apart again
LESS_OFTEN = "nudge:less_often"
PART = "part:"


@dataclass(frozen=True)
class Part:
    """One of several messages that come as one: the ledger's id for it, its kind, and what it says."""

    id: str
    kind: NudgeKind
    message: Message


def backing_off(message: Message, kind: NudgeKind, weekly: str) -> Message:
    """Say below a message that its kind comes less often from now on, with the way to keep it."""
    text = words("nudging", "backs_off", kind=kind, weekly=weekly)
    keep = kit.section(text, kit.button("Keep it daily", KEEP, kind.key), block_id=LESS_OFTEN)
    return replace(message, blocks=[*message.blocks, *built([keep])])


def kept_daily(message: Message, kind: NudgeKind) -> Message:
    """Show the same message with the word that its kind comes as often as before."""
    stays = built([kit.context(words("nudging", "stays", kind=kind))])[0]
    blocks = [stays if block.get("block_id") == LESS_OFTEN else block for block in message.blocks]
    return Message(message.text, blocks)


def signed(message: Message, kind: NudgeKind) -> Message:
    """Put under a message its own off switch: why it came, not this kind again, not now."""
    choices = [("Why this message?", WHY)]
    if kind.mutable:
        choices.append((f"Switch off: {kind.name}", f"{MUTE}:{kind.key}"))
    choices += [
        ("Pause until tomorrow", TOMORROW),
        ("Pause until Monday", MONDAY),
        ("My settings", SETTINGS),
    ]
    menu = OverflowMenu(MENU, [kit.option(label, value) for label, value in choices])
    return replace(message, blocks=[*body(message.blocks), *built([kit.actions(menu, block_id=FOOT)])])


def body(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a message's blocks without its off switch."""
    return [block for block in blocks if block.get("block_id") != FOOT]


def bundled(parts: Sequence[Part], *, room: int = kit.MESSAGE_BLOCKS - 1) -> Message:
    """Put several messages into one, each under its name.

    Should they not fit into Slack's limit together, the longest say their sentence alone.
    """
    opening = words("nudging", "opening", count=len(parts))
    whole = {part.id for part in parts}
    for longest in sorted(parts, key=lambda part: len(part.message.blocks), reverse=True):
        if 1 + sum(1 + (len(one.message.blocks) if one.id in whole else 1) for one in parts) > room:
            whole.discard(longest.id)
    blocks = built([kit.section(opening)])
    for part in parts:
        blocks += built([kit.context(words("nudging", "part", kind=part.kind))], f"{PART}{part.id}")
        short = built([kit.section(Mrkdwn(part.message.text))])
        blocks += part.message.blocks if part.id in whole else short
    blocks = named_once(blocks)
    text = "\n".join([opening, *(part.message.text for part in parts)])
    return Message(text, blocks, "\n".join(f"{part.kind.name}: {part.message.why}" for part in parts))


def named_once(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return blocks of which no two have the same id, as Slack wants it; the last one keeps it.

    That is the list of the evening, which is built again from its ids; a reminder knows what it is about.
    """
    last = {block.get("block_id"): at for at, block in enumerate(blocks)}
    return [
        block
        if last[block.get("block_id")] == at
        else {key: value for key, value in block.items() if key != "block_id"}
        for at, block in enumerate(blocks)
    ]


def parts_in(blocks: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the blocks of each of several messages that came as one, by the ledger's id; empty for a single one."""
    found: dict[str, list[dict[str, Any]]] = {}
    current: list[dict[str, Any]] = []
    for block in body(list(blocks)):
        block_id = str(block.get("block_id", ""))
        if block_id.startswith(PART):
            current = found.setdefault(block_id.removeprefix(PART), [])
        else:
            current.append(block)
    return found


def listed(parts: Mapping[str, Sequence[dict[str, Any]]]) -> str:
    """Return which follow-ups each part lists, in a form that a modal can keep."""
    return ";".join(f"{part}={'.'.join(map(str, marked(blocks)))}" for part, blocks in parts.items())


def read_listed(text: str) -> dict[str, list[int]]:
    """Return what `listed` wrote."""
    pairs = (pair.partition("=") for pair in text.split(";") if pair)
    return {part: [int(one) for one in ids.split(".") if one] for part, _, ids in pairs}


def not_now(reason: str) -> Message:
    """Stand in for a part that has nothing to say any more."""
    return kit.message(words("nudging", "not_now", reason=reason))


def paused(until: str) -> Message:
    """Say until when nothing comes, with the way back."""
    text = words("nudging", "paused", until=until)
    return kit.message(text, [kit.section(text, kit.button("Resume", RESUME))])


def resumed(*, was_paused: bool, off: Sequence[NudgeKind]) -> Message:
    """Say that messages come again, and what stays switched off all the same."""
    lines = [words("nudging", "resumed", was=was_paused)]
    lines += [words("nudging", "resumed_mutes", kinds=off)] if off else []
    return kit.message(kit.joined(lines))


def switched_off(kind: NudgeKind) -> Message:
    """Say that a kind does not come any more."""
    return kit.message(words("nudging", "switched_off", kind=kind))


def home_line(until: str, off: Sequence[NudgeKind]) -> list[Block]:
    """One quiet line for App Home; none while everything comes."""
    if not until and not off:
        return []
    text = words("nudging", "home", paused=until, kinds=off)
    way = kit.button("Resume", RESUME) if until else None
    return [kit.section(text, way)]


def fields(kinds: Sequence[NudgeKind], off: Collection[str], until: date | None) -> list[Block]:
    """The part of a person's own settings that says what may come, and from when on."""
    found: list[Block] = []
    if kinds:
        boxes = [kit.option(kind.name, kind.key, kind.about) for kind in kinds]
        on = [box for box, kind in zip(boxes, kinds, strict=True) if kind.key not in off]
        group = CheckboxGroup(WANTED, boxes, initial_options=on or None)
        found.append(kit.field_input("What I may send you", group, WANTED, optional=True))
    picker = DatePicker(PAUSE_UNTIL, str(until) if until else None)
    hint = words("nudging", "pause_hint")
    found.append(kit.field_input("Pause my messages until", picker, PAUSE_UNTIL, hint=hint, optional=True))
    return found


def kept(until: str, off: Sequence[NudgeKind]) -> Mrkdwn:
    """Say what is paused or switched off; empty while everything comes."""
    return words("nudging", "home", paused=until, kinds=off)


def built(blocks: Sequence[Block], block_id: str = "") -> list[dict[str, Any]]:
    """Return blocks as Slack takes them; `block_id` names the first."""
    made = kit.message("-", blocks).blocks
    return [{**made[0], "block_id": block_id}, *made[1:]] if block_id else made
