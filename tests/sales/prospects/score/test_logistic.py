"""The fit: where the slope is nothing, whatever the cases, and the same as worked out by hand."""

from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.prospects.score.logistic import AlikeCases, alike, fitted, logistic, rooted, solved


def test_nothing_known_gives_the_share_that_was_won():
    (intercept,) = fitted([AlikeCases((), 3, 12)], 0, 5.0)
    assert logistic(intercept) == pytest.approx(0.25)


def test_two_values_of_one_fact_lean_on_each_other():
    """One column holds of 40 cases with 30 won, the other of 40 with 10: by symmetry w and −w around one half."""
    intercept, up, down = fitted([AlikeCases((0,), 30, 40), AlikeCases((1,), 10, 40)], 2, 5.0)
    assert intercept == pytest.approx(0, abs=1e-9)
    assert up == pytest.approx(-down)
    assert 30 - 40 * logistic(up) - 5 * up == pytest.approx(0, abs=1e-6)
    assert 0 < up < log(3)


def test_a_stronger_ridge_leans_more():
    cases = [AlikeCases((0,), 30, 40), AlikeCases((1,), 10, 40)]
    weights = [fitted(cases, 2, penalty)[1] for penalty in (0.01, 1.0, 10.0, 1000.0)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == pytest.approx(log(3), abs=0.01)
    assert weights[-1] == pytest.approx(0, abs=0.02)


def test_what_is_told_apart_wholly_has_an_answer_all_the_same():
    intercept, up, down = fitted([AlikeCases((0,), 50, 50), AlikeCases((1,), 0, 50)], 2, 0.001)
    assert logistic(intercept + up) > 0.99
    assert logistic(intercept + down) < 0.01


def test_all_alike_is_refused():
    for won in (0, 9):
        with pytest.raises(ValueError, match="alike"):
            fitted([AlikeCases((0,), won, 9)], 1, 1.0)


def test_cases_that_are_alike_are_counted_together():
    assert alike([((0, 2), True), ((0, 2), False), ((1,), True)]) == [
        AlikeCases((0, 2), 1, 2),
        AlikeCases((1,), 1, 1),
    ]


COLUMNS = 5
ROWS = st.lists(
    st.tuples(st.sets(st.integers(0, COLUMNS - 1)).map(lambda some: tuple(sorted(some))), st.booleans()),
    min_size=2,
    max_size=60,
).filter(lambda rows: len({won for _, won in rows}) == 2)


@given(ROWS, st.sampled_from([0.05, 1.0, 5.0, 50.0]))
def test_the_slope_is_nothing_at_what_is_found(rows, penalty):
    """What was won beyond the chances given is what the ridge holds back, for each column; nothing in all."""
    point = fitted(alike(rows), COLUMNS, penalty)
    errors = [(holds, won - logistic(point[0] + sum(point[1 + one] for one in holds))) for holds, won in rows]
    assert sum(error for _, error in errors) == pytest.approx(0, abs=1e-5)
    for column in range(COLUMNS):
        left = sum(error for holds, error in errors if column in holds)
        assert left == pytest.approx(penalty * point[1 + column], abs=1e-5)


@given(
    st.lists(st.lists(st.floats(-3, 3), min_size=4, max_size=4), min_size=4, max_size=4),
    st.lists(st.floats(-9, 9), min_size=4, max_size=4),
)
def test_equations_are_solved(rows, right):
    """A = RᵀR + I is positive definite, whatever R."""
    full = [[sum(row[a] * row[b] for row in rows) + (a == b) for b in range(4)] for a in range(4)]
    found = solved(rooted([row[: at + 1] for at, row in enumerate(full)]), right)
    for row, value in zip(full, right, strict=True):
        assert sum(one * x for one, x in zip(row, found, strict=True)) == pytest.approx(value, abs=1e-6)


def test_chances_of_far_odds_do_not_overflow():
    assert logistic(-800) == pytest.approx(0)
    assert logistic(800) == 1
    assert logistic(1) == pytest.approx(1 / (1 + exp(-1)))
