"""Stages as a manager types them, what a deal lacks to stand in one, and what becomes of deals in another list."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.followups.followup import StoredFollowUp
from sales.language.names.match import name_key
from sales.pipeline.deal_contact import StoredContact
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.obstacle import StoredObstacle
from sales.pipeline.opportunity import Stage, StoredOpportunity
from sales.pipeline.stage import MAX_STAGES, USUAL_STAGES, DealStage, StageNeed, stage_needing
from sales.pipeline.stage_list import read_stages, what_moves, written
from sales.pipeline.stage_need import still_needed
from sales.refusal import Refusal

DAY = date(2026, 9, 18)
NAMES = st.text(st.sampled_from("abcdefghij"), min_size=1, max_size=12).map(
    lambda name: name.replace("j", ":i")
)
NEEDS = st.sets(st.sampled_from(list(StageNeed))).map(lambda needs: " ".join(sorted(needs)))
LISTS = st.lists(
    st.builds(DealStage, name=NAMES, needs=NEEDS),
    min_size=1,
    max_size=MAX_STAGES,
    unique_by=lambda stage: name_key(stage.name),
)


@given(LISTS)
def test_what_is_written_reads_the_same(stages):
    read = read_stages(written(stages))
    assert [(one.name, one.needed) for one in read] == [(one.name, one.needed) for one in stages]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "at least one stage"),
        (" \n ", "at least one stage"),
        (": price", "needs a name"),
        ("Talking\ntalking", "stands there twice"),
        ("Talking: a budget", "“a budget” is nothing a stage can need"),
        ("\n".join(f"Stage {number}" for number in range(MAX_STAGES + 1)), "12 stages at most"),
    ],
)
def test_a_list_that_cannot_be_read_says_which_line(typed, why):
    with pytest.raises(Refusal, match=why) as refused:
        read_stages(typed)
    assert refused.value.field == "stages"


def test_needs_are_read_by_any_of_their_names():
    (stage,) = read_stages("Late stage:  Decision maker, OBSTACLES , close date, amount,")
    assert set(stage.needed) == {
        StageNeed.DECISION_MAKER,
        StageNeed.OBSTACLE,
        StageNeed.CLOSE,
        StageNeed.PRICE,
    }


@pytest.mark.parametrize(
    ("before", "after", "renamed", "gone"),
    [
        ("A B C", "A B C", {}, []),
        ("A B C", "A X C", {"B": "X"}, []),
        ("A B C", "A C", {}, ["B"]),
        ("A B C", "C B A", {}, []),
        ("A B C", "B A X", {}, ["C"]),
        ("A B C", "A B C D", {}, []),
        ("A B C", "a B C", {"A": "a"}, []),
        ("A B E", "A B", {}, []),
    ],
)
def test_a_stage_is_renamed_where_it_stood_and_gone_where_it_is_missing(before, after, renamed, gone):
    moved = what_moves(
        before.split(), [DealStage(name=name) for name in after.split()], {"A": 1, "B": 2, "C": 3}
    )
    assert (moved.renamed, moved.gone) == (renamed, gone)


@given(LISTS, LISTS, st.data())
def test_no_deal_is_left_in_a_stage_that_is_not_there(before, after, data):
    """Whatever is changed: who stood somewhere stands in a stage of the list, is renamed along, or is asked about."""
    labels = [stage.name for stage in before]
    standing = data.draw(st.dictionaries(st.sampled_from(labels), st.integers(1, 9)))
    moved = what_moves(labels, after, standing)
    listed = {name_key(stage.name) for stage in after}
    for label in standing:
        now = moved.renamed.get(label, label)
        assert name_key(now) in listed or label in moved.gone
    assert set(moved.gone) <= set(standing)


FULL = {
    "next_step": StoredFollowUp(id=1, owner_id="U1", who="Acme", what="demo", due_on=DAY),
    "contacts": (StoredContact(id=1, opportunity_id=1, name="Dana", decides=True),),
    "obstacles": (StoredObstacle(id=1, opportunity_id=1, what="Legal", owner_id="U1"),),
}
EVERYTHING = stage_needing("Late", *StageNeed)


def facts(stage=EVERYTHING, **values):
    deal = StoredOpportunity(id=1, name="Acme", **{"value_minor": 100, "expected_on": DAY, **values})
    return DealFacts(deal, stage, changes=())


def test_what_a_stage_needs_and_a_deal_has_not_is_named():
    bare = facts(value_minor=0, expected_on=None)
    assert set(still_needed(bare)) == set(StageNeed) - {StageNeed.CONTACT}
    assert still_needed(facts()._replace(**FULL)) == ()
    spoken_to = FULL | {"contacts": (StoredContact(id=1, opportunity_id=1, name="Tim"),)}
    assert still_needed(facts()._replace(**spoken_to)) == (StageNeed.DECISION_MAKER,)
    assert still_needed(facts(USUAL_STAGES[0])) == (StageNeed.NEXT_STEP,)


def test_an_obstacle_out_of_the_way_was_named():
    cleared = facts()._replace(**FULL | {"obstacles": ()}, obstacles_cleared=1)
    assert still_needed(cleared) == ()


@pytest.mark.parametrize("stage", [Stage.WON, Stage.LOST, Stage.PARKED])
def test_nothing_is_needed_of_a_deal_that_is_not_under_way(stage):
    closed_on = DAY if stage in (Stage.WON, Stage.LOST) else None
    assert still_needed(facts(stage=EVERYTHING)._replace()) != ()
    deal = StoredOpportunity(id=1, name="Acme", stage=stage, closed_on=closed_on)
    assert still_needed(DealFacts(deal, EVERYTHING)) == ()


def test_a_label_that_is_no_stage_needs_nothing():
    assert still_needed(facts(None)) == ()
