"""Leads: what a state asks for, what changes one, and what the words of a rejection speak of."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from sales.prospects.lead import (
    Lead,
    LeadState,
    RejectCause,
    accepted,
    assigned,
    called,
    cause_said,
    lead_names,
    qualified,
    rejected,
)

T0 = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
DANA = Lead(name="Dana Roe", account="Alder Yard", came_at=T0)


def test_a_new_lead_is_open_untouched_and_nobodys():
    assert DANA.is_open
    assert DANA.is_untouched
    assert DANA.owner_id is None
    assert list(lead_names(DANA)) == ["Dana Roe", "Alder Yard"]
    assert Lead(name="Alder Yard", came_at=T0).firm == "Alder Yard"


@pytest.mark.parametrize(
    "changes",
    [
        {"state": LeadState.ACCEPTED},
        {"decided_at": T0},
        {"state": LeadState.REJECTED, "decided_at": T0},
        {"state": LeadState.ACCEPTED, "decided_at": T0, "reject_cause": RejectCause.FIT},
        {"came_at": datetime(2026, 9, 14, 9, 0)},  # noqa: DTZ001  # a clock on a wall is no instant
    ],
)
def test_a_lead_that_contradicts_itself_is_refused(changes):
    with pytest.raises(ValidationError):
        Lead.model_validate({**DANA.model_dump(), **changes})


def test_a_rejected_lead_that_is_accepted_again_keeps_no_reason():
    gone = rejected(DANA, RejectCause.NEED, "no budget", T0)
    assert (gone.state, gone.reject_reason) == (LeadState.REJECTED, "no budget")
    assert not gone.is_open
    again = accepted(gone, T0 + timedelta(days=1))
    assert (again.state, again.reject_cause, again.reject_reason) == (LeadState.ACCEPTED, None, "")


def test_a_qualified_lead_knows_its_deal():
    deal = qualified(accepted(DANA, T0), 7, T0)
    assert (deal.state, deal.deal_id, deal.is_open) == (LeadState.QUALIFIED, 7, False)


def test_the_first_call_stays_the_first():
    once = called(DANA, T0 + timedelta(hours=2))
    assert called(once, T0 + timedelta(hours=3)).first_call_at == T0 + timedelta(hours=2)
    assert called(once, T0 + timedelta(hours=1)).first_call_at == T0 + timedelta(hours=1)
    assert not once.is_untouched


def test_who_gets_a_lead_has_it_from_then_on():
    given = assigned(DANA, "U1", T0)
    assert (given.owner_id, given.assigned_at, given.came_at) == ("U1", T0, T0)


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("no budget", RejectCause.NEED),
        ("they have no budget this year", RejectCause.NEED),
        ("wrong size", RejectCause.FIT),
        ("too small for us, three people", RejectCause.FIT),
        ("wrong person, an intern", RejectCause.PERSON),
        ("wrong number", RejectCause.BAD_DATA),
        ("the e-mail bounced", RejectCause.BAD_DATA),
        ("never answers", RejectCause.UNREACHABLE),
        ("not now, call again next quarter", RejectCause.TIMING),
        ("already a customer", RejectCause.CUSTOMER),
        ("duplicate of Dana", RejectCause.DUPLICATE),
        ("hm", RejectCause.OTHER),
    ],
)
def test_what_the_words_of_a_rejection_speak_of(words, cause):
    assert cause_said(words) is cause


def test_an_address_is_kept_in_small_letters():
    assert Lead(name="Dana", email=" Dana@Alder.Example ", came_at=T0).email == "dana@alder.example"
