"""Can they, will they: nothing known is no no, a plain no stops, and a price buyer is not willing by saying so (32)."""

from itertools import product

import pytest

from sales.prospects.attitude import BUYS_ON, AttitudeFit, SellingPoint, attitude_fit
from sales.prospects.can_will import (
    BuyingFacts,
    BuyingQuestion,
    BuyingSigns,
    BuyingVerdict,
    can_will,
    willing,
)
from tests.sales.prospects.test_ideal_client import noted

GO, FIND, STOP = BuyingVerdict
BUDGET, AUTHORITY, NEED, ATTITUDE = BuyingQuestion


def signs(*said):
    names = ("budget", "authority", "need", "wants")
    return BuyingSigns(opportunity_id=1, **dict(zip(names, said, strict=True)))


@pytest.mark.parametrize(
    ("said", "verdict", "named"),
    [
        ((True, True, True, True), GO, ()),
        ((False, True, True, True), STOP, (BUDGET,)),
        ((True, True, False, True), STOP, (NEED,)),
        ((True, True, True, False), STOP, (ATTITUDE,)),
        ((True, False, True, True), FIND, (AUTHORITY,)),
        ((None, True, True, True), FIND, (BUDGET,)),
        ((False, None, None, None), STOP, (BUDGET,)),
        ((None, None, None, None), FIND, tuple(BuyingQuestion)),
    ],
)
def test_the_verdict_and_what_it_names(said, verdict, named):
    found = can_will(signs(*said), BuyingFacts())
    assert found.verdict is verdict
    assert (found.stops if verdict is STOP else found.to_find_out) == named


def test_every_combination_has_one_verdict_and_go_on_only_where_all_is_yes():
    for said in product((True, False, None), repeat=4):
        found = can_will(signs(*said), BuyingFacts())
        assert (found.verdict is GO) is all(said)
        assert (found.verdict is STOP) is any(said[at] is False for at in (0, 2, 3))


def test_what_is_on_record_answers_what_nobody_said():
    found = can_will(None, BuyingFacts(reaches_decider=True, shows_need=True))
    assert found.unknown == (BUDGET, ATTITUDE)
    assert (
        can_will(signs(None, False, None, None), BuyingFacts(reaches_decider=True)).answers[AUTHORITY]
        is False
    )


def of(points: int | None) -> AttitudeFit:
    return AttitudeFit(points, (), (), (), ())


@pytest.mark.parametrize(
    ("wants", "points", "answer"),
    [
        (None, None, None),
        (True, None, True),
        (False, None, False),
        (True, 2, False),
        (None, 8, True),
        (None, 5, None),
        (True, 5, True),
        (True, 4, None),
        (False, 9, False),
    ],
)
def test_what_was_noted_goes_before_a_plain_word(wants, points, answer):
    assert willing(wants, of(points)) is answer


def test_a_price_buyer_is_no_go_on():
    attitude = attitude_fit((SellingPoint.VALUE,), (), [noted(BUYS_ON, "price")])
    found = can_will(signs(True, True, True, None), BuyingFacts(attitude=attitude))
    assert found.verdict is STOP
    assert found.stops == (ATTITUDE,)
