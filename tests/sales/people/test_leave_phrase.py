"""Days off as people type them, on Monday 14 September 2026."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sales.language.dates.period import DaySpan
from sales.people.leave_phrase import read_leave
from sales.refusal import Refusal

TODAY = date(2026, 9, 14)
WORDS = ("mon", "fri", "to", "and", "until", "21-25", "sept", "today", "next", "week", ",", "-", "off", "3")


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("today", 14, 14),
        ("sick today", 14, 14),
        ("tomorrow", 15, 15),
        ("fri", 18, 18),
        ("thu and fri", 17, 18),
        ("fri and mon", 18, 21),
        ("wed, thu and fri", 16, 18),
        ("21-25 sept", 21, 25),
        ("from 21 to 25 sept", 21, 25),
        ("tue to thu", 15, 17),
        ("next week", 21, 27),
        ("the next 2 weeks", 14, 27),
        ("this week", 14, 20),
    ],
)
def test_days_off_are_the_days_that_were_meant(typed, first, last):
    span = read_leave(typed, TODAY)
    assert (span.first, span.last) == (date(2026, 9, first), date(2026, 9, last))


@pytest.mark.parametrize("typed", ["", "Field", "March team", "Team May", "x " * 5_000, "1" * 10_000])
def test_a_teams_name_and_a_story_name_no_days(typed):
    assert read_leave(typed, TODAY) is None


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("until wed", ["leave 2026-09-14 to 2026-09-15", "leave 2026-09-14 to 2026-09-16"]),
        ("mon", ["leave 2026-09-14 to 2026-09-14", "leave 2026-09-21 to 2026-09-21"]),
        ("mon to wed", ["leave 2026-09-14 to 2026-09-16", "leave 2026-09-21 to 2026-09-23"]),
    ],
)
def test_what_can_mean_two_spans_is_asked_about_and_each_answer_is_one(typed, readings):
    with pytest.raises(Refusal, match=r"\?$") as refused:
        read_leave(typed, TODAY)
    assert [one.typed for one in refused.value.readings] == readings
    for one in readings:
        assert read_leave(one.removeprefix("leave "), TODAY) is not None


@pytest.mark.parametrize("typed", ["this afternoon", "friday morning", "mon and thu"])
def test_parts_of_days_and_days_apart_are_refused(typed):
    with pytest.raises(Refusal):
        read_leave(typed, TODAY)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_days_off_never_end_before_they_begin(words):
    try:
        span = read_leave(" ".join(words), TODAY)
    except Refusal:
        return
    assert span is None or span.first <= span.last


def test_days_without_a_year_that_were_a_few_days_ago_are_those():
    """Illness is typed afterwards; what lies further back is next year's, and a year that is typed stands."""
    today = date(2026, 9, 14)
    assert read_leave("9-10 sep", today) == DaySpan(date(2026, 9, 9), date(2026, 9, 10))
    assert read_leave("3 to 7 may", today) == DaySpan(date(2027, 5, 3), date(2027, 5, 7))
    assert read_leave("9 sep 2027", today) == DaySpan(date(2027, 9, 9), date(2027, 9, 9))
