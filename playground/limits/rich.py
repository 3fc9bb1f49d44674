"""rich_text: its parts and the inline elements in them."""

from typing import Any

from playground.limits.objects import INDENT, LINK, URL
from playground.limits.rules import (
    Report,
    Rule,
    anything,
    boolean,
    integer,
    items,
    one_of,
    shape,
    string,
    typed,
)

MANY = 10_000  # Slack names no number; the size of the whole message ends it first

_STYLE = shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean))
_MENTION_STYLE = shape(
    {},
    dict.fromkeys(("bold", "italic", "strike", "highlight", "client_highlight", "unlink", "code"), boolean),
)

INLINE: dict[str, Rule] = {
    "text": shape({"text": string(MANY)}, {"style": _STYLE}),
    "link": shape({"url": LINK}, {"text": string(MANY, 0), "unsafe": boolean, "style": _STYLE}),
    "emoji": shape({"name": string(255)}, {"unicode": anything, "skin_tone": integer(1, 6), "url": URL}),
    "user": shape({"user_id": string(255)}, {"style": _MENTION_STYLE}),
    "channel": shape({"channel_id": string(255)}, {"style": _MENTION_STYLE}),
    "usergroup": shape({"usergroup_id": string(255)}, {"style": _MENTION_STYLE}),
    "broadcast": shape({"range": one_of("here", "channel", "everyone")}, {"style": _STYLE}),
    "date": shape(
        {"timestamp": integer(0), "format": string(255)},
        {"url": LINK, "fallback": string(255), "style": _STYLE},
    ),
    "color": shape({"value": string(7)}),
}

_INLINE = items(typed(INLINE), 0, MANY)
_SECTION = shape({"elements": _INLINE})
_BORDER = integer(0, 1)

PARTS: dict[str, Rule] = {
    "rich_text_section": _SECTION,
    "rich_text_preformatted": shape({"elements": _INLINE}, {"border": _BORDER, "language": string(40)}),
    "rich_text_quote": shape({"elements": _INLINE}, {"border": _BORDER}),
    "rich_text_list": shape(
        {
            "style": one_of("bullet", "ordered"),
            "elements": items(typed({"rich_text_section": _SECTION}), 1, MANY),
        },
        {"indent": INDENT, "offset": integer(0), "border": _BORDER},
    ),
}

RICH_TEXT = shape({"elements": items(typed(PARTS), 1, MANY)}, {"block_id": string(255)})
RICH_TEXT_OBJECT = typed({"rich_text": RICH_TEXT})


def text_length(value: Any) -> int:
    """Characters in every `text` inside a structure: what Slack counts in tables."""
    if isinstance(value, dict):
        own = value.get("text")
        inside = sum(text_length(item) for name, item in value.items() if name != "text")
        return inside + (len(own) if isinstance(own, str) else text_length(own))
    return sum(text_length(item) for item in value) if isinstance(value, list) else 0


def no_longer_than(most: int, name: str) -> Rule:
    def check(value: Any, path: str, report: Report) -> None:
        if text_length(value[name]) > most:
            report.add(f"{path}/{name}", f"must hold less than {most + 1} characters in all")

    return check
