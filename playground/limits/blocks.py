"""Blocks: every type Slack has, with its fields and limits."""

from typing import Any

from playground.limits.elements import (
    CONTEXT_PARTS,
    ELEMENTS,
    IMAGE,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
)
from playground.limits.figures import DATA_TABLE, DATA_VISUALIZATION, TABLE
from playground.limits.objects import BLOCK_ID, SLACK_FILE, URL, plain, text
from playground.limits.rich import RICH_TEXT, RICH_TEXT_OBJECT
from playground.limits.rules import (
    Report,
    Rule,
    at_least_one,
    boolean,
    exactly_one,
    items,
    one_of,
    shape,
    string,
    typed,
)

Json = dict[str, Any]

MARKDOWN_CHARACTERS = 12_000
ID: dict[str, Rule] = {"block_id": BLOCK_ID}
ELEMENT_IMAGE = typed({"image": IMAGE})


def _elements_differ(value: Json, path: str, report: Report) -> None:
    """An action_id is unique within its block."""
    seen: set[str] = set()
    for at, element in enumerate(value["elements"]):
        action_id = element.get("action_id")
        if action_id is not None and action_id in seen:
            report.add(
                f"{path}/elements/{at}/action_id", f"action_id {action_id!r} is used twice in this block"
            )
        seen.add(action_id)


def _tasks_differ(value: Json, path: str, report: Report) -> None:
    ids = [task["task_id"] for task in value["tasks"]]
    if len(set(ids)) != len(ids):
        report.add(f"{path}/tasks", "task ids must be unique")


def _one_icon(value: Json, path: str, report: Report) -> None:
    if "icon" in value and "slack_icon" in value:
        report.add(path, "icon and slack_icon cannot both be given")


_TASK_FIELDS: dict[str, Rule] = {
    "details": RICH_TEXT_OBJECT,
    "output": RICH_TEXT_OBJECT,
    "sources": items(typed({"url": shape({"url": URL, "text": string(255)})}), 1, 50),
}
_TASK_NEEDS: dict[str, Rule] = {"task_id": string(255), "title": string(255)}
_CARD = shape(
    {},
    {
        **ID,
        "hero_image": ELEMENT_IMAGE,
        "icon": ELEMENT_IMAGE,
        "slack_icon": typed({"icon": shape({"name": string(60)})}),
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": items(typed(ELEMENTS, frozenset({"button"})), 1, 3),
    },
    at_least_one("hero_image", "title", "actions", "body"),
    _one_icon,
)

SIMPLE: dict[str, Rule] = {
    "actions": shape({"elements": items(typed(ELEMENTS, IN_ACTIONS), 1, 25)}, ID, _elements_differ),
    "context": shape({"elements": items(typed(CONTEXT_PARTS), 1, 10)}, ID),
    "divider": shape({}, ID),
    "file": shape({"external_id": string(255), "source": one_of("remote")}, ID),
    "header": shape({"text": plain(150)}, ID),
    "image": shape(
        {"alt_text": string(2000)},
        {**ID, "image_url": URL, "slack_file": SLACK_FILE, "title": plain(2000)},
        exactly_one("image_url", "slack_file"),
    ),
    "input": shape(
        {"label": plain(2000), "element": typed(ELEMENTS, IN_INPUT)},
        {**ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": RICH_TEXT,
    "section": shape(
        {},
        {
            **ID,
            "text": text(3000),
            "fields": items(text(2000), 1, 10),
            "accessory": typed(ELEMENTS, IN_SECTION),
            "expand": boolean,
        },
        at_least_one("text", "fields"),
    ),
    "table": TABLE,
    "video": shape(
        {"alt_text": string(2000), "thumbnail_url": URL, "title": plain(199), "video_url": URL},
        {
            **ID,
            "title_url": URL,
            "author_name": string(49),
            "description": plain(199),
            "provider_name": string(50),
            "provider_icon_url": URL,
        },
    ),
}

BLOCKS: dict[str, Rule] = {
    **SIMPLE,
    "alert": shape(
        {"text": text(200)}, {**ID, "level": one_of("default", "info", "warning", "error", "success")}
    ),
    "card": _CARD,
    "carousel": shape({"elements": items(typed({"card": _CARD}), 1, 10)}, ID),
    "container": shape(
        {"child_blocks": items(typed(SIMPLE), 1, 10)},
        {
            **ID,
            "title": plain(150),
            "rich_text_title": RICH_TEXT_OBJECT,
            "subtitle": text(150),
            "width": one_of("narrow", "standard", "wide", "full"),
            "icon": ELEMENT_IMAGE,
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        at_least_one("title", "rich_text_title"),
    ),
    "context_actions": shape(
        {"elements": items(typed(ELEMENTS, IN_CONTEXT_ACTIONS), 1, 5)}, ID, _elements_differ
    ),
    "data_table": DATA_TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "markdown": shape({"text": string(MARKDOWN_CHARACTERS)}, ID),
    "plan": shape(
        {
            "title": string(255),
            "tasks": items(
                shape(
                    {**_TASK_NEEDS, "status": one_of("pending", "in_progress", "complete", "error")},
                    _TASK_FIELDS,
                ),
                1,
                50,
            ),
        },
        ID,
        _tasks_differ,
    ),
    "task_card": shape(
        {**_TASK_NEEDS, "status": one_of("in_progress", "complete", "error")}, {**ID, **_TASK_FIELDS}
    ),
}
