"""Adherence: which steps a decided deal had to have, and what can be said of winning beside them (#47)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.craft.adherence import PlaybookVerdict, PlayedDeal, adherence, decided_in, kept_of
from sales.craft.playbook import StoredStep
from sales.pipeline.deal_history import DealChange, DealField
from sales.pipeline.stage import USUAL_STAGES
from sales.pipeline.win_rate import Decided

TODAY = date(2026, 9, 14)
SINCE = date(2026, 6, 1)
DAY = timedelta(days=1)


def step(number: int, stage: str, since: date = SINCE, gone_on: date | None = None) -> StoredStep:
    return StoredStep(id=number, stage=stage, text=f"Step {number}", place=0, since=since, gone_on=gone_on)


STEPS = (step(1, "Talking"), step(2, "Proposal"), step(3, "Proposal"), step(4, "Negotiation"))


def played(ticked=(), *, won=True, stage="Proposal", on=TODAY, owner="U1", **more) -> PlayedDeal:
    done = ticked if isinstance(ticked, dict) else dict.fromkeys(ticked, on)
    return PlayedDeal(owner, won, on, stage, done, **more)


def of(*deals: PlayedDeal, steps=STEPS):
    return adherence(deals, steps, USUAL_STAGES)


# which steps belong to a deal


@pytest.mark.parametrize(
    ("stage", "due"),
    [("Talking", {1}), ("proposal", {1, 2, 3}), ("Negotiation", {1, 2, 3, 4}), ("", set()), ("Won", set())],
)
def test_to_a_deal_belong_the_steps_of_the_stages_it_came_to(stage, due):
    assert set(kept_of(played(stage=stage), STEPS, USUAL_STAGES)) == due


def test_a_step_counts_from_the_day_it_was_written_to_the_day_it_went():
    steps = (step(1, "Talking", since=TODAY), step(2, "Talking", gone_on=TODAY))
    assert set(kept_of(played(on=TODAY), steps, USUAL_STAGES)) == {1}
    assert set(kept_of(played(on=TODAY - DAY), steps, USUAL_STAGES)) == {2}


def test_what_was_ticked_after_the_deal_was_decided_is_not_ticked_in_time():
    found = kept_of(played({1: TODAY, 2: TODAY + DAY}), STEPS, USUAL_STAGES)
    assert found == {1: True, 2: False, 3: False}


@pytest.mark.parametrize(("on", "said"), [(None, False), (TODAY, True), (TODAY + DAY, False)])
def test_a_tender_has_its_challenge_as_one_more_step(on, said):
    deal = played((1,), stage="Talking", is_tender=True, challenged_on=on)
    assert kept_of(deal, STEPS, USUAL_STAGES) == {1: True, None: said}


def test_before_there_was_a_playbook_a_tender_had_no_step_either():
    assert kept_of(played(on=SINCE - DAY, is_tender=True), STEPS, USUAL_STAGES) == {}


# side by side


def test_half_of_the_steps_is_keeping_to_them():
    found = of(played((1, 2), stage="Negotiation"), played((1,), stage="Negotiation", won=False))
    assert (found.kept.decided, found.left.decided) == (Decided(1, 1), Decided(0, 1))
    assert (found.ticked, found.due, found.deals, found.share) == (3, 8, 2, 3 / 8)


def test_each_step_says_how_often_it_was_ticked():
    found = of(played((1, 2)), played((1,), stage="Talking"), played(stage="Talking", is_tender=True))
    counted = [(one.step.id if one.step else None, one.ticked, one.of) for one in found.steps]
    assert counted == [(1, 2, 3), (2, 1, 1), (3, 0, 1), (None, 0, 1)]


def test_twelve_that_kept_it_and_won_beside_twelve_that_left_it_and_lost_are_told():
    found = of(*[played((1,), stage="Talking")] * 12, *[played((), stage="Talking", won=False)] * 12)
    assert found.verdict is PlaybookVerdict.KEPT_WON_MORE
    assert (found.kept.low, found.kept.high) == (pytest.approx(0.7575, abs=1e-4), 1.0)
    assert (found.left.low, found.left.high) == (0.0, pytest.approx(0.2425, abs=1e-4))


def test_where_those_who_left_it_won_more_it_is_said_too():
    found = of(*[played((1,), stage="Talking", won=False)] * 12, *[played((), stage="Talking")] * 12)
    assert found.verdict is PlaybookVerdict.LEFT_WON_MORE


@pytest.mark.parametrize(
    ("kept", "left", "verdict"),
    [
        (Decided(0, 0), Decided(0, 0), PlaybookVerdict.NOTHING),
        (Decided(9, 9), Decided(0, 12), PlaybookVerdict.TOO_FEW),
        (Decided(12, 12), Decided(0, 9), PlaybookVerdict.TOO_FEW),
        (Decided(8, 12), Decided(4, 12), PlaybookVerdict.NOT_APART),
        (Decided(40, 60), Decided(20, 60), PlaybookVerdict.KEPT_WON_MORE),
    ],
)
def test_what_can_be_said_follows_the_counts(kept, left, verdict):
    deals = [played((1,), stage="Talking", won=at < kept.won) for at in range(kept.closed)]
    deals += [played((), stage="Talking", won=at < left.won) for at in range(left.closed)]
    assert of(*deals).verdict is verdict


@given(st.integers(0, 80), st.integers(0, 80), st.integers(0, 80), st.integers(0, 80))
def test_a_verdict_names_the_side_that_won_more_and_both_ranges_hold_their_rates(won, lost, left, gone):
    deals = [played((1,), stage="Talking", won=at < won) for at in range(won + lost)]
    deals += [played((), stage="Talking", won=at < left) for at in range(left + gone)]
    found = of(*deals)
    for one in (found.kept, found.left):
        assert 0 <= one.low <= one.rate <= one.high <= 1
    if found.verdict is PlaybookVerdict.KEPT_WON_MORE:
        assert found.kept.rate > found.left.rate
    if found.verdict is PlaybookVerdict.LEFT_WON_MORE:
        assert found.left.rate > found.kept.rate
    mirrored = of(*[one._replace(is_won=not one.is_won) for one in deals])
    sides = {PlaybookVerdict.KEPT_WON_MORE, PlaybookVerdict.LEFT_WON_MORE}
    assert (mirrored.verdict in sides) == (found.verdict in sides)


def test_owners_are_counted_of_the_deals_that_had_steps():
    assert of(played(owner="U1"), played(owner="U2"), played(owner="U3", stage="Won")).owners == 2


# in which stage a deal was decided


def change(what: DealField, was: str, now: str) -> DealChange:
    return DealChange(opportunity_id=1, what=what, was=was, now=now, on=TODAY)


def stage(was: str, now: str) -> DealChange:
    return change(DealField.STAGE, was, now)


def label(was: str, now: str) -> DealChange:
    return change(DealField.STAGE_LABEL, was, now)


@pytest.mark.parametrize(
    ("held", "changes", "where"),
    [
        ("", [label("Talking", "Proposal"), stage("open", "won"), label("Proposal", "")], "Proposal"),
        ("", [stage("open", "won")], ""),
        ("", [stage("open", "lost"), label("Talking", ""), stage("lost", "open"), label("", "Talking"),
              label("Talking", "Negotiation"), stage("open", "won"), label("Negotiation", "")], "Negotiation"),
        ("Closed Won", [stage("open", "won"), label("proposal", "Closed Won")], "Proposal"),
        ("Closed Won", [], ""),
        ("Negotiation", [], "Negotiation"),
        ("", [stage("open", "lost"), label("Qualifying", "")], ""),
    ],
)  # fmt: skip
def test_a_decided_deal_stood_in_the_stage_it_left_with_its_last_close(held, changes, where):
    assert decided_in(held, changes, USUAL_STAGES) == where
