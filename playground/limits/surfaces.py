"""Which blocks may stand where, how many, and the limits of whole messages and views."""

import json
from typing import Any

from playground.limits.blocks import BLOCKS, MARKDOWN_CHARACTERS
from playground.limits.figures import CELL_CHARACTERS
from playground.limits.objects import plain
from playground.limits.rich import text_length
from playground.limits.rules import Report, Rule, boolean, items, one_of, shape, string, typed
from playground.views import elements, inner_blocks

Json = dict[str, Any]

MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MESSAGE_CHARACTERS = (
    11_000  # 11,341 over all blocks were refused in one public report; Slack's pages name no number
)
VIEW_BYTES = 250_000
MOST_PER_MESSAGE = {"data_visualization": 2, "table": 1}

MODAL_ONLY = frozenset({"alert"})
MESSAGE_ONLY = frozenset(
    {
        "container",
        "context_actions",
        "data_table",
        "data_visualization",
        "file",
        "markdown",
        "plan",
        "task_card",
        "table",
    }
)
HOME_AND_MESSAGE = frozenset({"carousel"})

IN_MESSAGE = frozenset(BLOCKS) - MODAL_ONLY
IN_MODAL = frozenset(BLOCKS) - MESSAGE_ONLY - HOME_AND_MESSAGE
IN_HOME = frozenset(BLOCKS) - MESSAGE_ONLY - MODAL_ONLY


def check_message(blocks: Any, report: Report) -> None:
    """The blocks of one message."""
    items(typed(BLOCKS, IN_MESSAGE), 0, MESSAGE_BLOCKS)(blocks, "/blocks", report)
    if report.faults:
        return
    _ids_differ(blocks, "/blocks", report)
    kinds = [block["type"] for block in inner_blocks(blocks)]
    for kind, most in MOST_PER_MESSAGE.items():
        if kinds.count(kind) > most:
            report.add("/blocks", f"no more than {most} {kind} allowed in a message")
    markdown = sum(len(block["text"]) for block in blocks if block["type"] == "markdown")
    if markdown > MARKDOWN_CHARACTERS:
        report.add(
            "/blocks", f"markdown blocks must hold less than {MARKDOWN_CHARACTERS + 1} characters in all"
        )
    cells = sum(text_length(block["rows"]) for block in blocks if block["type"] == "data_table")
    if cells > CELL_CHARACTERS:
        report.add("/blocks", f"data tables must hold less than {CELL_CHARACTERS + 1} characters in all")


def check_view(view: Any, report: Report) -> None:
    """A modal or a Home, as views.* take it."""
    typed(VIEWS)(view, "/view", report)
    if report.faults:
        return
    _ids_differ(view["blocks"], "/view/blocks", report)
    focused = [one for _, one in elements(view["blocks"]) if one.get("focus_on_load")]
    if len(focused) > 1:
        report.add("/view/blocks", "focus_on_load may be set on one element only")


def too_long(blocks: list[Json]) -> bool:
    """More text in a message's blocks than Slack takes (msg_blocks_too_long), data tables aside."""
    return text_length([block for block in blocks if block["type"] != "data_table"]) > MESSAGE_CHARACTERS


def too_large(view: Any) -> bool:
    """Above the 250 kB a view may weigh as JSON."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES


def _ids_differ(blocks: list[Json], path: str, report: Report) -> None:
    seen: set[str] = set()
    for at, block in enumerate(inner_blocks(blocks)):
        block_id = block.get("block_id")
        if block_id is not None and block_id in seen:
            report.add(f"{path}/{at}/block_id", f"block_id {block_id!r} is used twice; each must be unique")
        seen.add(block_id or "")


def _submit_for_inputs(view: Json, path: str, report: Report) -> None:
    if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        report.add(f"{path}/submit", "submit is required when an input block is within the blocks array")


_COMMON: dict[str, Rule] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
VIEWS: dict[str, Rule] = {
    "modal": shape(
        {"title": plain(24), "blocks": items(typed(BLOCKS, IN_MODAL), 0, VIEW_BLOCKS)},
        {
            **_COMMON,
            "type": one_of("modal"),
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
        _submit_for_inputs,
    ),
    "home": shape({"blocks": items(typed(BLOCKS, IN_HOME), 0, VIEW_BLOCKS)}, _COMMON),
}
