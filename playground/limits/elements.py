"""Block elements: every type Slack has, with its fields and limits."""

from playground.limits.objects import (
    ACTION_ID,
    CONFIRM,
    CONVERSATION,
    DATE,
    DECIMAL,
    DISPATCH,
    FILTER,
    LINK,
    OPTION,
    OPTION_GROUP,
    PLACEHOLDER,
    SLACK_FILE,
    TIME,
    URL,
    USER,
    WORKFLOW,
    initial_among_options,
    option,
    plain,
    text,
    unique_values,
)
from playground.limits.rich import RICH_TEXT_OBJECT
from playground.limits.rules import (
    Rule,
    boolean,
    exactly_one,
    integer,
    items,
    needs,
    one_of,
    ordered,
    shape,
    string,
)

STYLE = one_of("primary", "danger")
COMMON: dict[str, Rule] = {"action_id": ACTION_ID, "confirm": CONFIRM}
FOCUS: dict[str, Rule] = {"focus_on_load": boolean}
MENU: dict[str, Rule] = {**COMMON, **FOCUS, "placeholder": PLACEHOLDER}
FIELD: dict[str, Rule] = {
    "action_id": ACTION_ID,
    "placeholder": PLACEHOLDER,
    "dispatch_action_config": DISPATCH,
    **FOCUS,
}
MOST_SELECTED = integer(1, 100)
QUERY = integer(0)


def _offered(most: int = 100) -> dict[str, Rule]:
    return {"options": items(OPTION, 1, most), "option_groups": items(OPTION_GROUP, 1, 100)}


def _many(initial: str, rule: Rule) -> dict[str, Rule]:
    return {initial: items(rule, 1, 100), "max_selected_items": MOST_SELECTED}


def _boxes(initial: dict[str, Rule]) -> Rule:
    options = {"options": items(option(mrkdwn=True), 1, 10)}
    return shape(options, {**COMMON, **FOCUS, **initial}, initial_among_options, unique_values)


IMAGE = shape(
    {"alt_text": string(2000)},
    {"image_url": URL, "slack_file": SLACK_FILE},
    exactly_one("image_url", "slack_file"),
)
_FEEDBACK = shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})

ELEMENTS: dict[str, Rule] = {
    "button": shape(
        {"text": plain(75)},
        {
            **COMMON,
            "value": string(2000),
            "url": LINK,
            "style": STYLE,
            "accessibility_label": string(75),
            "agent_prompt": string(4000),
            "agent_prompt_display": string(4000),
        },
        needs("agent_prompt_display", "agent_prompt"),
    ),
    "workflow_button": shape(
        {"text": plain(75), "workflow": WORKFLOW},
        {**COMMON, "style": STYLE, "accessibility_label": string(75)},
    ),
    "icon_button": shape(
        {"text": plain(75), "icon": one_of("trash")},
        {
            **COMMON,
            "value": string(2000),
            "accessibility_label": string(75),
            "visible_to_user_ids": items(USER, 1, 10),
        },
    ),
    "feedback_buttons": shape(
        {"positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {"action_id": ACTION_ID}
    ),
    "overflow": shape({"options": items(option(url=True), 1, 5)}, COMMON, unique_values),
    "checkboxes": _boxes({"initial_options": items(option(mrkdwn=True), 1, 10)}),
    "radio_buttons": _boxes({"initial_option": option(mrkdwn=True)}),
    "static_select": shape(
        {},
        {**MENU, **_offered(), "initial_option": OPTION},
        exactly_one("options", "option_groups"),
        initial_among_options,
        unique_values,
    ),
    "multi_static_select": shape(
        {},
        {**MENU, **_offered(), **_many("initial_options", OPTION)},
        exactly_one("options", "option_groups"),
        initial_among_options,
        unique_values,
    ),
    "external_select": shape({}, {**MENU, "initial_option": OPTION, "min_query_length": QUERY}),
    "multi_external_select": shape(
        {}, {**MENU, **_many("initial_options", OPTION), "min_query_length": QUERY}
    ),
    "users_select": shape({}, {**MENU, "initial_user": USER}),
    "multi_users_select": shape({}, {**MENU, **_many("initial_users", USER)}),
    "conversations_select": shape(
        {},
        {
            **MENU,
            "initial_conversation": CONVERSATION,
            "default_to_current_conversation": boolean,
            "response_url_enabled": boolean,
            "filter": FILTER,
        },
    ),
    "multi_conversations_select": shape(
        {},
        {
            **MENU,
            **_many("initial_conversations", CONVERSATION),
            "default_to_current_conversation": boolean,
            "filter": FILTER,
        },
    ),
    "channels_select": shape({}, {**MENU, "initial_channel": CONVERSATION, "response_url_enabled": boolean}),
    "multi_channels_select": shape({}, {**MENU, **_many("initial_channels", CONVERSATION)}),
    "datepicker": shape({}, {**MENU, "initial_date": DATE}),
    "timepicker": shape({}, {**MENU, "initial_time": TIME, "timezone": string(100)}),
    "datetimepicker": shape(
        {}, {**COMMON, **FOCUS, "initial_date_time": integer(1_000_000_000, 9_999_999_999)}
    ),
    "plain_text_input": shape(
        {},
        {
            **FIELD,
            "initial_value": string(3000, 0),
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
        ordered("min_length", "max_length"),
    ),
    "email_text_input": shape({}, {**FIELD, "initial_value": string(3000, 0)}),
    "url_text_input": shape({}, {**FIELD, "initial_value": string(3000, 0)}),
    "number_input": shape(
        {"is_decimal_allowed": boolean},
        {**FIELD, "initial_value": DECIMAL, "min_value": DECIMAL, "max_value": DECIMAL},
        ordered("min_value", "max_value"),
        ordered("min_value", "initial_value"),
        ordered("initial_value", "max_value"),
    ),
    "rich_text_input": shape(
        {"action_id": ACTION_ID},
        {
            **FIELD,
            "initial_value": RICH_TEXT_OBJECT,
            "min_lines": integer(1, 100),
            "max_lines": integer(1, 100),
        },
        ordered("min_lines", "max_lines"),
    ),
    "file_input": shape(
        {}, {"action_id": ACTION_ID, "filetypes": items(string(20), 1, 100), "max_files": integer(1, 10)}
    ),
    "image": IMAGE,
}

MENUS = frozenset(
    f"{many}{kind}_select"
    for many in ("", "multi_")
    for kind in ("static", "external", "users", "conversations", "channels")
)
PICKERS = frozenset({"datepicker", "timepicker"})
BOXES = frozenset({"checkboxes", "radio_buttons"})

IN_SECTION = MENUS | PICKERS | BOXES | {"button", "workflow_button", "overflow", "image"}
IN_ACTIONS = (
    MENUS | PICKERS | BOXES | {"button", "workflow_button", "overflow", "datetimepicker", "rich_text_input"}
)
IN_INPUT = (
    MENUS
    | PICKERS
    | BOXES
    | {
        "datetimepicker",
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "rich_text_input",
        "file_input",
    }
)
IN_CONTEXT_ACTIONS = frozenset({"feedback_buttons", "icon_button"})

CONTEXT_PARTS: dict[str, Rule] = {
    "image": IMAGE,
    "mrkdwn": text(3000),
    "plain_text": text(3000),
}
