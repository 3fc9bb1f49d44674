"""Targets: each with its furthest step, service is no pursuit, old deals are none (#65)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.followups.activity import ActivityKind
from sales.prospects.target import (
    OpenedDeal,
    PursuitStep,
    StoredTarget,
    TargetTouch,
    pursued,
    read_target,
    read_targets,
)
from sales.refusal import Refusal

TODAY = date(2026, 9, 18)  # a Friday
MON = TODAY - timedelta(days=4)
CALL, EMAIL, SERVICE = ActivityKind.CALL, ActivityKind.EMAIL, ActivityKind.SERVICE


def target(name, number=1, added=MON):
    return StoredTarget(id=number, owner_id="U1", name=name, added_on=added)


@pytest.mark.parametrize(
    ("touches", "deals", "step"),
    [
        ([], [], PursuitStep.UNTOUCHED),
        ([TargetTouch("ALDER", EMAIL, MON)], [], PursuitStep.TOUCHED),
        ([TargetTouch("alder", CALL, MON)], [], PursuitStep.CONVERSATION),
        ([TargetTouch("Alder", CALL, MON, may_be_answered=False)], [], PursuitStep.TOUCHED),
        ([TargetTouch("Alder", SERVICE, MON)], [], PursuitStep.UNTOUCHED),
        ([TargetTouch("Birch", CALL, MON)], [], PursuitStep.UNTOUCHED),
        ([], [OpenedDeal(["Pilot", "Alder"], MON, is_live=True)], PursuitStep.DEAL),
        ([], [OpenedDeal(["Alder"], MON, is_live=False)], PursuitStep.DEAL),
        ([], [OpenedDeal(["Alder"], MON - timedelta(days=1), is_live=False)], PursuitStep.UNTOUCHED),
    ],
)
def test_the_furthest_step(touches, deals, step):
    (one,) = pursued([target("Alder")], touches, deals, TODAY).pursued
    assert one.step is step


def test_whom_the_week_left_alone_stands_by_silence():
    names = ("Alder", "Birch", "Cedar", "Elm")
    targets = [target(name, number) for number, name in enumerate(names)]
    touches = [TargetTouch("Alder", EMAIL, MON), TargetTouch("Birch", CALL, MON - timedelta(days=3))]
    deals = [OpenedDeal(["Cedar"], MON, is_live=True)]
    found = pursued(targets, touches, deals, TODAY)
    assert [one.target.name for one in found.left_alone] == ["Elm", "Birch"]
    assert found.touched_this_week == 1


@given(st.lists(st.sampled_from([CALL, EMAIL, SERVICE]), max_size=6), st.booleans())
def test_each_count_has_the_next_in_it(kinds, is_deal):
    touches = [TargetTouch("Alder", kind, MON) for kind in kinds]
    deals = [OpenedDeal(["Alder"], MON, is_live=True)] if is_deal else []
    found = pursued([target("Alder"), target("Elm", 2)], touches, deals, TODAY)
    reached = [found.reached(step) for step in PursuitStep]
    assert reached == sorted(reached, reverse=True)


@pytest.mark.parametrize("typed", ["", "  ", "🙂", "…", "x" * 400])
def test_what_is_no_name_is_refused(typed):
    with pytest.raises(Refusal):
        read_target(typed)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Acme", ["Acme"]),
        ("Smith and Sons", ["Smith and Sons"]),
        ("Acme; Birch ; Acme", ["Acme", "Birch"]),
        ("“Acme, Inc.”", ["Acme, Inc"]),
    ],
)
def test_semicolons_part_names_and_quotes_hold_one_together(typed, names):
    assert read_targets(typed) == names


def test_commas_are_asked_about():
    with pytest.raises(Refusal) as refused:
        read_targets("Volta, Lockside and Krona")
    assert [one.typed for one in refused.value.readings] == [
        "/lead target Volta; Lockside; Krona",
        "/lead target “Volta, Lockside and Krona”",
    ]
