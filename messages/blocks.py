"""Blocks by the names we use for them: plain dicts, cut to Slack's limits. Tests hold them to slackblocks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from messages.elements import Element, plain, said
from messages.formatting import Mrkdwn, cut, entities, escaped, unmarked, words
from messages.room import BODY, VIEW_WEIGHT, weight
from sales.language.typed_text import shorten

Block = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
SECTION_LENGTH = 3000
HEADER_LENGTH = 150
TITLE_LENGTH = 24
GLANCE = 200  # characters of a notification; a locked phone shows fewer
SENTENCE = re.compile(r"[.?](?=\s)")
# What the ids of blocks begin with that show one follow-up, a list to tick, or a question about several.
ITEM, ITEMS, SEVERAL = "item", "items", "several"


@dataclass(frozen=True)
class Message:
    """What is posted: the line for notifications and screen readers, and the blocks it is the first line of.

    `why` names the facts it was made from, for `/why`; empty where those known beforehand say it all. `alone` is the
    ledger's id of the message it is, where several were to come as one and the others had nothing to say.
    """

    text: str
    blocks: list[Block] = field(default_factory=list)
    why: str = ""
    alone: str = ""


def message_of(body: str | Sequence[Block]) -> Message:
    """Build a message of blocks, or of one text: markup already, or plain words that are escaped here.

    A notification shows its first line, so that it never says what the message does not.
    """
    shown = fitted([section(body)] if isinstance(body, str) else body, MESSAGE_BLOCKS, BODY)
    return Message(first_line(shown), shown)


def first_line(blocks: Sequence[Block]) -> Mrkdwn:
    """Return the first line that is read of some blocks, without marks; a heading only where nothing stands below it.

    One that is longer than a glance stops after a sentence, else with an ellipsis.
    """
    lines = [line for block in blocks for line in read_lines(block)]
    headings = [entities(" ".join(one["text"]["text"].split())) for one in blocks if one["type"] == "header"]
    said = next(iter([*lines, *headings]), Mrkdwn())
    if len(said) <= GLANCE:
        return said
    whole = [end for end in map(re.Match.end, SENTENCE.finditer(said)) if end <= GLANCE]
    return Mrkdwn(said[: whole[-1]]) if whole else cut(said, GLANCE)


def read_lines(block: Block) -> list[Mrkdwn]:
    """Return the lines of a block that are sentences, without marks; nothing of a heading, a button or a table."""
    if block["type"] == "section":
        texts = [*([block["text"]] if "text" in block else []), *block.get("fields", [])]
    else:
        texts = block["elements"] if block["type"] == "context" else []
    said = [
        unmarked(one["text"]) if one["type"] == "mrkdwn" else entities(one["text"])
        for one in texts
        if "text" in one
    ]
    return [Mrkdwn(line) for text in said for line in text.splitlines() if line.strip()]


def fitted(blocks: Sequence[Block], count: int, most: int) -> list[Block]:
    """Return blocks as far as Slack takes them together; lists have pages, what else does not fit says so."""
    if len(blocks) <= count and weight(blocks) <= most:
        return list(blocks)
    note = context(words("replies", "left_out"))
    found: list[Block] = []
    room = most - weight([note])
    for block in blocks:
        room -= weight([block])
        if room < 0 or len(found) == count - 1:
            break
        found.append(block)
    return [*found, note]


def modal_of(
    title: str,
    blocks: Sequence[Block],
    *,
    callback_id: str = "",
    submit: str | None = None,
    close: str = "Cancel",
    private: str = "",
) -> dict[str, Any]:
    """Build a modal view."""
    return {
        "type": "modal",
        "title": plain(shorten(title, TITLE_LENGTH)),
        "blocks": fitted(blocks, VIEW_BLOCKS, VIEW_WEIGHT),
        "close": plain(close),
        **said(
            callback_id=callback_id or None,
            submit=plain(submit) if submit else None,
            private_metadata=private or None,
        ),
    }


def home_view(blocks: Sequence[Block]) -> dict[str, Any]:
    """Build the App Home view."""
    return {"type": "home", "blocks": fitted(blocks, VIEW_BLOCKS, VIEW_WEIGHT)}


def mrkdwn(text: str) -> dict[str, Any]:
    """Return text as Slack markup, escaped unless it is markup already, with no automatic links."""
    return {"type": "mrkdwn", "text": cut(escaped(text), SECTION_LENGTH), "verbatim": True}


def section(text: str, accessory: Element | None = None, block_id: str | None = None) -> Block:
    return {"type": "section", "text": mrkdwn(text), **said(accessory=accessory, block_id=block_id)}


def line_sections(lines: Sequence[str]) -> list[Block]:
    """Put lines into as few sections as hold them; none is lost, one alone that is too long is cut."""
    found: list[str] = []
    for line in map(escaped, lines):
        together = f"{found[-1]}\n{line}" if found else line
        if found and len(together) <= SECTION_LENGTH:
            found[-1] = together
        else:
            found.append(line)
    return [section(Mrkdwn(one)) for one in found]


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def plain_context(*texts: str) -> Block:
    """Small words that are somebody's own: shown as they were typed."""
    return {"type": "context", "elements": [plain(text) for text in texts]}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(shorten(text, HEADER_LENGTH))}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Element, block_id: str | None = None) -> Block:
    return {"type": "actions", "elements": list(elements), **said(block_id=block_id)}


def field_input(
    label: str,
    element: Element,
    block_id: str,
    *,
    hint: str | None = None,
    optional: bool = False,
    tells: bool = False,
) -> Block:
    """An input whose block id names the field, so that an error lands under it.

    One that `tells` says at once what was chosen, or typed and confirmed with Enter; the others wait for submit.
    """
    rest = said(hint=plain(hint) if hint else None, dispatch_action=tells, optional=optional)
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **rest}


def joined(parts: Sequence[str], separator: str = "\n") -> Mrkdwn:
    """Join texts into one, escaping those that are not markup yet."""
    return Mrkdwn(separator.join(escaped(part) for part in parts))


def marked(blocks: Sequence[Block]) -> list[int]:
    """Return the ids of the follow-ups a message shows, in order: alone, as boxes of a list, or asked about at once."""
    found: list[int] = []
    for block in blocks:
        kind, _, number = str(block.get("block_id", "")).partition(":")
        if kind == ITEM:
            found.append(int(number))
        elif kind == ITEMS:
            found += [int(one["value"]) for element in block["elements"] for one in element["options"]]
        elif kind == SEVERAL:
            found += [int(one) for one in number.split(".")]
    return found


def named_once(blocks: Sequence[Block]) -> list[Block]:
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
