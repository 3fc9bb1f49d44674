"""Ranking: the same order as judging each alone, whatever stands in it."""

from hypothesis import given
from hypothesis import strategies as st

from sales.prospects.score.model import DecidedCase, learned
from sales.prospects.score.ranking import HalfSums, ranked

VALUES = st.sampled_from(["x", "y", "z", ""])
CASES = st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=40)
SEEN = [
    DecidedCase({"a": a, "b": b, "c": c}, (number + len(a) + 2 * len(b)) % 3 == 0)
    for number in range(4)
    for a in ("x", "")
    for b in ("y", "")
    for c in ("x", "y")
]


@given(CASES, st.integers(0, 50))
def test_the_likeliest_first_and_equal_ones_in_their_order(cases, most):
    model = learned(SEEN, ["a", "b", "c"], 3)
    found = ranked(cases, model.weights)
    assert sorted(found) == list(range(len(cases)))
    chances = [round(model.chance_of(cases[place]), 9) for place in found]
    assert chances == sorted(chances, reverse=True)
    assert ranked(cases, model.weights, most) == found[:most]


def test_equal_ones_stay_in_their_order():
    model = learned(SEEN, ["a", "b", "c"], 3)
    assert ranked([("x", "y", "x")] * 9, model.weights) == list(range(9))


def test_without_facts_the_order_stays():
    assert ranked([(), (), ()], ()) == [0, 1, 2]
    assert ranked([], ()) == []


def test_what_is_alike_is_summed_up_once():
    model = learned(SEEN, ["a", "b", "c"], 3)
    sums = HalfSums(model.weights)
    assert sums["x", "y", "x"] == sums["x", "y", "x"]
    assert len(sums) == 1
