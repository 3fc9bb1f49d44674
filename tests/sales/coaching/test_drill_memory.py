"""When a card comes back: the intervals to the day, and what holds of any row of answers (68)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.drill.memory import MOST_DAYS, Recall, comes_on, recalled, retention
from sales.people.calendar import WorkCalendar

START = date(2026, 1, 5)
ANSWERS = st.lists(st.tuples(st.sampled_from(Recall), st.integers(0, 400)), min_size=1, max_size=12)


def test_the_published_intervals_and_what_is_behind_them():
    """Good three times, Again, Good twice, each on the day it is due."""
    memory, day, found = None, START, []
    for said in ("good", "good", "good", "again", "good", "good"):
        memory = recalled(memory, Recall(said), day)
        found.append(((memory.due_on - day).days, round(memory.stability, 3)))
        day = memory.due_on
    assert found == [(2, 2.307), (11, 10.964), (46, 46.280), (3, 2.933), (8, 7.778), (19, 18.782)]
    assert (memory.times, memory.lapses, memory.first_on) == (6, 1, START)


@pytest.mark.parametrize(("recall", "days"), [("again", 1), ("hard", 1), ("good", 2), ("easy", 8)])
def test_the_first_answer(recall, days):
    assert (recalled(None, Recall(recall), START).due_on - START).days == days


@given(ANSWERS)
def test_whatever_is_answered_it_comes_again_within_half_a_year(said):
    memory, day = None, START
    for recall, later in said:
        day += timedelta(days=later)
        memory = recalled(memory, recall, day)
        assert day < memory.due_on <= day + timedelta(days=MOST_DAYS)
        assert memory.stability > 0
        assert 1 <= memory.difficulty <= 10
        assert memory.lapses < memory.times


@given(ANSWERS, st.integers(0, 700))
def test_what_is_remembered_fades_and_is_never_more_than_all(said, later):
    memory, day = None, START
    for recall, between in said:
        day += timedelta(days=between)
        memory = recalled(memory, recall, day)
    now, then = retention(memory, day), retention(memory, day + timedelta(days=later))
    assert 0 <= then <= now <= 1
    assert now == 1


def test_a_clock_set_back_counts_as_the_day_of_the_last_answer():
    memory = recalled(None, Recall.GOOD, START)
    again = recalled(memory, Recall.GOOD, START - timedelta(days=30))
    assert again.reviewed_on == START
    assert retention(again, START - timedelta(days=3)) == 1


def test_a_day_off_moves_it_on():
    calendar = WorkCalendar(country="US")
    assert comes_on(date(2026, 10, 11), calendar) == date(2026, 10, 13)  # a Sunday, then Columbus Day
    assert comes_on(date(2026, 10, 14), calendar) == date(2026, 10, 14)
