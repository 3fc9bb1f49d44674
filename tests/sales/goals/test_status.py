"""Status: one word from the plan and the chance, and no word that the other denies."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.goals.pace import pace
from sales.goals.season import Season
from sales.goals.status import BEGUN_FROM, StatusWord, status
from sales.language.dates.period import custom_period, quarter
from sales.people.calendar import WorkCalendar

US = WorkCalendar(country="US")
Q4 = quarter(4, 2017)
NOVEMBER = date(2017, 11, 24)  # 37 of 61 working days


def at(actual, chance=None, today=NOVEMBER, period=Q4):
    return status(pace(actual, 61, period, today, US), chance)


@pytest.mark.parametrize(
    ("actual", "chance", "said"),
    [
        (28, None, (StatusWord.BEHIND, -9)),
        (36.6, None, (StatusWord.ON_PACE, 0)),
        (39, None, (StatusWord.AHEAD, 2)),
        (37, 0.01, (StatusWord.BEHIND, 0)),  # as planned, and still no word of being on pace
        (34, 0.8, (StatusWord.AHEAD, -3)),
        (34, 0.5, (StatusWord.ON_PACE, -3)),
        (61, 0.2, (StatusWord.REACHED, 24)),
    ],
)
def test_the_word_follows_the_chance_else_the_projection(actual, chance, said):
    assert at(actual, chance) == said


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2017, 9, 20), StatusWord.NOT_STARTED),
        (date(2017, 10, 1), StatusWord.NOT_STARTED),
        (date(2017, 10, 2), StatusWord.JUST_BEGUN),
        (date(2017, 10, 10), StatusWord.JUST_BEGUN),
        (date(2017, 10, 12), StatusWord.BEHIND),
        (date(2018, 1, 3), StatusWord.ENDED),
    ],
)
def test_a_new_period_is_no_failure(today, said):
    assert at(0, None if said is StatusWord.NOT_STARTED else 0.2, today).word is said


def test_a_day_on_which_past_periods_stood_still_is_no_day_behind():
    slow = Season(((0.0, 0.0, 1.0),))
    assert status(pace(0, 100, Q4, date(2017, 11, 10), US, slow)).word is StatusWord.ON_PACE


@given(
    actual=st.floats(0, 200),
    chance=st.none() | st.floats(0, 1),
    day=st.integers(-5, 110),
    length=st.integers(0, 90),
)
def test_no_word_is_denied_by_the_chance_or_by_how_new_the_period_is(actual, chance, day, length):
    period = custom_period(Q4.start, Q4.start + timedelta(length))
    found = pace(actual, 100, period, Q4.start + timedelta(day), US)
    said = status(found, chance)
    if said.word is StatusWord.BEHIND:
        assert found.over >= BEGUN_FROM * found.total
    if chance is not None and said.is_running:
        assert (said.word is StatusWord.BEHIND) == (round(100 * chance) < 35)
    if said.word is StatusWord.ON_PACE and chance is None:
        assert abs(found.days) <= 0.5
    assert (said.word is StatusWord.REACHED) == (actual >= 100)


@pytest.mark.parametrize(
    ("days", "said"), [(-2.5, -2), (-1.5, -1), (-0.5, 0), (0.5, 0), (1.5, 1), (1.6, 2), (-2.6, -3)]
)
def test_half_a_day_is_nobodys_delay(days, said):
    found = replace(pace(10, 100, quarter(3, 2026), date(2026, 8, 14), WorkCalendar()), days=days)
    assert status(found).days == said
