"""rich_text blocks as a person reads them."""

from collections.abc import Callable
from typing import Any

from playground.transcript.mrkdwn import MrkdwnReader, read

Json = dict[str, Any]


def read_rich_text(block: Json, reader: MrkdwnReader) -> list[str]:
    """Lines: lists with bullets or numbers and their indent, quotes with a bar, code as it is."""
    lines: list[str] = []
    for part in block.get("elements", []):
        lines += PARTS[part["type"]](part, reader) if part["type"] in PARTS else []
    return lines


def _inline(part: Json, reader: MrkdwnReader) -> str:
    return "".join(
        INLINE[element["type"]](element, reader)
        for element in part.get("elements", [])
        if element["type"] in INLINE
    )


def _section(part: Json, reader: MrkdwnReader) -> list[str]:
    return _inline(part, reader).strip("\n").split("\n")


def _list(part: Json, reader: MrkdwnReader) -> list[str]:
    indent = "  " * part.get("indent", 0)
    start = part.get("offset", 0) + 1
    ordered = part.get("style") == "ordered"
    return [
        f"{indent}{f'{number}.' if ordered else '•'} {_inline(item, reader)}"
        for number, item in enumerate(part["elements"], start)
    ]


def _quote(part: Json, reader: MrkdwnReader) -> list[str]:
    return [f"| {line}" for line in _inline(part, reader).split("\n")]


PARTS: dict[str, Callable[[Json, MrkdwnReader], list[str]]] = {
    "rich_text_section": _section,
    "rich_text_preformatted": _section,
    "rich_text_list": _list,
    "rich_text_quote": _quote,
}
INLINE: dict[str, Callable[[Json, MrkdwnReader], str]] = {
    "text": lambda element, reader: element["text"],
    "link": lambda element, reader: element.get("text") or element["url"],
    "emoji": lambda element, reader: f":{element['name']}:",
    "user": lambda element, reader: read(f"<@{element['user_id']}>", reader),
    "channel": lambda element, reader: read(f"<#{element['channel_id']}>", reader),
    "usergroup": lambda element, reader: read(f"<!subteam^{element['usergroup_id']}>", reader),
    "broadcast": lambda element, reader: f"@{element['range']}",
    "date": lambda element, reader: read(
        f"<!date^{element['timestamp']}^{element.get('format', '{date}')}|{element.get('fallback', '')}>",
        reader,
    ),
    "color": lambda element, reader: element["value"],
}
