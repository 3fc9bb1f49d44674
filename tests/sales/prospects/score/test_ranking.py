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


def test_a_model_found_from_one_near_it_is_the_same():
    whole = learned(SEEN, ["a", "b", "c"], 3)
    for left_out in range(4):
        some = [one for number, one in enumerate(SEEN) if number % 4 != left_out]
        cold, warm = learned(some, ["a", "b", "c"], 3), learned(some, ["a", "b", "c"], 3, whole)
        assert [one.name for one in warm.fields] == [one.name for one in cold.fields]
        for case in SEEN:
            assert warm.chance(case.facts) == pytest.approx(cold.chance(case.facts), abs=1e-7)
