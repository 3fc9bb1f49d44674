"""Bundles: several messages to one person in one, and taken apart again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from messages.blocks import (
    ITEMS,
    MESSAGE_BLOCKS,
    Block,
    Message,
    context,
    first_line,
    fitted,
    marked,
    message_of,
    named_once,
    section,
)
from messages.formatting import Mrkdwn, cut, words
from messages.nudges.policy import body
from messages.room import BODY, weight
from sales.nudges.kind import NudgeKind

PART = "part:"
ABOVE = ">"  # after the id of the first message, which stands above the name of the second without its own
ROOM = MESSAGE_BLOCKS - 1  # the menu under it takes one
NAMED = 200  # characters of JSON for the name above a message
SENTENCE = 500  # characters; ten messages that say one each fit


@dataclass(frozen=True)
class BundledMessage:
    """One of several messages that come as one: the ledger's id for it, its kind, and what it says."""

    id: str
    kind: NudgeKind
    message: Message


def bundled(parts: Sequence[BundledMessage]) -> Message:
    """Put several messages into one, each under its name.

    The first line is that of the first, with how many more there are. What brings up nothing that another does not list
    stands in that list alone. Should they not fit into Slack's limit together, the longest say their sentence alone.
    """
    inside = covered(parts)
    parts = [*(one for one in parts if one.id not in inside), *(one for one in parts if one.id in inside)]
    more = len(parts) - len(inside) - 1
    whole = {part.id for part in parts}
    for longest in sorted(parts, key=lambda part: weight(part.message.blocks), reverse=True):
        said = [said_by(part, whole, inside) for part in parts]
        if sum(1 + len(one) for one in said) >= ROOM or sum(NAMED + weight(one) for one in said) > BODY:
            whole.discard(longest.id)
    blocks: list[Block] = []
    for at, part in enumerate(parts):
        named = context(words("nudges/bundle", "part", kind=part.kind, inside=part.id in inside))
        said_there = said_by(part, whole, inside)
        if not at:
            blocks += counting(said_there, part, more)
            continue
        above = f"{parts[0].id}{ABOVE}" if at == 1 else ""
        blocks += [{**named, "block_id": f"{PART}{above}{part.id}"}, *said_there]
    blocks = named_once(asked_once(blocks))
    why = "\n".join(f"{part.kind.name}: {part.message.why}" for part in parts)
    return Message(first_line(blocks), fitted(blocks, ROOM, BODY), why)


def covered(parts: Sequence[BundledMessage]) -> set[str]:
    """Return those that bring up only what another one lists; of two alike a list stays, else the first."""
    held = [(set(marked(part.message.blocks)), is_list(part), -at) for at, part in enumerate(parts)]
    return {
        part.id
        for part, one in zip(parts, held, strict=True)
        if one[0] and any(one[0] < other[0] or (one[0] == other[0] and one[1:] < other[1:]) for other in held)
    }


def is_list(part: BundledMessage) -> bool:
    """Say whether a message brings its promises up as boxes to tick."""
    return any(str(block.get("block_id", "")).startswith(f"{ITEMS}:") for block in part.message.blocks)


def said_by(part: BundledMessage, whole: Collection[str], inside: Collection[str]) -> list[Block]:
    """Return what a part says: itself, its sentence where there is no room, nothing where another lists it."""
    if part.id in inside:
        return []
    return part.message.blocks if part.id in whole else short(part)


def counting(blocks: Sequence[Block], part: BundledMessage, more: int) -> list[Block]:
    """Return the first part with how many more there are at the end of its first line."""
    if not more:
        return list(blocks)
    if not blocks or blocks[0]["type"] != "section" or "text" not in blocks[0]:
        said = words("nudges/bundle", "first", line=Mrkdwn(part.message.text), more=more)
        return [section(said), *blocks]
    first, (line, gap, rest) = blocks[0], str(blocks[0]["text"]["text"]).partition("\n")
    said = words("nudges/bundle", "first", line=Mrkdwn(line), more=more)
    return [{**first, "text": {**first["text"], "text": f"{said}{gap}{rest}"}}, *blocks[1:]]


def short(part: BundledMessage) -> list[dict[str, Any]]:
    """Return what a message says in one sentence, as far as a tenth of the whole allows."""
    return [section(cut(part.message.text, SENTENCE))]


def asked_once(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return blocks in which a follow-up that two parts list has its row of buttons once, where it comes first."""
    found: list[dict[str, Any]] = []
    asked: set[str] = set()
    item = ""
    for block in blocks:
        if block["type"] == "actions" and item:
            if item in asked:
                item = ""
                continue
            asked.add(item)
        item = str(block.get("block_id", "")) if marked([block]) else ""
        found.append(block)
    return found


def parts_in(blocks: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the blocks of each of several messages that came as one, by the ledger's id; empty for a single one."""
    found: dict[str, list[dict[str, Any]]] = {}
    current: list[dict[str, Any]] = []
    for block in body(list(blocks)):
        block_id = str(block.get("block_id", ""))
        if block_id.startswith(PART):
            first, above, part = block_id.removeprefix(PART).rpartition(ABOVE)
            if above:
                found[first] = current
            current = found.setdefault(part, [])
        else:
            current.append(block)
    return found


def items_in(message_id: str, blocks: Sequence[dict[str, Any]]) -> dict[str, list[int]]:
    """Return which follow-ups a message lists, by the ledger's id: of each part, where several came as one."""
    parts = parts_in(blocks) or {message_id: list(blocks)}
    return {part: marked(held) for part, held in parts.items()}


def listed(parts: Mapping[str, Sequence[dict[str, Any]]]) -> str:
    """Return which follow-ups each part lists, in a form that a modal can keep."""
    return ";".join(f"{part}={'.'.join(map(str, marked(blocks)))}" for part, blocks in parts.items())


def read_listed(text: str) -> dict[str, list[int]]:
    """Return what `listed` wrote."""
    pairs = (pair.partition("=") for pair in text.split(";") if pair)
    return {part: [int(one) for one in ids.split(".") if one] for part, _, ids in pairs}


def not_now(reason: str) -> Message:
    """Stand in for a part that has nothing to say any more."""
    return message_of(words("nudges/bundle", "not_now", reason=reason))
