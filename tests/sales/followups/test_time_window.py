"""Times a customer names: sure, or asked about; stored and read back they are the same (#57)."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.followups.time_window import (
    EVERY_DAY,
    TimeWindow,
    say_windows,
    stored_windows,
    write_windows,
)
from sales.followups.time_window_phrase import read_windows
from sales.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("9:00-10:00", "09:00-10:00"),
        ("Tue 9–10", "tue 09:00-10:00"),
        ("Tue and Thu 9-10, 14-15", "tue,thu 09:00-10:00; tue,thu 14:00-15:00"),
        ("9-10 Tue, 2-3pm Thu", "tue 09:00-10:00; thu 14:00-15:00"),
        ("Mon, Wed and Fri 9-10", "mon,wed,fri 09:00-10:00"),
        ("Mon-Wed", "mon,tue,wed 08:00-18:00"),
        ("mornings", "08:00-12:00"),
        ("mornings or after 4", "08:00-12:00; 16:00-18:00"),
        ("mornings, after 10", "10:00-12:00"),
        ("mornings not Fridays", "mon,tue,wed,thu 08:00-12:00"),
        ("not before 10", "10:00-18:00"),
        ("11-1pm", "11:00-13:00"),
        ("9-5", "09:00-17:00"),
        ("between 9 and 10", "09:00-10:00"),
        ("9-10 only on Tuesdays", "tue 09:00-10:00"),
        ("from 2 to 3 in the afternoon", "14:00-15:00"),
        ("weekdays at 9", "mon,tue,wed,thu,fri 09:00-10:00"),
        ("noon", "12:00-13:00"),
    ],
)
def test_what_is_read(typed, stored):
    assert write_windows(read_windows(typed)) == stored


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mornings, only after 14:00", "contradict"),
        ("mornings, after 14:00", "contradict"),
        ("mornings after 14:00", "contradict"),
        ("17:00-16:00", "ends before it begins. Is it 16:00–17:00?"),
        ("9-9", "ends before it begins."),
        ("Fridays, not Fridays", "leaves no day"),
        ("whenever", "cannot read"),
        ("Tue 9-10 unless it rains", "cannot read"),
        ("not", "cannot read"),
        ("25:00", "cannot read"),
        ("", "cannot read"),
    ],
)
def test_what_is_asked_about(typed, said):
    with pytest.raises(Refusal, match=said):
        read_windows(typed)


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("tue,thu 09:00-10:00; tue,thu 14:00-15:00", "Tue and Thu 09:00–10:00 or 14:00–15:00"),
        ("mon,tue,wed,thu 08:00-12:00", "Mon to Thu 08:00–12:00"),
        ("09:00-10:00", "09:00–10:00"),
    ],
)
def test_how_it_is_said(stored, said):
    assert say_windows(stored_windows(stored)) == said


@given(
    st.lists(
        st.tuples(st.integers(1, EVERY_DAY), st.times(), st.times()).filter(
            lambda one: (one[1].hour, one[1].minute) < (one[2].hour, one[2].minute)
        ),
        max_size=4,
    )
)
def test_what_is_stored_is_read_back(given_windows):
    windows = tuple(
        TimeWindow(days, time(first.hour, first.minute), time(until.hour, until.minute))
        for days, first, until in given_windows
    )
    assert stored_windows(write_windows(windows)) == windows


@given(st.text(max_size=40))
def test_any_text_is_read_or_asked_about(typed):
    try:
        windows = read_windows(typed)
    except Refusal:
        return
    assert windows
    assert all(one.first < one.until and one.days for one in windows)
