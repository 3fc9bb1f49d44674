"""What a team's own fiscal periods are called, and that every label means the same period when it is typed again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.goals.goal.amounts import near
from sales.goals.goal import offered_periods
from sales.goals.goal_phrase import read_goal_line
from sales.language.dates.period import (
    half_containing,
    is_half,
    next_period,
    previous_period,
    span,
)
from sales.language.dates.period_phrase import parse_period
from sales.refusal import Refusal

TODAY = date(2026, 11, 27)
FEB, APR, JUL, OCT = 2, 4, 7, 10


@pytest.mark.parametrize(
    ("starts", "this_quarter", "next_quarter", "this_half", "this_year"),
    [
        (1, "Q4 2026", "Q1 2027", "H2 2026", "2026"),
        (FEB, "Q4 FY2027", "Q1 FY2028", "H2 FY2027", "FY2027"),
        (APR, "Q3 FY2027", "Q4 FY2027", "H2 FY2027", "FY2027"),
        (JUL, "Q2 FY2027", "Q3 FY2027", "H1 FY2027", "FY2027"),
        (OCT, "Q1 FY2027", "Q2 FY2027", "H1 FY2027", "FY2027"),
    ],
)
def test_periods_are_called_by_the_teams_own_year(starts, this_quarter, next_quarter, this_half, this_year):
    said = {
        words: parse_period(words, TODAY, starts)
        for words in ("this quarter", "next quarter", "this half", "this year")
    }
    assert [one and one.label for one in said.values()] == [this_quarter, next_quarter, this_half, this_year]
    for one in said.values():
        assert one is not None
        assert parse_period(one.label, TODAY, starts) == one


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(1, 12))
def test_every_label_that_is_shown_is_read_back_as_the_same_period(today, starts):
    half = half_containing(today, starts)
    for one in (*offered_periods(today, starts), half, next_period(half, starts)):
        assert parse_period(one.label, today, starts) == one
        assert parse_period(near(one.label, today), today, starts) == one
        assert near(one.label, today).strip(" FY")
        assert span(one.start, one.end, starts) == one
        assert read_goal_line(f"300k {one.label}", today, starts, "USD").period == one


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(1, 12))
def test_halves_follow_one_another_without_a_gap(today, starts):
    half = half_containing(today, starts)
    after = next_period(half, starts)
    assert half.holds(today)
    assert after.start == half.end + timedelta(days=1)
    assert previous_period(after, starts) == half
    assert is_half(half, starts)
    assert half.label[:2] != after.label[:2]


@pytest.mark.parametrize(
    "typed", ["FY26/27", "FY2026-27", "2026/27", "fiscal year 2026/2027", "FY27", "fiscal 2027"]
)
def test_a_fiscal_year_has_several_names(typed):
    found = parse_period(typed, TODAY, APR)
    assert found is not None
    assert found.label == "FY2027"


def test_two_years_that_do_not_follow_are_no_fiscal_year():
    assert parse_period("FY25/27", TODAY, APR) is None
    assert parse_period("FY26/27", TODAY) is None


def test_a_quarter_that_is_over_by_the_teams_year_may_be_meant_by_the_calendar():
    with pytest.raises(Refusal, match=r"Q4 FY2026 ended on Tue 31 Mar\. ") as refused:
        read_goal_line("300k Q4 2026", TODAY, APR, "USD")
    (meant,) = refused.value.readings
    assert meant.label == "Q3 FY2027: 1 Oct – 31 Dec 2026"
    assert read_goal_line(meant.typed, TODAY, APR, "USD").period.label == "Q3 FY2027"
    with pytest.raises(Refusal) as refused:
        read_goal_line("300k Q4 FY2026", TODAY, APR, "USD")
    assert not refused.value.readings
