"""What plans came to: told only where reached and missed goals can be told apart (#14)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.craft.plan_record import LEAST_PLANS, LEAST_REPS, EndedPlan, plans_apart


def plans(strategies, count, *, is_reached, reps=None):
    return [EndedPlan(f"U{at % (reps or count)}", strategies, is_reached) for at in range(count)]


def test_three_strategies_against_one_are_told_with_their_interval():
    found = plans_apart([*plans(3, 6, is_reached=True), *plans(1, 6, is_reached=False)])
    assert (found.reached, found.missed, found.with_reached, found.with_missed) == (6, 6, 3, 1)
    assert found.can_tell
    low, high = found.times
    assert low == pytest.approx(1.227, abs=0.001)  # Wilson's interval of 18 of 24, as odds
    assert high == pytest.approx(7.334, abs=0.001)


def test_fewer_strategies_where_goals_were_reached_is_told_too():
    found = plans_apart([*plans(1, 6, is_reached=True), *plans(4, 6, is_reached=False)])
    assert found.times[1] < 1


@pytest.mark.parametrize(
    "ended",
    [
        [*plans(2, 1, is_reached=True), *plans(1, 1, is_reached=False)],
        [*plans(3, LEAST_PLANS - 1, is_reached=True), *plans(1, 40, is_reached=False)],
        [*plans(9, 20, is_reached=True, reps=LEAST_REPS - 1), *plans(1, 20, is_reached=False)],
        [*plans(2, 6, is_reached=True), *plans(2, 6, is_reached=False)],
        [*plans(3, 6, is_reached=True), *plans(2, 6, is_reached=False)],
        plans(3, 30, is_reached=True),
    ],
)
def test_what_cannot_be_told_apart_is_not(ended):
    assert not plans_apart(ended).can_tell


def test_goals_without_a_plan_tell_nothing():
    assert plans_apart(plans(0, 30, is_reached=False)) is None
    assert plans_apart([]) is None


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.integers(0, 8)), max_size=60))
def test_what_is_told_leaves_equality_out(ended):
    """Wherever a ratio is said, one is not in its interval, and the averages lie to the same side."""
    found = plans_apart([EndedPlan(f"U{rep}", count, reached) for count, reached, rep in ended])
    if found is None or found.times is None:
        return
    low, high = found.times
    assert low <= high
    assert low > 1 or high < 1
    assert (found.with_reached > found.with_missed) is (low > 1)
