"""What a rep's own work asks for: what they lost on, where they lose, a red light (73); and what is heard again."""

from datetime import date, timedelta

import pytest

from sales.coaching.drill.card import Deck, deck_called
from sales.coaching.drill.cause import ABOUT, from_losses, from_stages, last_stage
from sales.coaching.drill.draft import SAID_AS, CardDraft, DraftState, heard_again
from sales.coaching.drill.starters import STARTERS
from sales.pipeline.deal_history import DealChange, DealField
from sales.pipeline.debrief import Cause
from sales.pipeline.opportunity import Opportunity, Stage

TODAY = date(2026, 9, 15)
PRICE, SUPPLIER = Cause.PRICE, Cause.COMPETITOR


def test_the_cause_of_most_losses_comes_first_and_a_single_one_says_nothing():
    found = from_losses([SUPPLIER, PRICE, None, PRICE, SUPPLIER, PRICE, Cause.TIMING, Cause.TRUST])
    assert [one.why for one in found] == [
        "You lost 3 deals on price lately.",
        "You lost 2 deals to another supplier lately.",
    ]
    assert {one.deck for one in found} == {Deck.OBJECTIONS}
    assert from_losses([]) == []


@pytest.mark.parametrize("cause", [one for one in ABOUT if one is not Cause.FIT])
def test_a_card_of_ours_speaks_of_each_cause(cause):
    """Of what does not fit no objection of ours speaks: that is a product's own."""
    assert any(ABOUT[cause].search(one.question) for one in STARTERS if one.deck is Deck.OBJECTIONS)


@pytest.mark.parametrize("cause", SAID_AS)
def test_what_stands_in_the_form_speaks_of_its_cause(cause):
    """So the card that its manager writes comes first to whoever lost on it."""
    assert ABOUT[cause].search(SAID_AS[cause])


def test_the_weak_part_of_the_way():
    late = [(Stage.LOST, "Negotiation")] * 8 + [(Stage.WON, "Negotiation")]
    [found] = from_stages(late)
    assert (found.deck, found.words) == (deck_called("negotiation"), None)
    [found] = from_stages([(Stage.LOST, "Discovery")] * 3)
    assert found.deck is Deck.TECHNIQUE
    assert from_stages(late[:2]) == []  # two losses say nothing
    assert from_stages([(Stage.LOST, "Offer")] * 3 + [(Stage.WON, "Offer")] * 3) == []  # as often won there
    assert from_stages([(Stage.LOST, "Kanban 7")] * 9) == []  # a name that says nothing of the way


def test_where_a_closed_deal_stood_last():
    deal = Opportunity(name="Lockside", stage=Stage.LOST, value_minor=0, currency="USD", closed_on=TODAY)
    moves = [("", "Discovery"), ("Discovery", "Negotiation"), ("Negotiation", "")]
    changes = [
        DealChange(opportunity_id=1, what=DealField.STAGE_LABEL, was=was, now=now, on=TODAY)
        for was, now in moves
    ]
    assert last_stage(deal, changes) == "Negotiation"
    assert last_stage(deal, []) == ""


def draft(days: int, state=DraftState.OPEN, cause=PRICE) -> CardDraft:
    return CardDraft(team_id=1, cause=cause, count=3, on=TODAY - timedelta(days=days), state=state)


@pytest.mark.parametrize(
    ("drafts", "is_asked"),
    [
        ([], True),
        ([draft(30)], False),
        ([draft(31)], True),
        ([draft(30, DraftState.DECLINED)], False),
        ([draft(31, DraftState.DECLINED)], True),
        ([draft(180, DraftState.WRITTEN)], False),
        ([draft(181, DraftState.WRITTEN)], True),
        ([draft(1, cause=SUPPLIER)], True),
    ],
)
def test_what_was_heard_three_times_is_asked_unless_it_was_lately(drafts, is_asked):
    found = heard_again([PRICE] * 3 + [SUPPLIER] * 2 + [None] * 5, drafts, TODAY)
    assert (found is not None) is is_asked
    assert found is None or (found.cause, found.losses) == (PRICE, 3)


def test_of_several_the_most_heard_is_asked_first():
    found = heard_again([PRICE] * 3 + [SUPPLIER] * 4, [], TODAY)
    assert found is not None
    assert found.cause is SUPPLIER
    assert heard_again([PRICE] * 2, [], TODAY) is None
