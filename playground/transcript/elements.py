"""Buttons, menus and fields as a person sees them, with what is chosen or typed in them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from playground.transcript.mrkdwn import MrkdwnReader, read
from playground.views import STATEFUL, Values

Json = dict[str, Any]


def read_text(found: Json | None, reader: MrkdwnReader) -> str:
    """A text object: mrkdwn read, plain_text as it is."""
    if not found:
        return ""
    return read(found["text"], reader) if found["type"] == "mrkdwn" else str(found["text"])


def read_element(element: Json, block_id: str, values: Values, reader: MrkdwnReader) -> str:
    """One element: [Button], (chosen or placeholder…), a field's content in ‘quotes’."""
    simple = PLAIN.get(element["type"])
    if simple is not None:
        return simple(element, reader)
    state = values.get(block_id, {}).get(element.get("action_id", ""), {})
    value = state.get(STATEFUL[element["type"]][0]) if element["type"] in STATEFUL else None
    if element["type"] in ("checkboxes", "radio_buttons"):
        return _boxes(element, value, reader)
    shown = _shown(value, element, reader)
    if element["type"].endswith("_input"):
        return f"‘{shown}’" if shown else f"‘…’ {_placeholder(element)}".rstrip()
    return f"({shown})" if shown else f"({_placeholder(element) or 'Choose'}…)".replace("……", "…")


def choices(element: Json) -> list[Json]:
    """The options of a menu, those in groups included."""
    grouped = [option for group in element.get("option_groups") or [] for option in group["options"]]
    return [*(element.get("options") or []), *grouped]


def _placeholder(element: Json) -> str:
    return str((element.get("placeholder") or {}).get("text", ""))


def _boxes(element: Json, value: Any, reader: MrkdwnReader) -> str:
    picked = value if isinstance(value, list) else [value] if value else []
    chosen = {option["value"] for option in picked}
    marks = ("☑", "☐") if element["type"] == "checkboxes" else ("◉", "○")
    shown = [
        f"{marks[0] if option['value'] in chosen else marks[1]} {_with_note(option, reader)}"
        for option in choices(element)
    ]
    is_list = any(
        option["text"]["type"] == "mrkdwn" or option.get("description") for option in choices(element)
    )
    return ("\n" if is_list else "  ").join(shown)


def _with_note(option: Json, reader: MrkdwnReader) -> str:
    note = read_text(option.get("description"), reader)
    return f"{read_text(option['text'], reader)} ({note})" if note else read_text(option["text"], reader)


def _shown(value: Any, element: Json, reader: MrkdwnReader) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(value, list):
        return ", ".join(_shown(item, element, reader) for item in value)
    if isinstance(value, dict):
        return read_text(value.get("text"), reader) if isinstance(value.get("text"), dict) else ""
    if element["type"].endswith("users_select"):
        return read(f"<@{value}>", reader)
    if element["type"].endswith(("channels_select", "conversations_select")):
        return read(f"<#{value}>", reader)
    if element["type"] == "datetimepicker":
        return f"{datetime.fromtimestamp(int(value), UTC).astimezone(reader.person.zone):%Y-%m-%d %H:%M}"
    return str(value)


def _feedback(element: Json, reader: MrkdwnReader) -> str:
    return " ".join(f"[{element[name]['text']['text']}]" for name in ("positive_button", "negative_button"))


PLAIN: dict[str, Callable[[Json, MrkdwnReader], str]] = {
    "button": lambda element, reader: f"[{element['text']['text']}]",
    "workflow_button": lambda element, reader: f"[{element['text']['text']}]",
    "icon_button": lambda element, reader: f"[{element['text']['text']}]",
    "feedback_buttons": _feedback,
    "overflow": lambda element, reader: (
        f"(⋯ {', '.join(option['text']['text'] for option in element['options'])})"
    ),
    "image": lambda element, reader: (
        f"({element['alt_text']})" if element.get("alt_text", "").strip() else ""
    ),
}
