"""When an import should have come."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.imports.import_cadence import overdue_import, overdue_on

FIRST = date(2026, 8, 3)  # a Monday


def every(days, count, first=FIRST):
    return [first + timedelta(days=days * number) for number in range(count)]


@pytest.mark.parametrize(
    ("days", "late_from"),
    [(1, 4), (7, 11), (14, 22), (31, 47)],
    ids=["daily", "weekly", "fortnightly", "monthly"],
)
def test_an_import_is_late_after_half_its_usual_gap_more_and_a_weekend_at_least(days, late_from):
    ends = every(days, 5)
    assert overdue_import(ends, ends[-1] + timedelta(days=late_from - 1)) is None
    assert overdue_import(ends, ends[-1] + timedelta(days=late_from)) == (ends[-1], days)


def test_nothing_is_late_before_there_is_a_habit():
    assert overdue_import([], FIRST) is None
    assert overdue_import(every(1, 2), FIRST + timedelta(days=300)) is None
    assert overdue_import([FIRST] * 9, FIRST + timedelta(days=300)) is None


def test_a_friday_file_of_every_working_day_is_not_late_on_monday():
    friday = FIRST + timedelta(days=4)
    assert overdue_import(every(1, 5), friday + timedelta(days=3)) is None


def test_days_are_those_of_the_zone():
    ends = [datetime(2026, 8, day, 23, 30, tzinfo=UTC) for day in (3, 10, 17)]
    found = overdue_on(ends, "Europe/Ljubljana", date(2026, 9, 14))
    assert found is not None
    assert found.last == date(2026, 8, 18)


@given(st.lists(st.dates(date(2020, 1, 1), date(2026, 12, 31)), max_size=15), st.randoms())
def test_the_order_of_imports_says_nothing_and_none_is_late_on_its_own_day(days, drawn):
    shuffled = drawn.sample(days, len(days))
    today = max(days, default=FIRST)
    assert overdue_import(days, today) is None
    later = today + timedelta(days=200)
    assert overdue_import(shuffled, later) == overdue_import(days, later)
