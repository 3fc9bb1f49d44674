"""What is too much for Slack, in a sentence for whoever looks at the page, always with the limit."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from playground.limits.surfaces import MESSAGE_BLOCKS, VIEW_BLOCKS, VIEW_BYTES

Json = dict[str, Any]

FALLBACK_CHARACTERS = 4_000  # what Slack's pages ask for beside blocks; it cuts at 40,000
MOST_JSON = 13_000  # 13,297 were refused in one public report; whether text or JSON is measured, nobody says
SECTION_CHARACTERS = 3_000
NEARLY = 0.9  # from here on the limit is named before it is met

_FAULT = re.compile(r"^\[ERROR\] (.+?)(?: \[json-pointer:(.+)\])?$")
_SURFACE = {"/view": "Home or a form", "/blocks": "a message"}


def heavy(text: str, blocks: list[Json] | None) -> list[str]:
    """What Slack takes today and may refuse tomorrow: its measures of a message are not published."""
    found = []
    if len(text) > FALLBACK_CHARACTERS:
        found.append(f"has {len(text):,} characters of text; Slack asks for {FALLBACK_CHARACTERS:,}")
    weight = len(json.dumps(blocks or [], ensure_ascii=False))
    if weight > MOST_JSON:
        found.append(f"has {weight:,} characters of blocks as JSON; above {MOST_JSON:,} is a risk")
    return found


def near_the_limit(blocks: list[Json], *, view: bool) -> list[str]:
    """What still fits, but only just."""
    most = VIEW_BLOCKS if view else MESSAGE_BLOCKS
    found = [f"{len(blocks)} blocks of the {most} Slack takes"] if len(blocks) >= most * NEARLY else []
    for number, block in enumerate(blocks, 1):
        length = len((block.get("text") or {}).get("text", "")) if block.get("type") == "section" else 0
        if length >= SECTION_CHARACTERS * NEARLY:
            found.append(
                f"block {number}: {length:,} characters of the {SECTION_CHARACTERS:,} a section takes"
            )
    if view:
        weight = len(json.dumps(blocks, ensure_ascii=False).encode())
        if weight >= VIEW_BYTES * NEARLY:
            found.append(f"{weight:,} bytes of the {VIEW_BYTES:,} a view may weigh")
    return found


def worded(fault: str) -> str:
    """One of Slack's faults in plain words: which block, which part of it, and the limit."""
    match = _FAULT.match(fault)
    if match is None:
        return fault
    said, pointer = match[1], match[2] or ""
    for pattern, words in WORDS:
        found = re.fullmatch(pattern, said)
        if found is not None:
            said = words(found, pointer)
            break
    place = ", ".join(_place(pointer))
    return f"{place}: {said}" if place else said


def _place(pointer: str) -> Iterator[str]:
    """“block 2”, “options”: what a JSON pointer points to, counted from one."""
    parts = pointer.removeprefix("/view").removeprefix("/blocks").strip("/").split("/")
    if parts and parts[0].isdigit():
        yield f"block {int(parts.pop(0)) + 1}"
    named = [part for part in parts if part and not part.isdigit() and part != "type"]
    if named:
        yield " ".join(dict.fromkeys(named)).replace("_", " ")
    elif pointer.removeprefix("/view") == "/blocks":
        yield "blocks"


def _surface(pointer: str) -> str:
    return next((name for start, name in _SURFACE.items() if pointer.startswith(start)), "this place")


WORDS: tuple[tuple[str, Callable[[re.Match[str], str], str]], ...] = (
    (
        r"must be less than (\d+) characters",
        lambda match, _: f"Slack takes at most {int(match[1]) - 1:,} characters",
    ),
    (r"no more than (\d+) items allowed", lambda match, _: f"Slack takes at most {int(match[1]):,}"),
    (r"no fewer than (\d+) items allowed", lambda match, _: f"Slack wants at least {int(match[1]):,}"),
    (
        r"unsupported type: (\w+)",
        lambda match, pointer: f"{match[1].replace('_', ' ')} cannot stand in {_surface(pointer)}",
    ),
)
