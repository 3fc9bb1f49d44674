"""Personas: who is of a role, which roles lack a card, and what lost deals with one were decided by (#34)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.pipeline.debrief import Cause, Debrief
from sales.prospects.persona import (
    DealWithRole,
    HeardCause,
    PersonaNeed,
    StoredPersona,
    other_titles,
    persona_called,
    persona_for,
    read_role,
    role_words,
    shelf,
)
from sales.refusal import Refusal


def card(role, number=1, **more):
    return StoredPersona(id=number, role=role, **more)


@pytest.mark.parametrize(
    "title",
    [
        "CFO",
        "cfo",
        "Chief Financial Officer",
        "Group CFO",
        "CFO, EMEA",
        "Chief finance officer",
        "interim CFO",
    ],
)
def test_a_title_is_of_a_role_however_it_is_written(title):
    assert persona_for([card("CFO")], title) is not None


@pytest.mark.parametrize(
    "title", ["CEO", "Assistant to the CFO", "Office of the CFO", "Financial controller", ""]
)
def test_whoever_works_for_a_role_is_none(title):
    assert persona_for([card("CFO")], title) is None


def test_an_assistant_has_a_card_of_their_own():
    assert persona_for([card("Assistant"), card("CFO", 2)], "Assistant to the CFO").role == "Assistant"


def test_the_closer_card_is_taken():
    cards = [card("Manager"), card("Depot manager", 2)]
    assert persona_for(cards, "Depot manager").id == 2
    assert persona_for(cards, "Fleet manager").id == 1


def test_other_words_for_a_role_mean_it_too():
    assert (
        persona_for([card("CFO", also="Finance director, Head of finance")], "Head of Finance").role == "CFO"
    )
    assert persona_called([card("CFO", also="Treasurer")], "treasurer").role == "CFO"
    assert persona_called([card("CFO")], "Group CFO") is None  # it is of the role, and not the role


def test_deals_are_counted_once_for_a_role_and_the_spelling_that_is_written_most_is_told():
    deals = [
        DealWithRole(1, "CFO"),
        DealWithRole(1, "Chief financial officer"),
        DealWithRole(2, "CFO"),
        DealWithRole(3, "Buyer"),
        DealWithRole(4, "Buyer"),
        DealWithRole(5, "Buyer"),
        DealWithRole(6, "…"),
    ]
    found = shelf([], deals, [])
    assert found.needs == [PersonaNeed("Buyer", 3), PersonaNeed("CFO", 2)]
    served = shelf([card("CFO")], deals, [])
    assert [(one.persona.role, one.deals) for one in served.cards] == [("CFO", 2)]
    assert served.needs == [PersonaNeed("Buyer", 3)]


@pytest.mark.parametrize(
    ("role", "said"),
    [("CFO", "a CFO"), ("HR lead", "an HR lead"), ("Engineer", "an Engineer"), ("Buyer", "a Buyer")],
)
def test_a_role_has_its_article(role, said):
    assert PersonaNeed(role, 1).in_words == said


def test_what_decided_two_lost_deals_is_heard_and_what_decided_one_is_not():
    def said(deal_id, cause=None, reason=""):
        return Debrief(opportunity_id=deal_id, cause=cause, reason=reason)

    lost = [
        ("CFO", said(1, Cause.PRICE)),
        ("Chief financial officer", said(1, Cause.PRICE)),  # two of them at one customer
        ("CFO", said(2, reason="far too expensive")),
        ("CFO", said(3, Cause.TIMING)),
        ("CFO", said(4)),
        ("Buyer", said(5, Cause.FIT)),
    ]
    only = shelf([card("CFO")], [], lost).cards[0]
    assert only.heard == [HeardCause(Cause.PRICE, 2)]
    assert only.lost == 4


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["CFO", "cfo ", "Buyer", "HR", "", "–"]))))
def test_every_deal_with_a_role_is_served_or_needed(pairs):
    deals = [DealWithRole(*pair) for pair in pairs]
    found = shelf([card("CFO")], deals, [])
    with_cfo = {deal for deal, role in pairs if role.strip().casefold() == "cfo"}
    assert found.cards[0].deals == len(with_cfo)
    for need in found.needs:
        assert need.deals == len({deal for deal, role in pairs if role == need.role})
    assert all(role_words(need.role) for need in found.needs)


@pytest.mark.parametrize("typed", ["", " : ", "of the"])
def test_a_card_is_for_a_role(typed):
    with pytest.raises(Refusal):
        read_role(typed)


def test_other_words_are_kept_once():
    assert other_titles("Finance director; finance Director, Treasurer,,") == "Finance director, Treasurer"
