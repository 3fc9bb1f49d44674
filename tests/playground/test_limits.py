"""Slack's limits on messages: each rule refused one step beyond its edge, and taken at the edge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.limits import message_faults, view_faults
from playground.limits.blocks import BLOCKS
from playground.limits.elements import ELEMENTS
from tests.playground.pieces import (
    BUILT,
    actions,
    button,
    chart,
    confirm,
    data_table,
    input_,
    mrkdwn,
    option,
    options,
    pie,
    plain,
    section,
    select,
    table,
)

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


@pytest.mark.parametrize("block", BUILT, ids=lambda block: type(block).__name__)
def test_what_slackblocks_builds_is_taken(block):
    assert message_faults([block._resolve()]) == []


WORDS = st.sampled_from(
    [*BLOCKS, *ELEMENTS, "mrkdwn", "plain_text", "rich_text_list", "pie", "bar", "modal", "home"]
)
FIELDS = st.sampled_from(
    [
        "type",
        "text",
        "elements",
        "element",
        "options",
        "initial_option",
        "blocks",
        "rows",
        "chart",
        "fields",
        "label",
    ]
)
LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | WORDS
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=4)
)


@given(JSON)
def test_no_json_at_all_breaks_the_check(anything):
    """Whatever an app sends is judged, never an error of the double's own."""
    assert isinstance(message_faults(anything), list)
    assert isinstance(view_faults(anything), list)


@given(st.sampled_from(BUILT), st.data())
def test_a_known_block_with_one_thing_wrong_is_judged_too(block, data):
    whole = block._resolve()
    name = data.draw(st.sampled_from(sorted(whole)))
    whole[name] = data.draw(JSON)
    assert isinstance(message_faults([whole]), list)
