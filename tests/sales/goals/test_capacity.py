"""Capacity: what is asked for can be done, by the best weeks that somebody ever had."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.goals.runway.capacity import BEST_TIMES, WINDOW, best_pace, most_to_open

FIRST = date(2026, 1, 5)


def test_the_best_four_weeks_count_however_long_ago_in_the_year():
    busy = {FIRST + timedelta(n): 1 for n in range(0, 28, 2)}
    assert best_pace(busy) == pytest.approx(14 / 28)
    assert best_pace({**busy, FIRST + timedelta(200): 2}) == pytest.approx(14 / 28)
    assert best_pace({}) == 0


@pytest.mark.parametrize(
    ("pace", "days", "most"), [(0.5, 14, 14), (0.5, 1, 1), (1 / 28, 3, 1), (0.0, 90, None)]
)
def test_twice_the_best_pace_and_never_less_than_one(pace, days, most):
    assert most_to_open(pace, days) == most


@given(opened=st.dictionaries(st.integers(0, 364), st.integers(1, 9), max_size=60), days=st.integers(1, 92))
def test_nobody_is_asked_for_more_than_twice_what_their_best_four_weeks_held(opened, days):
    by_day = {FIRST + timedelta(day): float(count) for day, count in opened.items()}
    best = max((sum(n for at, n in opened.items() if day - WINDOW < at <= day) for day in opened), default=0)
    most = most_to_open(best_pace(by_day), days)
    assert (most is None) == (not opened)
    if most is not None:
        assert most <= max(1, BEST_TIMES * best * days / WINDOW + 1)
