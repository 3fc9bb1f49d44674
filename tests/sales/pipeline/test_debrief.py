"""Debriefs: what is left to ask, when it was knowable, what it cost in days, and what a month's losses share (#33)."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.people.calendar import WorkCalendar
from sales.pipeline.deal_history import DealChange, DealField
from sales.pipeline.debrief import (
    TOGETHER,
    Cause,
    Debrief,
    DebriefQuestion,
    Knowable,
    KnowableMoment,
    LookBack,
    cause_in,
    debrief_of_close,
    look_back,
    moments_of,
    month_of_losses,
    slot_of,
)
from sales.pipeline.opportunity import Stage, StoredOpportunity

OPENED, CLOSED = date(2026, 8, 3), date(2026, 9, 14)  # both Mondays
ROOT = Path(__file__).parents[3]

# Everything asked is read somewhere: where each stored answer is, beside the card and the form, which show them all.
READERS = {
    "should_have_been_there": ("messages/pipeline/debrief.j2", "sales/pipeline/debrief.py"),
    "knowable": ("messages/pipeline/debrief.j2", "sales/pipeline/debrief.py"),
    "knowable_on": ("messages/pipeline/debrief.j2", "sales/pipeline/debrief.py"),
    "knowable_stage": ("messages/pipeline/debrief.j2",),
    "cause": ("messages/pipeline/debrief.j2", "sales/pipeline/debrief.py"),
    "reason": ("messages/pipeline/debrief.j2",),
}
ABOUT = {"opportunity_id", "outcome", "closed_on"}  # which close it is of; nobody is asked


def lost(number=1, **said):
    deal = StoredOpportunity(
        id=number, name="Acme", stage=Stage.LOST, opened_on=OPENED, closed_on=CLOSED, value_minor=1
    )
    return deal, Debrief(opportunity_id=number, closed_on=CLOSED, **said)


def test_every_stored_answer_has_a_reader():
    assert set(Debrief.model_fields) - ABOUT == set(READERS)
    for column, places in READERS.items():
        for place in places:
            assert f".{column}" in (ROOT / place).read_text("utf-8"), (column, place)


def test_what_was_typed_with_the_loss_is_not_asked_again():
    assert debrief_of_close(1, Stage.LOST, CLOSED).open_questions == tuple(DebriefQuestion)
    typed = debrief_of_close(1, Stage.LOST, CLOSED, "they buy on price alone")
    assert (typed.cause, typed.open_questions) == (
        Cause.PRICE,
        (DebriefQuestion.BELONGED, DebriefQuestion.KNOWABLE),
    )
    assert debrief_of_close(1, Stage.WON, CLOSED).open_questions == (DebriefQuestion.CAUSE,)


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        ("too expensive", Cause.PRICE),
        ("another supplier", Cause.COMPETITOR),
        ("maybe next year", Cause.TIMING),
        ("their project was stopped", Cause.NO_DECISION),
        ("not a fit", Cause.FIT),
        ("price, and another supplier", None),
        ("hard to say", None),
    ],
)
def test_words_speak_of_one_cause_or_of_none(said, cause):
    assert cause_in(said) is cause


def test_it_could_be_known_at_the_start_at_each_stage_and_at_the_end():
    deal, _ = lost()
    entered = [
        DealChange(opportunity_id=1, what=DealField.STAGE_LABEL, now=name, on=OPENED + timedelta(days=day))
        for day, name in ((0, "Talking"), (7, "Proposal"), (20, "Negotiation"))
    ]
    assert [(one.knowable, one.on, one.stage) for one in moments_of(deal, entered)] == [
        (Knowable.START, OPENED, ""),
        (Knowable.STAGE, date(2026, 8, 10), "Proposal"),
        (Knowable.STAGE, date(2026, 8, 23), "Negotiation"),
        (Knowable.END, CLOSED, ""),
    ]
    assert moments_of(deal, ())[0] == KnowableMoment(Knowable.START, OPENED)


@pytest.mark.parametrize(("on", "days"), [(OPENED, 30), (date(2026, 9, 11), 1), (CLOSED, 0), (None, None)])
def test_days_worked_after_it_could_be_known_are_working_days(on, days):
    deal, said = lost(knowable=Knowable.DAY, knowable_on=on)
    assert look_back(deal, said, (), WorkCalendar()).days_after == days


def test_what_was_said_of_another_close_does_not_count():
    deal, said = lost(reason="price", should_have_been_there=False)
    said.closed_on = date(2026, 9, 1)
    assert look_back(deal, said, (), WorkCalendar()).debrief.open_questions == tuple(DebriefQuestion)
    won = deal.model_copy(update={"stage": Stage.WON})
    assert look_back(won, lost(reason="price")[1], (), WorkCalendar()).debrief.reason == ""


def test_a_month_counts_what_was_avoidable_at_entry_and_what_decided_it():
    no, yes = {"should_have_been_there": False}, {"should_have_been_there": True}
    said = [
        {**no, "knowable": Knowable.START, "cause": Cause.PRICE},
        {**no, "knowable": Knowable.STAGE, "knowable_on": date(2026, 8, 31), "cause": Cause.PRICE},
        {**yes, "knowable": Knowable.END, "cause": Cause.TIMING},
        {},
    ]
    looks = [LookBack(*lost(number, **one), (), 10) for number, one in enumerate(said)]
    found = month_of_losses(looks)
    assert found is not None
    assert (found.lost, found.answered, found.avoidable, found.days_after) == (4, 3, 1, 40)
    assert list(found.causes) == [(Cause.PRICE, 2), (Cause.TIMING, 1)]
    assert month_of_losses([]) is None


@given(st.integers(0, 10**9))
def test_a_slot_holds_its_moment_and_begins_with_a_quarter_of_an_hour(seconds):
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    begins = slot_of(now)
    assert begins <= now < begins + TOGETHER
    assert (begins.minute % 15, begins.second, begins.microsecond) == (0, 0, 0)
