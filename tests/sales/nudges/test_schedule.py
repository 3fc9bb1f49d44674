"""Schedules: local times as instants, and which occurrences are due, late or next."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from sales.language.dates.instants import date_exists, local_instant
from sales.nudges.schedule import (
    CatchUp,
    Occurrence,
    Schedule,
    after_change,
    jitter,
    next_occurrence,
    occurrence_after,
    occurrence_on,
    occurrences,
    refreshed,
)
from tests.sales.nudges.recurrences import Recurring, advanced, at, schedule

LATEST = CatchUp.DELIVER_LATEST


@pytest.mark.parametrize(
    ("zone", "clock", "day", "instant"),
    [
        ("Europe/Paris", time(17), date(2026, 11, 22), "2026-11-22 16:00"),
        ("Europe/Paris", time(2, 30), date(2026, 3, 29), "2026-03-29 01:00"),  # skipped: 03:00 CEST
        ("Europe/Paris", time(2), date(2026, 3, 29), "2026-03-29 01:00"),
        ("Europe/Paris", time(3), date(2026, 3, 29), "2026-03-29 01:00"),
        ("Europe/Paris", time(2, 30), date(2026, 10, 25), "2026-10-25 00:30"),  # twice: the first
        ("America/New_York", time(1, 30), date(2026, 11, 1), "2026-11-01 05:30"),  # twice: the first
        ("America/New_York", time(2, 30), date(2026, 3, 8), "2026-03-08 07:00"),
        ("Australia/Lord_Howe", time(2, 15), date(2026, 10, 4), "2026-10-03 15:30"),  # half an hour skipped
        ("Australia/Lord_Howe", time(1, 45), date(2026, 4, 5), "2026-04-04 14:45"),  # half an hour twice
        ("Africa/Casablanca", time(2, 30), date(2026, 2, 15), "2026-02-15 01:30"),  # Ramadan begins: twice
        ("Africa/Casablanca", time(2, 30), date(2026, 3, 22), "2026-03-22 02:00"),  # Ramadan ends: skipped
        ("Pacific/Apia", time(17), date(2011, 12, 29), "2011-12-30 03:00"),
        ("Pacific/Apia", time(17), date(2011, 12, 30), "2011-12-30 10:00"),  # no such date: 31st, 00:00
        ("Pacific/Apia", time(17), date(2011, 12, 31), "2011-12-31 03:00"),
        ("Asia/Beirut", time(0, 0), date(2026, 3, 29), "2026-03-28 22:00"),  # midnight itself is skipped
    ],
)
def test_local_times_as_instants(zone, clock, day, instant):
    assert local_instant(zone, clock, day) == at(instant)


def test_a_fraction_of_a_second_in_a_gap_ends_with_the_gap():
    assert local_instant("Europe/Paris", time(2, 0, 0, 1), date(2026, 3, 29)) == at("2026-03-29 01:00")
    assert local_instant("Europe/Paris", time(2, 59, 59, 999999), date(2026, 3, 29)) == at("2026-03-29 01:00")


def test_samoa_left_a_date_out():
    assert not date_exists("Pacific/Apia", date(2011, 12, 30))
    assert date_exists("Pacific/Apia", date(2011, 12, 29))
    row = schedule("Pacific/Apia", time(17), at("2011-12-29 12:00"))
    assert row.next_local_date == date(2011, 12, 29)
    due = occurrences(row, at("2011-12-30 03:00"), LATEST)
    assert [chosen.local_date for chosen in due.chosen] == [date(2011, 12, 29)]
    assert due.next.local_date == date(2012, 1, 2), "Friday the 30th never was, and then it is the weekend"


def test_new_york_fires_once_in_the_repeated_hour():
    row = schedule("America/New_York", time(1, 30), at("2026-10-31 12:00"), weekdays=127)
    fired = []
    for minute in range(0, 24 * 60, 15):
        due = occurrences(row, at("2026-10-31 20:00") + timedelta(minutes=minute), LATEST)
        fired += due.chosen
        row = advanced(row, due.next)
    assert fired == [Occurrence(date(2026, 11, 1), at("2026-11-01 05:30"))]


def test_nothing_is_due_early_or_while_disabled():
    row = schedule("UTC", time(16, 30), at("2026-11-20 12:00"))
    waiting = Occurrence(date(2026, 11, 20), at("2026-11-20 16:30"))
    assert occurrences(row, at("2026-11-20 16:29"), LATEST) == ([], [], waiting)
    off = row.model_copy(update={"enabled": False})
    assert occurrences(off, at("2026-12-20 16:29"), LATEST) == ([], [], waiting)


@pytest.mark.parametrize(
    ("policy", "chosen", "skipped"),
    [
        (CatchUp.DELIVER_LATEST, [20], [18, 19]),
        (CatchUp.COALESCE, [20], [18, 19]),
        (CatchUp.LEVEL, [20], [18, 19]),
        (CatchUp.EACH, [18, 19, 20], []),
    ],
)
def test_after_three_missed_days(policy, chosen, skipped):
    row = schedule("UTC", time(16, 30), at("2026-11-18 12:00"))
    due = occurrences(row, at("2026-11-22 09:00"), policy)  # a Sunday
    assert [occurrence.local_date.day for occurrence in due.chosen] == chosen
    assert [occurrence.local_date.day for occurrence in due.skipped] == skipped
    assert due.next == Occurrence(date(2026, 11, 23), at("2026-11-23 16:30"))


def test_a_changed_zone_gives_no_second_occurrence_on_one_date():
    row = schedule("Europe/Paris", time(17), at("2026-11-18 12:00"))
    due = occurrences(row, at("2026-11-18 16:00"), LATEST)
    assert [occurrence.local_date.day for occurrence in due.chosen] == [18]
    flown = advanced(row, due.next).model_copy(update={"zone": "America/New_York"})
    upcoming = next_occurrence(flown, at("2026-11-18 18:00"), done_through=date(2026, 11, 18))
    assert upcoming == Occurrence(date(2026, 11, 19), at("2026-11-19 22:00"))
    assert next_occurrence(flown, at("2026-11-18 18:00")).local_date == date(2026, 11, 18)


def test_a_weekday_newly_chosen_comes_even_before_the_next_date():
    kept = Recurring(schedule("UTC", time(16, 30), at("2026-11-20 12:00")))
    kept.tick(at("2026-11-20 16:30"))
    assert kept.row.next_local_date == date(2026, 11, 23)
    assert kept.row.done_through == date(2026, 11, 20)
    kept.change(at("2026-11-20 17:00"), local_time=time(18))
    assert kept.row.next_local_date == date(2026, 11, 23), "Friday had its prompt"
    kept.change(at("2026-11-20 17:00"), weekdays=0b0111111)
    assert kept.row.next_local_date == date(2026, 11, 21)


def test_two_changes_in_a_row_do_not_bring_a_date_back():
    kept = Recurring(schedule("UTC", time(16, 30), at("2026-11-20 12:00")))
    kept.tick(at("2026-11-20 16:31"))
    kept.change(at("2026-11-20 16:40"), weekdays=0b0100000)
    assert kept.row.next_local_date == date(2026, 11, 21)
    kept.change(at("2026-11-20 16:45"), weekdays=0b0011111, local_time=time(18))
    assert kept.row.next_local_date == date(2026, 11, 23)


def test_what_came_while_the_weekdays_changed_does_not_come_again():
    kept = Recurring(schedule("UTC", time(16, 30), at("2026-11-18 12:00")))
    kept.change(at("2026-11-18 16:31"), weekdays=0b0100000)
    assert kept.tick(at("2026-11-18 16:32")) == [Occurrence(date(2026, 11, 18), at("2026-11-18 16:30"))]
    kept.change(at("2026-11-18 16:33"), weekdays=0b0011111, local_time=time(18))
    assert kept.row.next_local_date == date(2026, 11, 19)


def test_what_was_never_acted_on_may_still_come_today():
    kept = Recurring(schedule("UTC", time(16, 30), at("2026-11-20 17:00")))
    assert kept.row.next_local_date == date(2026, 11, 23)
    kept.change(at("2026-11-20 17:05"), local_time=time(18))
    assert kept.row.next_local_date == date(2026, 11, 20)


def test_what_is_due_while_the_terms_change_stays_due():
    row = schedule("UTC", time(16, 30), at("2026-11-18 12:00"))
    earlier = row.model_copy(update={"local_time": time(9), "weekdays": 0b0010000})
    assert after_change(row, earlier, at("2026-11-18 16:30")) == (date(2026, 11, 18), at("2026-11-18 16:30"))
    assert after_change(row, earlier, at("2026-11-18 16:29")) == (date(2026, 11, 20), at("2026-11-20 09:00"))
    off = row.model_copy(update={"enabled": False})
    assert after_change(off, row, at("2026-11-18 18:00")).local_date == date(2026, 11, 19)


def test_a_clock_set_back_gives_no_second_occurrence():
    row = schedule("UTC", time(16, 30), at("2026-11-18 12:00"))
    row = advanced(row, occurrences(row, at("2026-11-18 16:31"), LATEST).next)
    for now in ("2026-11-18 16:29", "2026-11-18 16:31", "2026-11-19 16:29"):
        assert occurrences(row, at(now), LATEST).chosen == []


def test_new_zone_rules_keep_the_date_and_move_the_instant():
    row = schedule("Europe/Paris", time(17), at("2026-11-18 12:00"))
    stale = row.model_copy(update={"next_due_at": row.next_due_at - timedelta(hours=1)})
    assert refreshed(stale, stale.next_local_date) == Occurrence(row.next_local_date, row.next_due_at)
    never = schedule("Pacific/Apia", time(17), at("2011-12-20 12:00"))  # a date that new rules leave out
    assert refreshed(never, date(2011, 12, 30)).local_date == date(2012, 1, 2)


def test_a_zone_that_vanished_is_read_as_utc_and_its_dates_go_on():
    kept = Recurring(schedule("Europe/Ljubljana", time(17), at("2026-11-18 12:00")))
    kept.tick(at("2026-11-18 16:00"))
    kept.row = kept.row.model_copy(update={"zone": "Europe/Atlantis"})
    moved = refreshed(kept.row, kept.row.next_local_date)
    assert moved == Occurrence(date(2026, 11, 19), at("2026-11-19 17:00"))
    kept.tick(at("2026-11-21 12:00"))
    assert [day.day for day in kept.dates] == [18, 19, 20]
    back = kept.row.model_copy(update={"zone": "Europe/Ljubljana"})
    assert refreshed(back, back.next_local_date) == Occurrence(date(2026, 11, 23), at("2026-11-23 16:00"))


def test_jitter_is_the_same_everywhere_and_within_its_spread():
    assert jitter("U1", "evening") == timedelta(seconds=71)
    assert jitter("U1", "digest") != jitter("U1", "evening")
    shifts = {jitter(f"U{n}", "evening") for n in range(2000)}
    assert min(shifts) == timedelta(minutes=-5)
    assert max(shifts) == timedelta(minutes=5)
    assert jitter("U1", "evening", timedelta(0)) == timedelta(0)


def test_jitter_moves_the_instant_and_not_the_date():
    row = schedule("UTC", time(0, 0), at("2026-11-18 12:00"), spread_seconds=300, weekdays=127)
    shift = jitter("U1", "evening")
    assert occurrence_on(row, date(2026, 11, 20)) == (date(2026, 11, 20), at("2026-11-20 00:00") + shift)
    early = schedule("UTC", time(0, 0), at("2026-11-18 23:58"), spread_seconds=3600, subject_id="U3")
    assert early.next_due_at > at("2026-11-18 23:58")


def test_a_schedule_refuses_what_could_never_run():
    good = {
        "kind": "evening", "subject_id": "U1", "zone": "UTC", "local_time": time(9),
        "next_due_at": at("2026-11-18 12:00"), "next_local_date": date(2026, 11, 18),
    }  # fmt: skip
    assert Schedule.model_validate(good).enabled
    for wrong in (
        {"zone": ""},
        {"weekdays": 0},
        {"local_time": time(9, tzinfo=UTC)},
        {"next_due_at": datetime(2026, 11, 18, 12)},  # noqa: DTZ001
    ):
        with pytest.raises(ValidationError):
            Schedule.model_validate(good | wrong)


def test_a_mask_without_weekdays_ends_instead_of_searching_for_ever():
    row = schedule("UTC", time(9), at("2026-11-18 12:00")).model_copy(update={"weekdays": 0})
    with pytest.raises(ValueError, match="no weekday is eligible"):
        occurrence_after(row, date(2026, 11, 18))


# Each place with the days around a change of its clocks, and how many hours there are from one noon to the next.
@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("Europe/Paris", {"2026-03-29": 23, "2026-03-30": 24, "2026-10-25": 25}),
        ("America/New_York", {"2026-03-08": 23, "2026-11-01": 25, "2026-11-02": 24}),
        ("Australia/Lord_Howe", {"2026-04-05": 24.5, "2026-10-04": 23.5}),
        ("Africa/Casablanca", {"2026-02-15": 25, "2026-03-22": 23}),  # Ramadan, with the clocks back for it
        ("Europe/Dublin", {"2026-03-29": 23, "2026-10-25": 25}),  # winter time is the one that is "saving"
        ("Africa/Cairo", {"2026-04-24": 23, "2026-10-30": 25}),  # at midnight itself
        ("Pacific/Kiritimati", {"1995-01-01": 24, "2026-03-29": 24}),  # fourteen hours ahead
        ("Pacific/Apia", {"2011-12-29": 24, "2011-12-31": 24, "2012-01-01": 24}),
        ("Asia/Kathmandu", {"2026-03-29": 24}),
    ],
)
def test_travel_through_a_change_of_clocks(zone, days):
    for text, hours in days.items():
        day = date.fromisoformat(text)
        kept = Recurring(schedule(zone, time(12), at(f"{day - timedelta(days=4)} 00:00"), weekdays=127))
        for quarter in range(8 * 24 * 4):
            kept.tick(at(f"{day - timedelta(days=4)} 00:00") + timedelta(minutes=15 * quarter))
        noons = dict(kept.found)
        assert len(noons) == len(kept.found)
        before = max(each for each in noons if each < day)
        assert (noons[day] - noons[before]) / timedelta(hours=1) == hours, (zone, day)
        for one, noon in noons.items():
            assert noon.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(one, time(12))


def test_kiritimati_left_new_years_eve_1994_out():
    kept = Recurring(schedule("Pacific/Kiritimati", time(9), at("1994-12-29 00:00"), weekdays=127))
    kept.tick(at("1995-01-03 00:00"))
    assert [day.isoformat() for day in kept.dates] == [
        "1994-12-29", "1994-12-30", "1995-01-01", "1995-01-02", "1995-01-03",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "clock", "day"),
    [
        ("America/New_York", time(1, 30), "2026-11-01"),
        ("Europe/Paris", time(2, 30), "2026-10-25"),
        ("Australia/Lord_Howe", time(1, 45), "2026-04-05"),
        ("Africa/Casablanca", time(2, 30), "2026-02-15"),
        ("Africa/Cairo", time(23, 30), "2026-10-29"),
        ("Europe/Dublin", time(1, 30), "2026-10-25"),
    ],
)
def test_a_repeated_hour_fires_once_even_if_the_clock_is_set_back_over_it(zone, clock, day):
    start = at(day) - timedelta(days=2)
    kept = Recurring(schedule(zone, clock, start, weekdays=127))
    for minutes in range(0, 5 * 24 * 60, 10):
        now = start + timedelta(minutes=minutes)
        kept.tick(now)
        kept.tick(now - timedelta(hours=1))
        kept.change(now - timedelta(minutes=30), local_time=clock)
    assert kept.dates.count(date.fromisoformat(day)) == 1
    assert kept.dates == sorted(set(kept.dates))
