"""Every block type as lines of text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from playground.transcript.elements import read_element, read_text
from playground.transcript.mrkdwn import MrkdwnReader
from playground.transcript.rich import read_rich_text
from playground.transcript.tables import read_chart, read_data_table, read_table
from playground.views import Values

Json = dict[str, Any]
Lines = list[str]

RULE = "———"


@dataclass(frozen=True)
class Sight:
    """What the reader has in front of them besides the blocks: entered values and field errors."""

    reader: MrkdwnReader
    values: Values
    errors: dict[str, str] = field(default_factory=dict)


def read_blocks(blocks: list[Json], sight: Sight) -> Lines:
    """The lines a person reads, top to bottom."""
    lines: Lines = []
    for block in blocks:
        read = READERS.get(block["type"])
        lines += read(block, sight) if read is not None else [f"(a {block['type']} block)"]
    return [line for line in lines if line.strip()]


def inputs_shown(blocks: list[Json]) -> Iterator[tuple[str, Json]]:
    """(label, input block) for every field, in order."""
    for block in blocks:
        if block["type"] == "input":
            yield block["label"]["text"], block


def _elements(elements: list[Json], block: Json, sight: Sight) -> str:
    shown = (
        read_element(element, block.get("block_id", ""), sight.values, sight.reader) for element in elements
    )
    return " ".join(part for part in shown if part)


def _section(block: Json, sight: Sight) -> Lines:
    lines = read_text(block.get("text"), sight.reader).split("\n")
    lines += [line for one in block.get("fields") or [] for line in read_text(one, sight.reader).split("\n")]
    if "accessory" in block:
        shown = _elements([block["accessory"]], block, sight)
        lines[-1] = f"{lines[-1]} {shown}".strip()
    return lines


def _context(block: Json, sight: Sight) -> Lines:
    parts = [
        read_text(one, sight.reader) if one["type"] != "image" else _elements([one], block, sight)
        for one in block["elements"]
    ]
    return [" ".join(part.replace("\n", " ") for part in parts if part)]


def _input(block: Json, sight: Sight) -> Lines:
    optional = " (optional)" if block.get("optional") else ""
    lines = [f"{block['label']['text']}{optional}: {_elements([block['element']], block, sight)}"]
    if block.get("hint"):
        lines.append(f"  {block['hint']['text']}")
    if block.get("block_id") in sight.errors:
        lines.append(f"  ! {sight.errors[block['block_id']]}")
    return lines


def _image(block: Json, sight: Sight) -> Lines:
    return [
        " ".join(
            part for part in (read_text(block.get("title"), sight.reader), f"({block['alt_text']})") if part
        )
    ]


def _card(block: Json, sight: Sight) -> Lines:
    lines = [read_text(block.get(name), sight.reader) for name in ("title", "subtitle", "body", "subtext")]
    return [*lines, _elements(block.get("actions") or [], block, sight)]


def _carousel(block: Json, sight: Sight) -> Lines:
    return [line for card in block["elements"] for line in _card(card, sight)]


def _container(block: Json, sight: Sight) -> Lines:
    title = read_text(block.get("title"), sight.reader)
    rich = read_rich_text(block["rich_text_title"], sight.reader) if block.get("rich_text_title") else []
    subtitle = read_text(block.get("subtitle"), sight.reader)
    return [title, *rich, subtitle, *(f"  {line}" for line in read_blocks(block["child_blocks"], sight))]


def _task(block: Json, sight: Sight) -> Lines:
    parts = [
        line
        for name in ("details", "output")
        if block.get(name)
        for line in read_rich_text(block[name], sight.reader)
    ]
    return [f"{block['title']} ({block['status'].replace('_', ' ')})", *(f"  {line}" for line in parts)]


def _plan(block: Json, sight: Sight) -> Lines:
    return [block["title"], *(f"  {line}" for task in block["tasks"] for line in _task(task, sight))]


READERS: dict[str, Callable[[Json, Sight], Lines]] = {
    "header": lambda block, sight: [read_text(block["text"], sight.reader)],
    "section": _section,
    "context": _context,
    "actions": lambda block, sight: [_elements(block["elements"], block, sight)],
    "context_actions": lambda block, sight: [_elements(block["elements"], block, sight)],
    "divider": lambda block, sight: [RULE],
    "input": _input,
    "image": _image,
    "rich_text": lambda block, sight: read_rich_text(block, sight.reader),
    "markdown": lambda block, sight: str(block["text"]).split("\n"),
    "table": lambda block, sight: read_table(block, sight.reader),
    "data_table": lambda block, sight: read_data_table(block, sight.reader),
    "data_visualization": lambda block, sight: read_chart(block, sight.reader),
    "alert": lambda block, sight: [
        f"({block.get('level', 'default')}) {read_text(block['text'], sight.reader)}"
    ],
    "card": _card,
    "carousel": _carousel,
    "container": _container,
    "task_card": _task,
    "plan": _plan,
    "video": lambda block, sight: [f"{read_text(block['title'], sight.reader)} ({block['alt_text']})"],
    "file": lambda block, sight: [f"(file {block['external_id']})"],
}
