"""What people press, choose or type is what slackblocks would have built of the same values."""

import pytest
import slackblocks as sb

from messages import blocks, elements
from messages.formatting import Mrkdwn

FIRST, SECOND = ("Call", "call", "by phone"), ("Visit", "visit", None)
OURS = [elements.option(*FIRST), elements.option(*SECOND)]
THEIRS = [
    sb.Option(sb.PlainText("Call"), "call", description=sb.PlainText("by phone")),
    sb.Option(sb.PlainText("Visit"), "visit"),
]
SURE = sb.Confirm(title="Close it?", text=sb.PlainText("For good."), confirm="Close", deny="Keep it")
PICKER, BUTTON = sb.DatePicker("on"), sb.Button(sb.PlainText("Go"), "go")

PAIRS = {
    "button": (elements.button("Go", "go"), BUTTON),
    "button that asks": (
        elements.button(
            "Close", "close", "7", style="danger", confirm=elements.confirm("Close it?", "For good.", "Close")
        ),
        sb.Button(sb.PlainText("Close"), "close", value="7", style="danger", confirm=SURE),
    ),
    "overflow": (elements.overflow_menu("menu", OURS), sb.OverflowMenu("menu", THEIRS)),
    "radio": (
        elements.radio_buttons("one", OURS, OURS[1]),
        sb.RadioButtonGroup("one", THEIRS, initial_option=THEIRS[1]),
    ),
    "radio, none chosen": (elements.radio_buttons("one", OURS), sb.RadioButtonGroup("one", THEIRS)),
    "boxes": (
        elements.checkboxes("some", OURS, OURS[:1]),
        sb.CheckboxGroup("some", THEIRS, initial_options=THEIRS[:1]),
    ),
    "boxes, none chosen": (elements.checkboxes("some", OURS, []), sb.CheckboxGroup("some", THEIRS)),
    "menu": (
        elements.select_menu("one", OURS, initial_option=OURS[0], placeholder="Choose"),
        sb.StaticSelectMenu("one", options=THEIRS, initial_option=THEIRS[0], placeholder="Choose"),
    ),
    "menu of groups": (
        elements.select_menu("one", option_groups=[elements.option_group("C", OURS)], placeholder="Choose"),
        sb.StaticSelectMenu("one", option_groups=[sb.OptionGroup("C", THEIRS)], placeholder="Choose"),
    ),
    "user": (elements.user_select("who", "U1"), sb.UserSelectMenu("who", initial_user="U1")),
    "users": (
        elements.multi_user_select(
            "who", initial_users=["U1"], max_selected_items=5, placeholder="Choose people"
        ),
        sb.UserMultiSelectMenu(
            "who", initial_users=["U1"], max_selected_items=5, placeholder="Choose people"
        ),
    ),
    "channel": (
        elements.conversation_select(
            "where",
            initial_conversation="C1",
            among={"include": ["public", "private"], "exclude_bot_users": True},
            placeholder="None yet",
        ),
        sb.ConversationSelectMenu(
            "where",
            initial_conversation="C1",
            filter=sb.ConversationFilter(include=["public", "private"], exclude_bot_users=True),
            placeholder="None yet",
        ),
    ),
    "day": (elements.date_picker("on", "2026-09-14"), sb.DatePicker("on", "2026-09-14")),
    "no day": (elements.date_picker("on"), PICKER),
    "time": (elements.time_picker("at", "09:00"), sb.TimePicker("at", initial_time="09:00")),
    "number": (
        elements.number_input("count", min_value=0, max_value=500, initial_value="3"),
        sb.NumberInput(False, "count", min_value=0, max_value=500, initial_value="3"),
    ),
    "text": (
        elements.text_input(
            "said",
            initial_value="Acme",
            max_length=200,
            placeholder="Who",
            multiline=True,
            focus_on_load=True,
        ),
        sb.PlainTextInput(
            "said",
            initial_value="Acme",
            max_length=200,
            placeholder="Who",
            multiline=True,
            focus_on_load=True,
        ),
    ),
    "empty text": (elements.text_input("said"), sb.PlainTextInput("said")),
    "section": (
        blocks.section(Mrkdwn("*Now*"), elements.button("Go", "go"), "item:1"),
        sb.SectionBlock(sb.Text("*Now*", verbatim=True), accessory=BUTTON, block_id="item:1"),
    ),
    "context": (
        blocks.context("a", "b"),
        sb.ContextBlock([sb.Text("a", verbatim=True), sb.Text("b", verbatim=True)]),
    ),
    "words as typed": (blocks.plain_context("a & b"), sb.ContextBlock([sb.PlainText("a & b")])),
    "header": (blocks.header("Now"), sb.HeaderBlock(sb.PlainText("Now"))),
    "divider": (blocks.divider(), sb.DividerBlock()),
    "actions": (
        blocks.actions(elements.button("Go", "go"), block_id="foot"),
        sb.ActionsBlock([BUTTON], block_id="foot"),
    ),
    "field": (
        blocks.field_input(
            "When", elements.date_picker("on"), "on", hint="Or never.", optional=True, tells=True
        ),
        sb.InputBlock(
            label=sb.PlainText("When"),
            element=PICKER,
            block_id="on",
            hint=sb.PlainText("Or never."),
            optional=True,
            dispatch_action=True,
        ),
    ),
    "modal": (
        blocks.modal_of("Drop", [blocks.section("Why?")], callback_id="drop", submit="Drop", private="7"),
        sb.ModalView(
            title="Drop",
            blocks=[sb.SectionBlock(sb.Text("Why?", verbatim=True))],
            callback_id="drop",
            submit="Drop",
            close="Cancel",
            private_metadata="7",
        ),
    ),
    "home": (blocks.home_view([blocks.divider()]), sb.HomeTabView(blocks=[sb.DividerBlock()])),
}


def rendered(theirs) -> object:
    """Return what slackblocks makes, without the block ids that it draws and the multiline=False that Slack assumes."""
    made = theirs.to_dict() if hasattr(theirs, "to_dict") else theirs._resolve()
    return without_drawn_ids(made)


def without_drawn_ids(made):
    if isinstance(made, list):
        return [without_drawn_ids(each) for each in made]
    if not isinstance(made, dict):
        return made
    return {
        key: without_drawn_ids(value)
        for key, value in made.items()
        if not (key == "block_id" and len(value) == 36) and (key, value) != ("multiline", False)
    }


@pytest.mark.parametrize("name", PAIRS)
def test_ours_is_what_slackblocks_builds(name: str) -> None:
    ours, theirs = PAIRS[name]
    assert ours == rendered(theirs)


def test_what_is_too_long_is_cut_to_what_slack_takes() -> None:
    long = "x" * 5_000
    assert len(blocks.section(long)["text"]["text"]) == 3_000
    assert len(blocks.header(long)["text"]["text"]) == 150
    assert len(elements.button(long, "go")["text"]["text"]) == 75
    assert len(elements.option(long, "one", long)["description"]["text"]) == 75
    assert len(blocks.message_of([blocks.divider()] * 60).blocks) == 50
    assert len(blocks.home_view([blocks.divider()] * 160)["blocks"]) == 100
