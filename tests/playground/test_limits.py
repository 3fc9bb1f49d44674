"""Slack's limits: each rule refused one step beyond its edge, and taken at the edge."""

import copy

import pytest
import slackblocks as sb

from playground.limits import TOO_LARGE, message_faults, view_faults


def plain(words):
    return {"type": "plain_text", "text": words}


def mrkdwn(words):
    return {"type": "mrkdwn", "text": words}


def option(value="v", words="Option"):
    return {"text": plain(words), "value": value}


def options(count):
    return [option(f"v{number}") for number in range(count)]


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def button(**more):
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def select(**more):
    return {"type": "static_select", "action_id": "s", "options": options(2), **more}


def input_(element, **more):
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def confirm(**more):
    return {
        "title": plain("Sure?"),
        "text": mrkdwn("It *goes*."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
        **more,
    }


def section(words="x", **more):
    return {"type": "section", "text": mrkdwn(words), **more}


def chart(**more):
    series = [{"name": "Won", "data": [{"label": "Q1", "value": 1}]}]
    whole = {"type": "bar", "series": series, "axis_config": {"categories": ["Q1"]}}
    return {"type": "data_visualization", "title": "Pace", "chart": {**whole, **more}}


def pie(count):
    segments = [{"label": f"s{number}", "value": 1} for number in range(count)]
    return {"type": "data_visualization", "title": "Share", "chart": {"type": "pie", "segments": segments}}


def data_table(rows, columns=2, **more):
    row = [{"type": "raw_text", "text": "x"}] * columns
    return {"type": "data_table", "caption": "Deals", "rows": [row] * rows, **more}


def table(rows, columns=1):
    return {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * columns] * rows}


TAKEN = {
    "50 blocks": [section()] * 50,
    "section of 3000": [section("x" * 3000)],
    "10 fields of 2000": [{"type": "section", "fields": [mrkdwn("x" * 2000)] * 10}],
    "header of 150": [{"type": "header", "text": plain("x" * 150)}],
    "25 buttons": [actions(*(button(action_id=f"a{number}") for number in range(25)))],
    "one action_id in two blocks": [actions(button()), actions(button())],
    "button text 75, value 2000": [actions(button(text=plain("x" * 75), value="x" * 2000))],
    "100 options": [actions(select(options=options(100)))],
    "initial option as offered": [actions(select(initial_option=option("v1")))],
    "option groups": [
        actions({"type": "static_select", "option_groups": [{"label": plain("G"), "options": options(2)}]})
    ],
    "confirm": [actions(button(confirm=confirm()))],
    "10 checkboxes": [section(accessory={"type": "checkboxes", "options": options(10)})],
    "mrkdwn in radio buttons": [
        actions({"type": "radio_buttons", "options": [{"text": mrkdwn("*A*"), "value": "a"}]})
    ],
    "5 in overflow": [actions({"type": "overflow", "options": options(5)})],
    "chart": [chart(), pie(12)],
    "data table 201 × 20": [data_table(201, 20)],
    "table 100 × 20": [table(100, 20)],
    "markdown of 12000": [{"type": "markdown", "text": "x" * 12_000}],
    "card": [{"type": "card", "title": mrkdwn("x" * 150), "body": mrkdwn("x" * 200), "actions": [button()]}],
    "image": [{"type": "image", "image_url": "https://x.example/a.png", "alt_text": "x" * 2000}],
    "verbatim": [{"type": "section", "text": {**mrkdwn("x"), "verbatim": True}}],
    "context of 10": [{"type": "context", "elements": [mrkdwn("x")] * 10}],
}

REFUSED = {
    "51 blocks": ([section()] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    "unknown block": ([{"type": "hologram"}], "unsupported type: hologram [json-pointer:/blocks/0/type]"),
    "no type": ([{"text": plain("x")}], "unsupported type: None [json-pointer:/blocks/0/type]"),
    "empty text": ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    "section of 3001": (
        [section("x" * 3001)],
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    "section of nothing": ([{"type": "section"}], "missing required field: one of text, fields"),
    "11 fields": ([{"type": "section", "fields": [mrkdwn("x")] * 11}], "no more than 10 items allowed"),
    "field of 2001": (
        [{"type": "section", "fields": [mrkdwn("x" * 2001)]}],
        "must be less than 2001 characters",
    ),
    "header of 151": ([{"type": "header", "text": plain("x" * 151)}], "must be less than 151 characters"),
    "mrkdwn header": ([{"type": "header", "text": mrkdwn("x")}], "unsupported type: mrkdwn"),
    "26 buttons": (
        [actions(*(button(action_id=f"a{number}") for number in range(26)))],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "no buttons": ([actions()], "no fewer than 1 items allowed"),
    "action_id twice in a block": ([actions(button(), button())], "action_id 'go' is used twice"),
    "block_id twice": (
        [section(block_id="b"), section(block_id="b")],
        "block_id 'b' is used twice; each must be unique [json-pointer:/blocks/1/block_id]",
    ),
    "block_id of 256": ([section(block_id="x" * 256)], "must be less than 256 characters"),
    "action_id of 256": ([actions(button(action_id="x" * 256))], "must be less than 256 characters"),
    "button text 76": ([actions(button(text=plain("x" * 76)))], "must be less than 76 characters"),
    "button value 2001": ([actions(button(value="x" * 2001))], "must be less than 2001 characters"),
    "button style": ([actions(button(style="green"))], "must be a valid enum value"),
    "unknown field": ([actions(button(colour="red"))], "invalid additional property: colour"),
    "emoji in mrkdwn": (
        [{"type": "section", "text": {**mrkdwn("x"), "emoji": True}}],
        "invalid additional property",
    ),
    "101 options": ([actions(select(options=options(101)))], "no more than 100 items allowed"),
    "no options": ([actions(select(options=[]))], "no fewer than 1 items allowed"),
    "options and groups": ([actions(select(option_groups=[]))], "no fewer than 1 items allowed"),
    "neither options nor groups": (
        [actions({"type": "static_select"})],
        "exactly one of options, option_groups",
    ),
    "mrkdwn option": (
        [actions(select(options=[{"text": mrkdwn("x"), "value": "v"}]))],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/elements/0/options/0/text/type]",
    ),
    "option text 76": (
        [actions(select(options=[option(words="x" * 76)]))],
        "must be less than 76 characters",
    ),
    "option value 151": ([actions(select(options=[option("x" * 151)]))], "must be less than 151 characters"),
    "option value twice": ([actions(select(options=[option(), option()]))], "option value 'v' is used twice"),
    "initial option not offered": (
        [actions(select(initial_option=option("elsewhere")))],
        "initial_option must be among the options: 'elsewhere' is not",
    ),
    "initial option worded otherwise": (
        [actions(select(initial_option=option("v1", "Other words")))],
        "initial_option must be among the options",
    ),
    "11 checkboxes": (
        [section(accessory={"type": "checkboxes", "options": options(11)})],
        "no more than 10 items allowed",
    ),
    "6 in overflow": ([actions({"type": "overflow", "options": options(6)})], "no more than 5 items allowed"),
    "a field in actions": ([actions({"type": "plain_text_input"})], "unsupported type: plain_text_input"),
    "a button in an input": ([input_(button())], "unsupported type: button"),
    "a button in context": ([{"type": "context", "elements": [button()]}], "unsupported type: button"),
    "11 in context": ([{"type": "context", "elements": [mrkdwn("x")] * 11}], "no more than 10 items allowed"),
    "confirm without deny": (
        [actions(button(confirm={"title": plain("?"), "text": plain("?"), "confirm": plain("Yes")}))],
        "missing required field: deny",
    ),
    "confirm title 101": (
        [actions(button(confirm=confirm(title=plain("x" * 101))))],
        "must be less than 101",
    ),
    "confirm text 301": ([actions(button(confirm=confirm(text=plain("x" * 301))))], "must be less than 301"),
    "confirm button 31": (
        [actions(button(confirm=confirm(confirm=plain("x" * 31))))],
        "must be less than 31",
    ),
    "bad date": (
        [actions({"type": "datepicker", "initial_date": "20.9.2017"})],
        "must be a date as YYYY-MM-DD",
    ),
    "bad time": ([actions({"type": "timepicker", "initial_time": "24:00"})], "must be a time as HH:mm"),
    "image without alt": (
        [{"type": "image", "image_url": "https://x.example/a.png"}],
        "missing required field: alt_text",
    ),
    "image alt 2001": (
        [{"type": "image", "image_url": "https://x.example/a.png", "alt_text": "x" * 2001}],
        "must be less than 2001 characters",
    ),
    "image from nowhere": ([{"type": "image", "alt_text": "x"}], "exactly one of image_url, slack_file"),
    "alert in a message": ([{"type": "alert", "text": plain("x")}], "unsupported type: alert"),
    "3 charts": ([chart(), chart(), chart()], "no more than 2 data_visualization allowed in a message"),
    "13 segments": ([pie(13)], "no more than 12 items allowed"),
    "chart title 51": ([{**chart(), "title": "x" * 51}], "must be less than 51 characters"),
    "21 categories": (
        [chart(axis_config={"categories": [f"c{number}" for number in range(21)]})],
        "no more than 20 items allowed",
    ),
    "a point short": (
        [chart(axis_config={"categories": ["Q1", "Q2"]})],
        "exactly one point for every category",
    ),
    "202 data rows": ([data_table(202)], "no more than 201 items allowed"),
    "1 data row": ([data_table(1)], "no fewer than 2 items allowed"),
    "21 data columns": ([data_table(2, 21)], "no more than 20 items allowed"),
    "uneven data rows": (
        [{**data_table(2), "rows": [[{"type": "raw_text", "text": "x"}] * n for n in (2, 1)]}],
        "must have 2 cells like the header",
    ),
    "20001 characters in cells": (
        [{**data_table(2, 1), "rows": [[{"type": "raw_text", "text": "x" * n}] for n in (10_000, 10_001)]}],
        "must hold less than 20001 characters in all",
    ),
    "101 table rows": ([table(101)], "no more than 100 items allowed"),
    "2 tables": ([table(1), table(1)], "no more than 1 table allowed"),
    "markdown of 12001 in two": (
        [{"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * 6001}],
        "less than 12001 characters in all",
    ),
    "card body 201": ([{"type": "card", "body": plain("x" * 201)}], "must be less than 201 characters"),
    "4 card actions": ([{"type": "card", "actions": [button()] * 4}], "no more than 3 items allowed"),
    "pending task alone": (
        [{"type": "task_card", "task_id": "1", "title": "x", "status": "pending"}],
        "must be a valid enum value",
    ),
    "number without decimals said": (
        [input_({"type": "number_input"})],
        "missing required field: is_decimal_allowed",
    ),
    "min above max": (
        [input_({"type": "number_input", "is_decimal_allowed": False, "min_value": "9", "max_value": "1"})],
        "min_value must not be greater than max_value",
    ),
    "blocks that are no blocks": (["x"], "unsupported type: None"),
}


@pytest.mark.parametrize("blocks", TAKEN.values(), ids=TAKEN.keys())
def test_at_the_edge_a_message_is_taken(blocks):
    assert message_faults(blocks) == []


@pytest.mark.parametrize(("blocks", "fault"), REFUSED.values(), ids=REFUSED.keys())
def test_beyond_the_edge_a_message_is_refused_with_the_rule(blocks, fault):
    faults = message_faults(blocks)
    assert len(faults) >= 1
    assert fault in faults[0]
    assert faults[0].startswith("[ERROR] ")


def modal(**more):
    return {"type": "modal", "title": plain("Title"), "blocks": [section()], **more}


VIEWS_TAKEN = {
    "100 blocks": modal(blocks=[section()] * 100),
    "words of 24": modal(title=plain("x" * 24), submit=plain("x" * 24), close=plain("x" * 24)),
    "private_metadata of 3000": modal(private_metadata="x" * 3000),
    "alert in a modal": modal(blocks=[{"type": "alert", "text": plain("x"), "level": "warning"}]),
    "home": {"type": "home", "blocks": [section()], "private_metadata": "x"},
    "home with an input": {"type": "home", "blocks": [input_({"type": "plain_text_input"})]},
    "file input": modal(submit=plain("Go"), blocks=[input_({"type": "file_input", "max_files": 10})]),
}
VIEWS_REFUSED = {
    "101 blocks": (
        modal(blocks=[section()] * 101),
        "no more than 100 items allowed [json-pointer:/view/blocks]",
    ),
    "title of 25": (
        modal(title=plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/title/text]",
    ),
    "submit of 25": (modal(submit=plain("x" * 25)), "must be less than 25 characters"),
    "close of 25": (modal(close=plain("x" * 25)), "must be less than 25 characters"),
    "mrkdwn title": (modal(title=mrkdwn("x")), "unsupported type: mrkdwn"),
    "no title": ({"type": "modal", "blocks": []}, "missing required field: title"),
    "private_metadata of 3001": (modal(private_metadata="x" * 3001), "must be less than 3001 characters"),
    "callback_id of 256": (modal(callback_id="x" * 256), "must be less than 256 characters"),
    "input without submit": (modal(blocks=[input_({"type": "plain_text_input"})]), "submit is required"),
    "a view given back whole": (modal(id="V1", hash="1.2", state={}), "invalid additional property: id"),
    "chart in a modal": (modal(blocks=[chart()]), "unsupported type: data_visualization"),
    "data table in a modal": (modal(blocks=[data_table(2)]), "unsupported type: data_table"),
    "markdown in a modal": (modal(blocks=[{"type": "markdown", "text": "x"}]), "unsupported type: markdown"),
    "chart on Home": ({"type": "home", "blocks": [chart()]}, "unsupported type: data_visualization"),
    "alert on Home": (
        {"type": "home", "blocks": [{"type": "alert", "text": plain("x")}]},
        "unsupported type: alert",
    ),
    "two focused": (
        modal(
            submit=plain("Go"),
            blocks=[input_({"type": "plain_text_input", "focus_on_load": True})] * 2,
        ),
        "focus_on_load may be set on one element only",
    ),
    "unknown view": ({"type": "dialog", "blocks": []}, "unsupported type: dialog"),
}


@pytest.mark.parametrize("view", VIEWS_TAKEN.values(), ids=VIEWS_TAKEN.keys())
def test_at_the_edge_a_view_is_taken(view):
    assert view_faults(view) == []


@pytest.mark.parametrize(("view", "fault"), VIEWS_REFUSED.values(), ids=VIEWS_REFUSED.keys())
def test_beyond_the_edge_a_view_is_refused_with_the_rule(view, fault):
    assert fault in view_faults(view)[0]


def test_a_view_may_weigh_250_kb():
    rows = [section("x" * 2400) for _ in range(100)]
    assert view_faults(modal(blocks=rows)) == []
    heavy = copy.deepcopy(rows)
    for row in heavy:
        row["text"]["text"] += "x" * 100
    assert view_faults(modal(blocks=heavy)) == [TOO_LARGE]


RICH = sb.RichTextBlock(
    sb.RichTextSection([sb.RichText("hi", bold=True), sb.RichTextLink("mailto:a@b.example")])
)
BUILT = [
    sb.HeaderBlock("Title"),
    sb.SectionBlock("*Deal*", fields=["a", "b"], accessory=sb.Button("Go", "go", value="1", style="primary")),
    sb.DividerBlock(),
    sb.ContextBlock([sb.Text("small")]),
    sb.ImageBlock("https://x.example/a.png", "alt", title="Picture"),
    RICH,
    sb.ActionsBlock(
        [
            sb.Button("Go", "go", confirm=sb.Confirm(title="Sure?", text="Really", confirm="Yes", deny="No")),
            sb.DatePicker(action_id="day", initial_date="2017-09-20"),
            sb.TimePicker(action_id="hour", initial_time="16:30"),
            sb.UserSelectMenu(action_id="who", placeholder="Who"),
            sb.ConversationSelectMenu(action_id="where", placeholder="Where"),
            sb.OverflowMenu(
                "more", [sb.Option(sb.PlainText("One"), "1"), sb.Option(sb.PlainText("Two"), "2")]
            ),
        ]
    ),
    sb.TableBlock([[sb.RawText("a"), sb.RawText("b")]]),
    sb.DataTableBlock(
        [[sb.RawText("Deal"), sb.RawText("Value")], [sb.RawText("Acme"), sb.RawNumber(5, "5")]], "Deals"
    ),
    sb.DataVisualizationBlock(
        "Pace", sb.LineChart([sb.DataSeries("Won", [sb.DataPoint("Q1", 1)])], sb.AxisConfig(["Q1"]))
    ),
    sb.CardBlock(title="Acme", body="Closing", actions=[sb.Button("Open", "open")]),
    sb.MarkdownBlock("# Title"),
    sb.ContextActionsBlock(
        [sb.FeedbackButtons(sb.FeedbackButton("Yes", "y"), sb.FeedbackButton("No", "n"), "f")]
    ),
    sb.ContainerBlock([sb.DividerBlock()], title="Box"),
    sb.InputBlock("Amount", sb.NumberInput(is_decimal_allowed=True, action_id="n")),
    sb.InputBlock("Words", sb.PlainTextInput(action_id="w", multiline=True, max_length=100)),
]


@pytest.mark.parametrize("block", BUILT, ids=lambda block: type(block).__name__)
def test_what_slackblocks_builds_is_taken(block):
    assert message_faults([block._resolve()]) == []
