"""When to call on a day: their clock, their word first, own data next, late afternoon last, never at night (56, 57)."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.followups.contact import ContactTerms
from sales.followups.slot import BestHour, Caller, SlotFit, SlotSource, is_call, may_be_call, slot_on
from sales.language.dates.instants import local_date, place

HERE = "Europe/Ljubljana"
ANA = Caller(HERE, time(19), time(8))
TUE = date(2026, 9, 15)
NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
TEN = BestHour(10, 24, 30)


def terms(zone="America/New_York", best="09:00-10:00", **more):
    return ContactTerms(zone=zone, best=best, **more)


def test_their_word_beats_own_data_which_beats_late_afternoon():
    assert slot_on(TUE, terms(), ANA, TEN, NOW).source is SlotSource.STATED
    assert slot_on(TUE, terms(best=""), ANA, TEN, NOW).source is SlotSource.OWN
    assert slot_on(TUE, terms(best=""), ANA, None, NOW).source is SlotSource.AFTERNOON
    assert slot_on(TUE, ContactTerms(), ANA, TEN, NOW) is None


@pytest.mark.parametrize(("day", "at"), [((10, 22), 13), ((10, 27), 13), ((11, 3), 14)])
def test_nine_there_stays_nine_when_either_clock_changes(day, at):
    slot = slot_on(date(2026, *day), terms(), ANA, None, NOW)
    assert slot.at == datetime(2026, *day, at, 0, tzinfo=UTC)


def test_the_quiet_hours_of_whoever_calls_are_left_alone_and_where_days_meet_is_known():
    slot = slot_on(TUE, terms("America/Los_Angeles", ""), ANA, None, NOW)
    assert (slot.fit, slot.at, slot.is_taken) == (SlotFit.QUIET, None, False)
    assert [f"{one.astimezone(place(HERE)):%H:%M}" for one in slot.instead] == ["17:00", "19:00"]
    assert slot_on(TUE, terms("Asia/Tokyo", "09:00-10:00"), ANA, None, NOW).fit is SlotFit.QUIET


def test_a_window_that_runs_begins_now_and_one_that_is_over_is_none():
    assert slot_on(TUE, terms(), ANA, None, datetime(2026, 9, 15, 13, 20, tzinfo=UTC)).at == datetime(
        2026, 9, 15, 13, 30, tzinfo=UTC
    )
    over = slot_on(TUE, terms(), ANA, None, datetime(2026, 9, 15, 14, 20, tzinfo=UTC))
    assert (over.fit, over.at) == (SlotFit.OVER, None)


def test_another_day_of_the_week_is_named():
    slot = slot_on(TUE, terms(best="thu 09:00-10:00"), ANA, None, NOW)
    assert (slot.fit, slot.next_on, slot.is_taken) == (SlotFit.OTHER_DAY, date(2026, 9, 17), False)


def test_late_afternoon_on_ones_own_clock_is_the_evenings_and_brings_no_reminder():
    assert not slot_on(TUE, terms(HERE, ""), ANA, None, NOW).is_taken
    assert slot_on(TUE, terms("Europe/Istanbul", ""), ANA, None, NOW).is_taken
    assert slot_on(TUE, terms(HERE, ""), ANA, TEN, NOW).is_taken


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.sampled_from(["America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "Europe/London", HERE]),
    st.sampled_from(["09:00-10:00", "mon,wed 14:00-15:30", "22:00-23:00", ""]),
)
def test_what_is_brought_up_comes_on_its_day_at_their_time_and_never_at_night(day, zone, best):
    slot = slot_on(day, terms(zone, best), ANA, None, datetime(2025, 1, 1, tzinfo=UTC))
    if slot.at is None:
        return
    assert local_date(slot.at, HERE) == day
    assert not ANA.is_quiet(slot.at)
    there = slot.at.astimezone(place(zone)).time()
    windows = terms(zone, best).windows
    assert not windows or any(one.first <= there < one.until for one in windows)


def test_what_is_a_call():
    assert is_call("call Dana about the quote")
    assert may_be_call("follow up on the offer")
    for what in ("send the ROI sheet", "e-mail them the quote", "demo for the depot", "follow up by e-mail"):
        assert not may_be_call(what), what
