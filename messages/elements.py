"""Elements: what people press, choose or type, as Slack takes it. Plain dicts; tests hold them to slackblocks."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from messages.room import ListPage
from sales.language.typed_text import cut_before, seen, shorten

Element = dict[str, Any]
Option = dict[str, Any]
OptionGroup = dict[str, Any]
Confirm = dict[str, Any]
LABEL_LENGTH = 75


def plain(text: str) -> dict[str, Any]:
    """Return words that Slack shows as they are, without what is not seen in them."""
    return {"type": "plain_text", "text": seen(text)}


def said(**parts: Any) -> dict[str, Any]:
    """Return the parts that say something: Slack takes no empty ones."""
    return {name: part for name, part in parts.items() if part is not None and part is not False}


def button(
    label: str,
    action_id: str,
    value: str = "",
    *,
    style: Literal["primary", "danger"] | None = None,
    confirm: Confirm | None = None,
) -> Element:
    text = plain(shorten(label, LABEL_LENGTH))
    rest = said(style=style, value=value or None, confirm=confirm)
    return {"type": "button", "text": text, "action_id": action_id, **rest}


def turn_buttons(page: ListPage, action_id: str, about: str = "") -> list[Element]:
    """Return the ways to the pages before and after one; each carries the number of an item there.

    What the list is `about` stands before the number: "3:".
    """
    ways = []
    if page.previous is not None:
        ways.append(button("Previous", f"{action_id}:previous", f"{about}{page.previous}"))
    if page.following is not None:
        ways.append(button("Next", f"{action_id}:next", f"{about}{page.following}"))
    return ways


def confirm(title: str, text: str, yes: str) -> Confirm:
    asked = {"title": plain(shorten(title, 100)), "text": plain(shorten(text, 300))}
    return {**asked, "confirm": plain(shorten(yes, 30)), "deny": plain("Keep it")}


def option(label: str, value: str, description: str | None = None) -> Option:
    more = plain(shorten(description, LABEL_LENGTH)) if description else None
    return {"text": plain(shorten(label, LABEL_LENGTH)), "value": value, **said(description=more)}


def tick_option(text: str, value: str, note: str) -> Option:
    """Return a box of a tick list, in Slack's markup: the only options that take any."""
    more = {"type": "mrkdwn", "text": note, "verbatim": True} if note else None
    return {
        "text": {"type": "mrkdwn", "text": text, "verbatim": True},
        "value": value,
        **said(description=more),
    }


def option_group(label: str, options: Sequence[Option]) -> OptionGroup:
    return {"label": plain(label), "options": list(options)}


def overflow_menu(action_id: str, options: Sequence[Option]) -> Element:
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def radio_buttons(action_id: str, options: Sequence[Option], initial_option: Option | None = None) -> Element:
    made = {"type": "radio_buttons", "action_id": action_id, "options": list(options)}
    return {**made, **said(initial_option=initial_option)}


def checkboxes(
    action_id: str, options: Sequence[Option], initial_options: Sequence[Option] | None = None
) -> Element:
    made = {"type": "checkboxes", "action_id": action_id, "options": list(options)}
    return {**made, **said(initial_options=list(initial_options) if initial_options else None)}


def select_menu(
    action_id: str,
    options: Sequence[Option] = (),
    *,
    option_groups: Sequence[OptionGroup] = (),
    initial_option: Option | None = None,
    placeholder: str | None = None,
) -> Element:
    """A menu of options, or of groups of them where there are more than Slack's hundred."""
    offered = said(options=list(options) or None, option_groups=list(option_groups) or None)
    rest = said(initial_option=initial_option, placeholder=plain(placeholder) if placeholder else None)
    return {"type": "static_select", "action_id": action_id, **offered, **rest}


def user_select(action_id: str, initial_user: str | None = None) -> Element:
    return {"type": "users_select", "action_id": action_id, **said(initial_user=initial_user)}


def multi_user_select(
    action_id: str,
    *,
    initial_users: Sequence[str] = (),
    max_selected_items: int | None = None,
    placeholder: str | None = None,
) -> Element:
    rest = said(
        initial_users=list(initial_users) or None,
        max_selected_items=max_selected_items,
        placeholder=plain(placeholder) if placeholder else None,
    )
    return {"type": "multi_users_select", "action_id": action_id, **rest}


def conversation_select(
    action_id: str,
    *,
    initial_conversation: str | None = None,
    among: Mapping[str, Any] | None = None,
    placeholder: str | None = None,
) -> Element:
    """A menu of channels; `among` is Slack's filter."""
    rest = said(
        initial_conversation=initial_conversation,
        filter=among,
        placeholder=plain(placeholder) if placeholder else None,
    )
    return {"type": "conversations_select", "action_id": action_id, **rest}


def date_picker(
    action_id: str, initial_date: str | None = None, *, placeholder: str | None = None
) -> Element:
    rest = said(initial_date=initial_date, placeholder=plain(placeholder) if placeholder else None)
    return {"type": "datepicker", "action_id": action_id, **rest}


def time_picker(action_id: str, initial_time: str | None = None) -> Element:
    return {"type": "timepicker", "action_id": action_id, **said(initial_time=initial_time)}


def number_input(
    action_id: str, *, min_value: int, max_value: int, initial_value: str | None = None
) -> Element:
    """A whole number between two others."""
    limits = {"min_value": str(min_value), "max_value": str(max_value)}
    made = {"type": "number_input", "is_decimal_allowed": False, "action_id": action_id}
    return {**made, **said(initial_value=initial_value), **limits}


def text_input(
    action_id: str,
    *,
    initial_value: str | None = None,
    max_length: int | None = None,
    placeholder: str | None = None,
    multiline: bool = False,
    focus_on_load: bool = False,
) -> Element:
    """What is typed; what stands there at first is cut to what may be typed, as Slack takes no more."""
    rest = said(
        initial_value=begun(initial_value or "", max_length) or None,
        max_length=max_length,
        focus_on_load=focus_on_load,
        placeholder=plain(placeholder) if placeholder else None,
        multiline=multiline,
    )
    return {"type": "plain_text_input", "action_id": action_id, **rest}


def begun(text: str, most: int | None) -> str:
    """Return what of a text may stand in a field, which the person then sees and mends."""
    return text if most is None or len(text) <= most else text[: cut_before(text, most)]


def worded_input(initial: str, longest: int, example: str, *, long: bool = False) -> Element:
    """The only thing in its field that is typed: some words, with an example of them."""
    return text_input(
        "chosen", initial_value=initial, max_length=longest, placeholder=example, multiline=long
    )
