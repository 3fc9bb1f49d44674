"""Composition objects: texts, options, confirm dialogs, filters."""

from typing import Any

from playground.limits.rules import (
    Report,
    Rule,
    anything,
    at_least_one,
    boolean,
    integer,
    items,
    matching,
    one_of,
    shape,
    string,
    typed,
)

Json = dict[str, Any]

ACTION_ID = string(255)
BLOCK_ID = string(255)
LINK = matching(r"[A-Za-z][A-Za-z0-9+.-]*:\S{1,2990}", "a valid URL of at most 3000 characters")
URL = matching(r"https?://\S{1,2990}", "an http(s) URL of at most 3000 characters")
DATE = matching(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "a date as YYYY-MM-DD")
TIME = matching(r"([01]\d|2[0-3]):[0-5]\d", "a time as HH:mm")
DECIMAL = matching(r"-?\d+(\.\d+)?", "a number in a string")
USER = matching(r"[UW][A-Z0-9]+", "a user id")
CONVERSATION = matching(r"[CDG][A-Z0-9]+", "a conversation id")


def plain(most: int, least: int = 1) -> Rule:
    """A plain_text object."""
    return typed({"plain_text": shape({"text": string(most, least)}, {"emoji": boolean})})


def text(most: int, least: int = 1) -> Rule:
    """A plain_text or mrkdwn object; `emoji` belongs to the first, `verbatim` to the second."""
    return typed(
        {
            "plain_text": shape({"text": string(most, least)}, {"emoji": boolean}),
            "mrkdwn": shape({"text": string(most, least)}, {"verbatim": boolean}),
        }
    )


PLACEHOLDER = plain(150)
CONFIRM = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
DISPATCH = shape({"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 1, 2)})
FILTER = shape(
    {},
    {
        "include": items(one_of("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
SLACK_FILE = shape({}, {"id": string(255), "url": URL}, at_least_one("id", "url"))
WORKFLOW = shape({"trigger": shape({"url": URL}, {"customizable_input_parameters": anything})})
INDENT = integer(0, 8)


def option(*, mrkdwn: bool = False, url: bool = False) -> Rule:
    """An option. Menus take plain text; checkboxes and radio buttons mrkdwn too; only overflow links."""
    words = text if mrkdwn else plain
    more = {"description": words(75)} | ({"url": LINK} if url else {})
    return shape({"text": words(75), "value": string(150)}, more)


OPTION = option()
OPTION_GROUP = shape({"label": plain(75), "options": items(OPTION, 1, 100)})


def initial_among_options(value: Json, path: str, report: Report) -> None:
    """initial_option and initial_options must be among the options, word for word."""
    offered = [*(value.get("options") or [])]
    offered += [one for group in value.get("option_groups") or [] for one in group["options"]]
    known = [_bare(one) for one in offered]
    chosen = value.get("initial_options") or ([value["initial_option"]] if "initial_option" in value else [])
    name = "initial_options" if "initial_options" in value else "initial_option"
    for one in chosen:
        if _bare(one) not in known:
            report.add(f"{path}/{name}", f"{name} must be among the options: {one.get('value')!r} is not")
    most = value.get("max_selected_items")
    if most is not None and len(chosen) > most:
        report.add(f"{path}/{name}", f"no more than {most} items allowed")


def unique_values(value: Json, path: str, report: Report) -> None:
    """Two options with one value cannot be told apart."""
    offered = [*(value.get("options") or [])]
    offered += [one for group in value.get("option_groups") or [] for one in group["options"]]
    seen: set[str] = set()
    for one in offered:
        if one["value"] in seen:
            report.add(path, f"option value {one['value']!r} is used twice; each must be unique")
        seen.add(one["value"])


def _bare(one: Json) -> tuple[str, str, str]:
    """What two options are compared by: Slack's added text defaults do not matter."""
    described = one.get("description") or {}
    return one["text"]["text"], one["value"], described.get("text", "")
