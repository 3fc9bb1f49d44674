"""Finding a button, menu or field the way a person does: by what it says and what stands near it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playground.channels import Channel, PostedMessage
from playground.transcript.blocks import Sight, read_blocks
from playground.transcript.elements import choices
from playground.transcript.mrkdwn import MrkdwnReader
from playground.views import Values, View, elements, inner_blocks

Json = dict[str, Any]

BUTTONS = ("button", "workflow_button", "icon_button", "feedback_buttons")


class NotSeen(LookupError):
    """What was asked for is not on the person's screen; the text says what is."""


@dataclass(frozen=True)
class VisibleSurface:
    """One thing with blocks the person looks at: a message in its channel, a modal, or the Home."""

    blocks: list[Json]
    values: Values
    channel: Channel | None = None
    message: PostedMessage | None = None
    view: View | None = None


@dataclass(frozen=True)
class Found:
    """An element, the block it stands in, and the surface they are on."""

    surface: VisibleSurface
    block: Json
    element: Json


def find_button(
    surfaces: list[VisibleSurface], label: str, near: str | None, reader: MrkdwnReader
) -> Found | None:
    """The button that reads `label` on the first surface that has it, the one closest to the text `near`.

    Raises NotSeen when several stand there and `near` does not tell which.
    """
    for surface in surfaces:
        hits = [Found(surface, *pair) for pair in elements(surface.blocks) if label in _labels(pair[1])]
        chosen = _closest(hits, near, reader, f"buttons ‘{label}’")
        if chosen is not None:
            return chosen
    return None


def find_field(
    surfaces: list[VisibleSurface], label: str, near: str | None, reader: MrkdwnReader
) -> Found | None:
    """The menu or field called `label`: by the input's label, the placeholder, or the text it stands beside.

    An exact name goes before a part of one. Raises NotSeen when several fit and `near` does not tell which.
    """
    for exact in (True, False):
        for surface in surfaces:
            fields = [(block, one) for block, one in elements(surface.blocks) if one["type"] not in BUTTONS]
            hits = [Found(surface, *pair) for pair in fields if _named(pair, label, exact, reader)]
            chosen = _closest(hits, near, reader, f"fields ‘{label}’")
            if chosen is not None:
                return chosen
    return None


def find_box(surfaces: list[VisibleSurface], words: str) -> tuple[Found, Json] | None:
    """The box to tick whose text holds `words`, and the element it is an option of, on the first surface that has it.

    Raises NotSeen where several fit.
    """
    for surface in surfaces:
        boxes = [pair for pair in elements(surface.blocks) if pair[1]["type"] == "checkboxes"]
        hits = [
            (Found(surface, *pair), one)
            for pair in boxes
            for one in pair[1]["options"]
            if words in one["text"]["text"].replace("*", "")
        ]
        if len(hits) > 1:
            raise NotSeen(f"{len(hits)} boxes there say ‘{words}’. Say more of one.")
        if hits:
            return hits[0]
    return None


def option(element: Json, wanted: str) -> Json | None:
    """The option that reads `wanted`; failing that, whose value is `wanted`."""
    offered = choices(element)
    by_text = [one for one in offered if one["text"]["text"] == wanted]
    by_value = [one for one in offered if one.get("value") == wanted]
    return next(iter(by_text + by_value), None)


def seen_text(surface: VisibleSurface, reader: MrkdwnReader) -> str:
    return "\n".join(read_blocks(surface.blocks, Sight(reader, surface.values)))


def _labels(element: Json) -> list[str]:
    if element["type"] == "feedback_buttons":
        return [element[name]["text"]["text"] for name in ("positive_button", "negative_button")]
    return [element["text"]["text"]] if element["type"] in BUTTONS else []


def _named(pair: tuple[Json, Json], label: str, exact: bool, reader: MrkdwnReader) -> bool:
    return any(label == name if exact else label in name for name in _names(*pair, reader))


def _names(block: Json, element: Json, reader: MrkdwnReader) -> Iterator[str]:
    if block["type"] == "input":
        yield block["label"]["text"]
    if element.get("placeholder"):
        yield element["placeholder"]["text"]
    if block["type"] == "section":
        yield "\n".join(read_blocks([{**block, "accessory": {"type": "image"}}], Sight(reader, {})))
    if element["type"] == "overflow":
        yield "⋯"


def _closest(hits: list[Found], near: str | None, reader: MrkdwnReader, what: str) -> Found | None:
    """The hit nearest to a block that says `near`; the block before a hit is nearer than the one after it."""
    if not hits:
        return None
    if near is None:
        if len(hits) > 1:
            raise NotSeen(f"There are {len(hits)} {what} there. Say which with near=“…”.")
        return hits[0]
    surface = hits[0].surface
    blocks = list(inner_blocks(surface.blocks))
    said = [
        at
        for at, block in enumerate(blocks)
        if near in "\n".join(read_blocks([block], Sight(reader, surface.values)))
    ]
    if not said:
        return None
    places = {id(block): at for at, block in enumerate(blocks)}

    def distance(hit: Found) -> float:
        here = places[id(hit.block)]
        return min((here - at) if at <= here else (at - here) + 0.5 for at in said)

    return min(hits, key=distance)
