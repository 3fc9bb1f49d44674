"""Values: what a rule makes of one is another, checked like any new one."""

from datetime import date

import pytest
from pydantic import ValidationError

from sales.followups.followup import FollowUp, FollowUpState, StoredFollowUp, edited, moved
from sales.pipeline.opportunity import Opportunity, Stage
from sales.value import changed

TODAY, TOMORROW = date(2026, 9, 14), date(2026, 9, 15)
DEMO = StoredFollowUp(id=7, owner_id="U1", who="Acme", what="demo", due_on=TODAY)


def test_the_one_before_stays_as_it_was_and_the_other_is_a_plain_value():
    other = changed(FollowUp, DEMO, state=FollowUpState.DONE)
    assert (DEMO.state, other.state) == (FollowUpState.OPEN, FollowUpState.DONE)
    assert type(other) is FollowUp
    assert other.model_dump(exclude={"state"}) == DEMO.model_dump(exclude={"state", "id"})


def test_one_that_would_contradict_itself_is_not_made():
    deal = Opportunity(name="Acme", opened_on=TOMORROW)
    for absurd in ({"stage": Stage.WON}, {"stage": Stage.WON, "closed_on": TODAY}, {"value_minor": -1}):
        with pytest.raises(ValidationError):
            changed(Opportunity, deal, **absurd)


def test_a_field_that_is_none_of_its_own_is_a_slip():
    with pytest.raises(TypeError, match="FollowUp has no duedate, id"):
        changed(FollowUp, DEMO, id=8, duedate=TODAY)


def test_only_another_day_or_time_counts_as_a_move():
    assert edited(DEMO, changed(FollowUp, DEMO, what="call", worth="They asked")).moves == 0
    later = edited(DEMO, changed(FollowUp, DEMO, due_on=TOMORROW))
    assert (later.due_on, later.moves, moved(later, TODAY).moves) == (TOMORROW, 1, 2)
