"""Ranking: the same as judging each alone, whatever stands in it, and what is alike is summed up once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.prospects.score.logistic import logistic
from sales.prospects.score.model import DecidedCase, learned
from sales.prospects.score.ranking import HalfSums, LeadOdds

VALUES = st.sampled_from(["x", "y", "z", ""])
CASES = st.lists(st.tuples(VALUES, VALUES, VALUES), max_size=40)
SEEN = [
    DecidedCase({"a": a, "b": b, "c": c}, (number + len(a) + 2 * len(b)) % 3 == 0)
    for number in range(4)
    for a in ("x", "")
    for b in ("y", "")
    for c in ("x", "y")
]


@given(CASES)
def test_odds_are_those_of_each_alone(cases):
    model = learned(SEEN, ["a", "b", "c"], 3)
    odds = LeadOdds(model.weights)
    found = [logistic(model.base + one) for one in odds.of(cases)]
    assert found == pytest.approx([model.chance_of(one) for one in cases])
    assert [logistic(model.base + one) for one in odds.of(cases)] == found


def test_without_facts_all_are_alike():
    assert LeadOdds(()).of([(), ()]) == [0, 0]
    assert LeadOdds(()).of([]) == []


def test_what_is_alike_is_summed_up_once():
    model = learned(SEEN, ["a", "b", "c"], 3)
    sums = HalfSums(model.weights)
    assert sums["x", "y", "x"] == sums["x", "y", "x"]
    assert len(sums) == 1
