"""The entry gate (mechanism 27): what it asks, what waits before it, and what of a pipeline is past it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.imports.files.stage_words import STAGE_WORDS
from sales.language.names.match import folded
from sales.pipeline.deal_history import DealChange, DealField, differing
from sales.pipeline.gate import (
    AtGate,
    Gate,
    GateQuestion,
    Integrity,
    ShownAnswer,
    gate_of,
    is_past,
    least_first,
    opened_again,
    passed,
    together,
)
from sales.pipeline.opportunity import Entry, Opportunity, Stage, closed_lost, closed_won
from sales.refusal import Refusal
from sales.value import changed

TODAY = date(2026, 9, 14)
SPOKE, NEED, NEXT_STEP = GateQuestion


def suspect(**values):
    return Opportunity(**{"name": "Lockside", "stage": Stage.SUSPECT, **values})


def moved(was, now, what=DealField.STAGE):
    return DealChange(opportunity_id=1, what=what, was=was, now=now, on=TODAY)


@given(st.sets(st.sampled_from(GateQuestion)), st.sets(st.sampled_from(GateQuestion)))
def test_what_is_missing_is_what_is_asked_and_not_shown(asks, shown):
    gate = Gate(asks=" ".join(asks))
    at = AtGate(gate.asked, {one: ShownAnswer(TODAY) for one in shown})
    assert set(at.missing) == asks - shown
    assert at.is_met == (asks <= shown)


def test_a_suspect_that_passes_is_as_old_as_its_gate_and_keeps_the_reason():
    deal = passed(suspect(), TODAY, Entry.ANYWAY, "They buy every autumn")
    assert (deal.stage, deal.opened_on, deal.entry, deal.entry_reason) == (
        Stage.OPEN,
        TODAY,
        Entry.ANYWAY,
        "They buy every autumn",
    )
    assert not deal.is_from_before_the_gate


@pytest.mark.parametrize(
    ("values", "changes", "past"),
    [
        ({"opened_on": TODAY}, [], True),
        ({}, [], False),
        ({"external_id": "D1"}, [], True),  # a file without opening dates
        ({"external_id": "D1"}, [moved("suspect", "lost")], False),
        ({"external_id": "D1"}, [moved("suspect", "parked"), moved("parked", "lost")], False),
        ({"external_id": "D1"}, [moved("suspect", "open"), moved("open", "lost")], True),
        ({"external_id": "D1"}, [moved("", "5", DealField.VALUE)], True),
    ],
)
def test_who_was_a_suspect_is_one_again(values, changes, past):
    closed = Opportunity(name="Lockside", stage=Stage.LOST, closed_on=TODAY, **values)
    assert is_past(closed, changes) is past
    again = opened_again(closed, changes, TODAY)
    assert again.stage is (Stage.OPEN if past else Stage.SUSPECT)
    assert (again.opened_on is None) is not past


@pytest.mark.parametrize("close", [closed_lost, closed_won])
@pytest.mark.parametrize("label", ["Proposal", ""])
def test_what_is_opened_again_stands_where_it_stood(close, label):
    deal = Opportunity(name="Lockside", opened_on=TODAY, stage_label="Talking")
    changes, now = [], deal
    for then in (
        changed(Opportunity, deal, stage_label=label),
        close(changed(Opportunity, deal, stage_label=label), TODAY),
    ):
        changes += [
            DealChange(opportunity_id=1, what=what, was=was, now=said, on=TODAY)
            for what, was, said in differing(now, then)
        ]
        now = then
    assert opened_again(now, changes, TODAY).stage_label == label


def test_the_usual_gate_waits_where_the_presets_of_crms_do():
    assert {word for word, stage in STAGE_WORDS.items() if stage is Stage.SUSPECT} == Gate().waiting


@pytest.mark.parametrize(
    ("name", "said", "stage"),
    [
        ("Discovery", None, Stage.SUSPECT),  # no file knows it, the team does
        ("Qualification", Stage.OPEN, Stage.SUSPECT),
        ("Prospecting", Stage.SUSPECT, Stage.OPEN),  # taken off the list
        ("Negotiation", Stage.OPEN, Stage.OPEN),
        ("Nobody's", None, None),
        ("Qualification", Stage.WON, Stage.WON),
        ("Qualification", Stage.PARKED, Stage.PARKED),
    ],
)
def test_a_team_says_which_stages_of_an_import_wait(name, said, stage):
    gate = gate_of(["spoke"], "discovery; Qualification\nQUALIFICATION,,")
    assert gate.waits == "discovery, Qualification"
    assert gate.stage_of([name], said) is stage


@given(
    st.lists(
        st.text(st.characters(exclude_characters=",;\n", exclude_categories=["Cs"]), max_size=30), max_size=30
    )
)
def test_every_stage_that_was_typed_waits_and_saving_the_form_again_changes_nothing(names):
    gate = gate_of(GateQuestion, ",".join(names))
    assert {folded(" ".join(name.split())) for name in names} - {""} == gate.waiting
    assert gate_of(gate.asked, gate.waits) == gate


def test_more_stages_than_any_crm_has_are_refused_on_their_field():
    with pytest.raises(Refusal) as refusal:
        gate_of([], ",".join(f"Stage {at}" for at in range(31)))
    assert refusal.value.field == "waits"


def test_integrity_adds_up_and_says_what_is_missing_most():
    ana = Integrity().with_open(None)
    ana = ana.with_suspect([NEED, NEXT_STEP]).with_suspect([NEXT_STEP])
    ben = Integrity().with_open(Entry.ANYWAY).with_suspect([NEED])
    assert (ana.past, ana.live, ana.before, ana.most_missing) == (1, 3, 1, NEXT_STEP)
    both = together([ana, ben])
    assert (both.past, both.live, both.anyway, both.before) == (2, 5, 1, 1)
    assert dict(both.lacking) == {NEED: 2, NEXT_STEP: 2}
    assert both.most_missing is NEED
    assert Integrity().most_missing is None
    assert [name for name, _ in least_first({"Ben": ben, "Ana": ana, "Cleo": Integrity(past=3)})] == [
        "Ana",
        "Ben",
    ]
