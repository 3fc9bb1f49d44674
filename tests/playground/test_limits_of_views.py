"""Slack's limits on modals and Homes, at and beyond the edge."""

import copy

import pytest

from playground.limits import TOO_LARGE, view_faults
from tests.playground.pieces import chart, data_table, input_, mrkdwn, plain, section


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
