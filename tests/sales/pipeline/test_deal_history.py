"""The history of a deal: what only follows from another change is not told, and a deal as it was before some."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sales.pipeline.deal_history import (
    DealChange,
    DealField,
    MovedBy,
    StoredChange,
    before,
    differing,
    events,
    pushes,
    settled,
    telling,
)
from sales.pipeline.opportunity import Opportunity, Stage, Waking, closed_lost, moved_to, parked
from sales.pipeline.price_cut import DiscountState, wish_read, wish_told
from sales.pipeline.pulled_forward import pulled_forward
from sales.value import changed

MON, TUE = date(2026, 9, 14), date(2026, 9, 15)
ACME = Opportunity(
    name="Acme", account="Acme Corp", stage_label="Proposal", value_minor=100, opened_on=MON, owner_name="Ana"
)


def changes(was, now, on=TUE, by="U1"):
    return [
        DealChange(opportunity_id=1, what=what, was=old, now=new, on=on, by=by)
        for what, old, new in differing(was, now)
    ]


def test_a_loss_is_one_line_and_so_is_opening_again():
    lost = closed_lost(ACME, TUE)
    assert [one.what for one in changes(ACME, lost)] == [
        DealField.STAGE,
        DealField.STAGE_LABEL,
        DealField.CLOSED,
    ]
    assert [one.what for one in telling(changes(ACME, lost))] == [DealField.STAGE]
    reopened = moved_to(lost, Stage.OPEN, TUE)
    assert [one.what for one in telling(changes(lost, reopened))] == [DealField.STAGE]
    suspect = moved_to(ACME, Stage.SUSPECT, TUE)
    assert [one.now for one in telling(changes(suspect, moved_to(suspect, Stage.OPEN, TUE)))] == ["open"]


def test_what_says_more_than_the_day_is_told():
    lost = closed_lost(ACME, MON)
    assert [one.what for one in telling(changes(ACME, lost))] == [DealField.STAGE, DealField.CLOSED]
    assert [one.what for one in telling(changes(ACME, changed(Opportunity, ACME, stage_label="")))] == [
        DealField.STAGE_LABEL
    ]


def test_a_deal_is_known_as_it_was_before_its_latest_changes():
    said = changed(
        Opportunity,
        ACME,
        name="Acme Ltd",
        account=None,
        value_minor=250,
        expected_on=TUE,
        is_tender=True,
        stage_label="",
        owner_name="",
    )
    lost = closed_lost(said, TUE)
    assert before(lost, [*changes(ACME, said), *changes(said, lost)]) == ACME
    assert before(lost, changes(said, lost)) == said
    assert before(ACME, []) == ACME


def test_one_that_is_opened_waits_no_more_and_one_that_is_parked_anew_says_so():
    resting = parked(ACME, TUE, Waking.ACTIVITY)
    opened = moved_to(resting, Stage.OPEN, TUE)
    assert [one.what for one in telling(changes(resting, opened))] == [DealField.STAGE]
    anew = parked(resting, None)
    assert [one.what for one in telling(changes(resting, anew))] == [DealField.PARKED_UNTIL, DealField.WAKES]
    every = [
        *changes(ACME, resting),
        *changes(resting, anew),
        *changes(anew, moved_to(anew, Stage.OPEN, TUE)),
    ]
    assert [one.what for one in telling(every)].count(DealField.PARKED_UNTIL) == 2


def test_what_stands_beside_a_deal_is_no_part_of_what_it_said_before():
    named = DealChange(opportunity_id=1, what=DealField.CONTACT, now="Dana", on=TUE, by="U1")
    assert before(ACME, [named]) == ACME


def test_that_somebody_looked_at_a_deal_is_no_event():
    looked = DealChange(opportunity_id=1, what=DealField.FINDING, now="Too old: known", on=TUE, by="U3")
    named = looked.model_copy(update={"what": DealField.CONTACT})
    assert events([looked, named]) == [named]


@given(
    state=st.sampled_from([DiscountState.OPEN, DiscountState.GRANTED, DiscountState.REFUSED]),
    minor=st.integers(0, 10**12),
    reason=st.sampled_from(["", "too low", "no  way "]),
)
def test_a_wish_is_read_as_it_was_written(state, minor, reason):
    word = "asked" if state is DiscountState.OPEN else state.value
    assert wish_read(wish_told(state, minor, reason)) == (word, minor, reason)


def closes(*moves, by="U1"):
    """Changes of a close: each from where the one before left it to a day of October; those that are slips say so."""
    found, was = [], "2026-09-29"
    for number, (now, *slip) in enumerate(moves):
        said = {"id": number, "opportunity_id": 1, "what": DealField.EXPECTED, "by": by, "on": TUE}
        moved_by = MovedBy.SLIP if slip else None
        found.append(StoredChange(**said, was=was, now=f"2026-10-{now:02}", moved_by=moved_by))
        was = found[-1].now
    return found


def test_a_slip_put_right_is_pushed_once():
    (pushed,) = pushes(closes((5, True), (31,)))
    assert (pushed.was, pushed.now, pushed.days_later) == ("2026-09-29", "2026-10-31", 32)
    assert len(pushes(closes((5,), (31,)))) == 2
    assert [one.days_later for one in pushes(closes((31, True), (5, True), (20,)))] == [21]


def test_what_comes_back_at_once_never_was():
    there, back = closes((5, True), (6,))
    assert settled([there, changed(StoredChange, back, now=there.was)]) == []


def test_a_close_pulled_forward_by_a_slip_was_not():
    october = changes(ACME, changed(Opportunity, ACME, expected_on=date(2026, 10, 31)))
    slip, right = closes((5, True), (31,))
    slip = changed(StoredChange, slip, was="2026-10-31", on=date(2026, 9, 28), now="2026-09-29")
    right = changed(StoredChange, right, was="2026-09-29", on=date(2026, 9, 28))
    assert pulled_forward([*october, slip], 1) is slip
    assert pulled_forward([*october, slip, right], 1) is None
    forward = changed(StoredChange, right, now="2026-09-30")
    assert pulled_forward([*october, slip, forward], 1) is forward


@given(st.lists(st.tuples(st.integers(1, 31), st.booleans()), max_size=8))
def test_what_is_settled_leads_from_the_first_to_the_last_as_each_change_does(moves):
    every = closes(*[(day, True) if slips else (day,) for day, slips in moves])
    assert sum(one.days_later for one in settled(every)) == sum(one.days_later for one in every)
