"""Windows: whatever clocks and searches do, nothing that was modified stays unread, and a broken one goes on."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.imports.sync.record import CrmPlace
from sales.imports.sync.window import (
    EVERY,
    NIGHTLY,
    OVERLAP,
    SETTLED_AFTER,
    ReadTo,
    SyncPass,
    SyncWindow,
    is_due,
    next_window,
)

NOON = datetime(2026, 9, 14, 12, tzinfo=UTC)
WINDOWED = (SyncPass.FRESH, SyncPass.SETTLED)
steps = st.lists(
    st.integers(min_value=-30, max_value=600).map(lambda one: timedelta(minutes=one)), max_size=12
)


def read_whole(kind, moments):
    """Every window that a pass reads, at these moments of their clock."""
    read, found = ReadTo(), []
    for now in moments:
        window = next_window(kind, read, now)
        if window is not None:
            found.append(window)
            read = read.done(window)
    return found


@pytest.mark.parametrize("kind", WINDOWED)
@given(steps=steps)
def test_windows_leave_no_gap(kind, steps):
    moments, now = [NOON], NOON
    for one in steps:
        now += one
        moments.append(now)
    windows = read_whole(kind, moments)
    reached = windows[0].until
    for one in windows[1:]:
        assert one.since.at <= reached
        reached = max(reached, one.until)
    last = max(moments) - (SETTLED_AFTER if kind is SyncPass.SETTLED else timedelta(0))
    assert reached == last


@given(minutes=st.integers(min_value=1, max_value=600))
def test_fresh_windows_overlap(minutes):
    first, second = read_whole(SyncPass.FRESH, [NOON, NOON + timedelta(minutes=minutes)])
    assert first.until - second.since.at == OVERLAP


def test_what_shows_an_hour_late_is_read_once_it_is_settled():
    """Modified at noon, in no search before one o'clock: the settled pass after one has it."""
    windows = read_whole(SyncPass.SETTLED, [NOON + timedelta(minutes=one) for one in (30, 90, 150)])
    holds = [one for one in windows if one.since.at <= NOON < one.until]
    assert [one.until for one in holds] == [NOON + timedelta(minutes=30)]


def test_a_window_that_was_broken_off_is_read_to_its_own_end():
    window = next_window(SyncPass.FRESH, ReadTo(NOON), NOON + timedelta(minutes=5))
    place = CrmPlace(NOON + timedelta(minutes=1), "70011")
    read = ReadTo(NOON).going_on(window, place)
    again = next_window(SyncPass.FRESH, read, NOON + timedelta(hours=3))
    assert again == SyncWindow(place, NOON + timedelta(minutes=5))
    assert read.done(again) == ReadTo(NOON + timedelta(minutes=5))


def test_a_clock_that_was_set_back_reads_what_is_stamped_anew():
    back = NOON - timedelta(hours=2)
    window = next_window(SyncPass.FRESH, ReadTo(NOON), back)
    assert window == SyncWindow(CrmPlace(back - OVERLAP), back)
    assert ReadTo(NOON).done(window) == ReadTo(NOON)


@pytest.mark.parametrize("kind", WINDOWED)
def test_a_pass_is_due_in_its_time(kind):
    assert is_due(kind, None, NOON)
    assert not is_due(kind, NOON, NOON + EVERY[kind] - timedelta(seconds=1))
    assert is_due(kind, NOON, NOON + EVERY[kind])
    assert is_due(kind, NOON, NOON - timedelta(hours=1))


@pytest.mark.parametrize("kind", sorted(NIGHTLY))
def test_what_is_read_nightly_is_due_after_two_where_the_account_is(kind):
    evening = datetime(2026, 9, 14, 20, tzinfo=UTC)  # ten in Ljubljana
    assert not is_due(kind, evening, datetime(2026, 9, 14, 23, 59, tzinfo=UTC), "Europe/Ljubljana")
    night = datetime(2026, 9, 15, 0, 0, tzinfo=UTC)
    assert is_due(kind, evening, night, "Europe/Ljubljana")
    assert not is_due(kind, night, datetime(2026, 9, 15, 23, 0, tzinfo=UTC), "Europe/Ljubljana")
    assert not is_due(kind, evening, night, "America/Denver")
