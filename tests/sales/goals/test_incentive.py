"""Incentives: a commission as people say it, and what it comes to (#4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.goals.incentive import Commission, earned, read_commission, said
from sales.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "rate", "over"),
    [
        ("7.5% of revenue over 100k", 750, 100_000_00),
        ("2% of revenue", 200, 0),
        ("2 %", 200, 0),
        ("2,5 percent of sales above $80,000.", 250, 80_000_00),
        ("10% commission", 1_000, 0),
        ("100% of revenue", 10_000, 0),
        ("0.01% of my revenue beyond 1m", 1, 1_000_000_00),
    ],
)
def test_it_is_read_as_it_is_said(typed, rate, over):
    assert read_commission(typed, "USD") == Commission(rate, over)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "lots",
        "-5% of revenue",
        "900% of revenue",
        "0% of revenue",
        "nan% of revenue",
        "1/0 of revenue",
        "5",
        "5% of the moon",
        "5% of revenue over",
        "5% of revenue over lots",
        "1.234% of revenue",
        "5% 6%",
    ],
)
def test_anything_else_is_refused_with_an_example(typed):
    with pytest.raises(Refusal) as refused:
        read_commission(typed, "USD")
    assert "such as" in refused.value.text or refused.value.example


@given(st.integers(1, 10_000), st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**9))
def test_more_revenue_never_brings_less_and_nothing_is_owed_below_the_threshold(rate, over, revenue, more):
    rule = Commission(rate, over)
    assert 0 <= earned(rule, revenue) <= earned(rule, revenue + more)
    if revenue <= over:
        assert earned(rule, revenue) == 0
    assert earned(rule, revenue) <= revenue


@given(st.integers(1, 10_000), st.integers(0, 10**10))
def test_it_is_read_back_as_it_is_said(rate, over):
    rule = Commission(rate, over * 100)
    assert read_commission(said(rule, "USD"), "USD") == rule
