"""Schedules: local times as instants, and which occurrences are due, late or next."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sales.schedule import (
    CatchUp,
    Occurrence,
    Schedule,
    date_exists,
    jitter,
    local_instant,
    next_occurrence,
    occurrence_after,
    occurrence_on,
    occurrences,
    refreshed,
    settled_through,
)

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001
LATEST = CatchUp.DELIVER_LATEST


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def schedule(zone: str, local_time: time, now: datetime, **terms) -> Schedule:
    """What a person's settings make at `now`: without jitter unless asked for."""
    fields = {"kind": "evening", "subject_id": "U1", "zone": zone, "local_time": local_time}
    draft = Schedule.model_validate(
        fields | {"spread_seconds": 0, "next_due_at": now, "next_local_date": now.date()} | terms
    )
    first = next_occurrence(draft, now)
    return draft.model_copy(update={"next_due_at": first.due_at, "next_local_date": first.local_date})


def advanced(row: Schedule, upcoming: Occurrence) -> Schedule:
    return row.model_copy(update={"next_due_at": upcoming.due_at, "next_local_date": upcoming.local_date})


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
    row = schedule("UTC", time(16, 30), at("2026-11-20 12:00"))
    row = advanced(row, occurrences(row, at("2026-11-20 16:30"), LATEST).next)
    assert row.next_local_date == date(2026, 11, 23)
    done = settled_through(row, row.next_local_date)
    assert done == date(2026, 11, 20)
    with_saturday = row.model_copy(update={"weekdays": 0b0111111})
    assert next_occurrence(with_saturday, at("2026-11-20 17:00"), done).local_date == date(2026, 11, 21)
    later_today = row.model_copy(update={"local_time": time(18)})
    assert next_occurrence(later_today, at("2026-11-20 17:00"), done).local_date == date(2026, 11, 23)


def test_a_clock_set_back_gives_no_second_occurrence():
    row = schedule("UTC", time(16, 30), at("2026-11-18 12:00"))
    row = advanced(row, occurrences(row, at("2026-11-18 16:31"), LATEST).next)
    for now in ("2026-11-18 16:29", "2026-11-18 16:31", "2026-11-19 16:29"):
        assert occurrences(row, at(now), LATEST).chosen == []


def test_new_zone_rules_keep_the_date_and_move_the_instant():
    row = schedule("Europe/Paris", time(17), at("2026-11-18 12:00"))
    stale = row.model_copy(update={"next_due_at": row.next_due_at - timedelta(hours=1)})
    assert refreshed(stale) == Occurrence(row.next_local_date, row.next_due_at)


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
        {"zone": "Europe/Atlantis"},
        {"weekdays": 0},
        {"local_time": time(9, tzinfo=UTC)},
        {"next_due_at": datetime(2026, 11, 18, 12)},  # noqa: DTZ001
    ):
        with pytest.raises(ValidationError):
            Schedule.model_validate(good | wrong)


@given(
    zone=st.sampled_from(ZONES),
    clock=st.times(),
    weekdays=st.integers(1, 127),
    start=MOMENTS,
    steps=st.lists(st.integers(0, 5 * 24 * 60), min_size=1, max_size=12),
    spread=st.sampled_from([0, 300]),
)
def test_each_eligible_local_date_comes_exactly_once(zone, clock, weekdays, start, steps, spread):
    row = schedule(zone, clock, start, weekdays=weekdays, spread_seconds=spread)
    first, now, fired = row.next_local_date, start, []
    for minutes in steps:
        now += timedelta(minutes=minutes)
        due = occurrences(row, now, CatchUp.EACH)
        assert occurrences(advanced(row, due.next), now, CatchUp.EACH).chosen == [], "a second tick"
        fired += due.chosen
        row = advanced(row, due.next)
        assert row.next_due_at > now
    dates = [occurrence.local_date for occurrence in fired]
    instants = [occurrence.due_at for occurrence in fired] + [row.next_due_at]
    span = (row.next_local_date - first).days
    assert dates == [
        day
        for day in (first + timedelta(n) for n in range(span))
        if weekdays >> day.weekday() & 1 and date_exists(zone, day)
    ]
    assert all(earlier < later for earlier, later in pairwise(instants))
    assert all(instant <= now for instant in instants[:-1])


@given(zone=st.sampled_from(ZONES), clock=st.times(), start=MOMENTS, hours=st.integers(0, 900))
def test_catching_up_loses_no_date(zone, clock, start, hours):
    row = schedule(zone, clock, start)
    now = start + timedelta(hours=hours)
    every = occurrences(row, now, CatchUp.EACH)
    for policy in (CatchUp.DELIVER_LATEST, CatchUp.COALESCE, CatchUp.LEVEL):
        due = occurrences(row, now, policy)
        assert due.skipped + due.chosen == every.chosen
        assert len(due.chosen) == min(1, len(every.chosen))
        assert due.next == every.next


@given(zone=st.sampled_from(ZONES), clock=st.times(), day=st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_an_instant_shows_the_time_or_ends_the_gap(zone, clock, day):
    place = ZoneInfo(zone)
    instant = local_instant(zone, clock, day)
    shown = instant.astimezone(place)
    wall = datetime.combine(day, clock)
    if shown.replace(tzinfo=None, fold=0) == wall:
        assert shown.fold == 0
    else:
        before = (instant - timedelta(seconds=1)).astimezone(place)
        assert before.replace(tzinfo=None, fold=0) < wall < shown.replace(tzinfo=None, fold=0)


@given(
    zones=st.lists(st.sampled_from(ZONES), min_size=2, max_size=6),
    clock=st.times(),
    start=MOMENTS,
    hours=st.lists(st.integers(-3, 40), min_size=6, max_size=6),
)
def test_a_traveller_whose_clock_steps_gets_one_a_date(zones, clock, start, hours):
    row, now, done = schedule(zones[0], clock, start, weekdays=127), start, []
    for zone, step in zip(zones, hours, strict=False):
        now += timedelta(hours=step)
        due = occurrences(row, now, LATEST)
        done += [occurrence.local_date for occurrence in due.chosen]
        row = advanced(row, due.next).model_copy(update={"zone": zone})
        row = advanced(row, next_occurrence(row, now, done[-1] if done else None))
    assert done == sorted(set(done))


def test_a_mask_without_weekdays_ends_instead_of_searching_for_ever():
    row = schedule("UTC", time(9), at("2026-11-18 12:00")).model_copy(update={"weekdays": 0})
    for search in (occurrence_after, settled_through):
        with pytest.raises(ValueError, match="no weekday is eligible"):
            search(row, date(2026, 11, 18))
