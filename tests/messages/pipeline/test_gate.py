"""The entry gate in words: what a suspect lacks, in blocks that Slack takes, and integrity in one line."""

from datetime import date

import pytest

from messages.blocks import message_of
from messages.pipeline import gate as views
from messages.pipeline.deal_step import way
from playground import limits
from sales.pipeline.gate import AtGate, Gate, GateQuestion, Integrity, ShownAnswer
from sales.pipeline.opportunity import Entry, Stage, StoredOpportunity

TODAY = date(2026, 9, 14)
SPOKE, NEED, NEXT_STEP = GateQuestion


def suspect(**values):
    return StoredOpportunity(**{"id": 7, "name": "Lockside", "stage": Stage.SUSPECT, **values})


def labels(blocks):
    elements = [one for block in blocks if block["type"] == "actions" for one in block["elements"]]
    return [one["text"]["text"] for one in elements if one["type"] == "button"]


@pytest.mark.parametrize(
    ("shown", "ways"),
    [
        ({}, ["Next step…", "Count it anyway…"]),
        ({NEXT_STEP: ShownAnswer(TODAY, "call", TODAY)}, ["Count it anyway…"]),
        (dict.fromkeys(GateQuestion, ShownAnswer(TODAY, by_tick=True)), ["Count it"]),
    ],
)
def test_the_ways_through_are_those_that_are_left(shown, ways):
    blocks = views.suspect_blocks(suspect(), AtGate(Gate().asked, shown), way(suspect()))
    assert labels(blocks) == ways


def test_a_tick_says_what_changed_since_the_boxes_stood_there():
    blocks = views.suspect_blocks(suspect(), AtGate(Gate().asked, {SPOKE: ShownAnswer(TODAY, by_tick=True)}))
    (block,) = [one for one in blocks if one.get("block_id")]
    body = {"actions": [{"block_id": block["block_id"]}]}
    assert views.ticked(body, [SPOKE, NEED]) == (7, {NEED}, set())
    assert views.ticked(body, []) == (7, set(), {SPOKE})


def test_why_an_open_deal_counts_is_said_where_it_showed_nothing():
    anyway = suspect(
        stage=Stage.OPEN, opened_on=TODAY, entry=Entry.ANYWAY, entry_reason="They buy <every> autumn"
    )
    assert views.counts_by(anyway) == "Counted anyway: They buy &lt;every&gt; autumn"
    assert "from before the gate" in str(views.counts_by(suspect(stage=Stage.OPEN, opened_on=TODAY)))
    for shown in ({"entry": Entry.PASSED}, {"external_id": "D1"}):
        assert views.counts_by(suspect(stage=Stage.OPEN, opened_on=TODAY, **shown)) is None


def test_the_longest_of_everything_is_taken_by_slack():
    long = suspect(name="<&*" * 60, account="*" * 200)
    shown = {SPOKE: ShownAnswer(TODAY), NEXT_STEP: ShownAnswer(TODAY, "<&*_" * 120, TODAY)}
    assert (
        limits.message_faults(message_of(views.suspect_blocks(long, AtGate(Gate().asked, shown))).blocks)
        == []
    )
    gate = Gate(waits="s" * 1000)
    for form in (
        views.anyway_form(long, "{}"),
        views.gate_form(gate, 1, ["stage " * 16] * 12),
    ):
        assert limits.view_faults(form) == []


def test_integrity_says_what_is_missing_most_of_it_first():
    one = Integrity(past=5, anyway=1).with_suspect([NEED]).with_suspect([NEED, NEXT_STEP])
    assert views.integrity_line(one) == (
        "5 of 7 deals count in the forecast, 1 of them anyway. 2 suspects, missing a need (2) and a next step (1)."
    )
    ready = Integrity(past=1).with_suspect([])
    assert views.integrity_line(ready) == "1 of 2 deals count in the forecast. 1 suspect, ready to count."
    assert views.integrity_line(Integrity(past=3)) is None
    assert views.team_integrity({"Ana": Integrity(past=3)}) == []
