"""Modals and App Homes: what is open, what has been typed into it, and what that is to Slack."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]

# element type -> (name of the value in state.values, name of its initial value in the element)
STATEFUL: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", ""),
}
LISTS = frozenset(kind for kind, (value, _) in STATEFUL.items() if value.endswith("s"))


@dataclass
class View:
    """A modal or an App Home as one person has it open; `entered` is what they typed or chose so far."""

    id: str
    hash: str
    owner: str
    payload: Json
    root_id: str
    previous_id: str | None = None
    entered: Values = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    warning: str | None = None

    @property
    def kind(self) -> str:
        return str(self.payload["type"])

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.payload["blocks"]
        return blocks

    def values(self) -> Values:
        """state.values: what was entered over what the blocks start with."""
        return state_values(self.blocks, self.entered)


def children(block: Json) -> list[Json]:
    """The interactive elements a block holds, in reading order."""
    kind = block.get("type")
    if kind == "section":
        return [block["accessory"]] if "accessory" in block else []
    if kind == "input":
        return [block["element"]]
    if kind in ("actions", "context_actions"):
        return list(block["elements"])
    if kind == "card":
        return list(block.get("actions") or [])
    return []


def inner_blocks(blocks: list[Json]) -> Iterator[Json]:
    """Every block, those inside containers and carousels included, in reading order."""
    for block in blocks:
        yield block
        yield from inner_blocks(block.get("child_blocks") or [])
        if block.get("type") == "carousel":
            yield from inner_blocks(block["elements"])


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """(block, element) for every interactive element in reading order."""
    for block in inner_blocks(blocks):
        for element in children(block):
            yield block, element


def state_values(blocks: list[Json], entered: Values) -> Values:
    """What Slack sends as state.values: one entry per stateful element, empty ones included."""
    found: Values = {}
    for block, element in elements(blocks):
        names = STATEFUL.get(element["type"])
        if names is None:
            continue
        value_name, initial_name = names
        typed = entered.get(block["block_id"], {}).get(element["action_id"])
        value = typed.get(value_name) if typed is not None else element.get(initial_name)
        if value is None and element["type"] in LISTS:
            value = []
        entry: Json = {"type": element["type"], value_name: value}
        if element["type"] == "datetimepicker" and element.get("timezone"):
            entry["timezone"] = element["timezone"]
        found.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return found


def keep_entered(old: Values, blocks: list[Json]) -> Values:
    """What survives an update: Slack keeps a value while its block_id and action_id stay the same."""
    kept: Values = {}
    for block, element in elements(blocks):
        value = old.get(block["block_id"], {}).get(element["action_id"])
        if value is not None and value.get("type", element["type"]) == element["type"]:
            kept.setdefault(block["block_id"], {})[element["action_id"]] = value
    return kept
