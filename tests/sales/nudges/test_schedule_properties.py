"""Occurrences in every zone there is, 2020–2040: one for each eligible local date, whatever happens in between."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sales.language.dates.instants import date_exists, local_instant
from sales.nudges.schedule import CatchUp, occurrences, refreshed
from tests.sales.nudges.recurrences import ZONES, Recurring, schedule

FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 12, 1, tzinfo=UTC)
MOMENTS = st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=st.just(UTC))
PLACES = st.sampled_from(ZONES)
WEEKDAYS = st.integers(1, 127)
SPREADS = st.sampled_from([0, 300, 3600])
STEPS = st.lists(st.integers(0, 5 * 24 * 60), min_size=1, max_size=12)  # minutes
LIKELY = timedelta(days=28)  # hardly any zone changes its clocks and changes them back within

steady = settings(max_examples=60, derandomize=True, deadline=None)


def transitions(zone: str) -> list[datetime]:
    """When a zone's clocks change, to the second."""
    place, moment, found = ZoneInfo(zone), FIRST, []
    before = moment.astimezone(place).utcoffset()
    while moment < LAST:
        later = moment + LIKELY
        after = later.astimezone(place).utcoffset()
        if after != before:
            low, high = moment, later
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
                low, high = (
                    (middle, high) if middle.astimezone(place).utcoffset() == before else (low, middle)
                )
            found.append(high)
        moment, before = later, after
    return found


@cache
def all_transitions() -> list[tuple[str, datetime]]:
    """Every change of clocks anywhere, once for those zones that share it."""
    seen: dict[tuple[datetime, object, object], str] = {}
    for zone in ZONES:
        for moment in transitions(zone):
            before, after = (
                each.astimezone(ZoneInfo(zone)).utcoffset()
                for each in (moment - timedelta(seconds=1), moment)
            )
            seen.setdefault((moment, before, after), zone)
    return [(zone, moment) for (moment, _, _), zone in seen.items()]


@pytest.mark.large
def test_every_change_of_clocks_anywhere_leaves_one_occurrence_a_date():
    changes = all_transitions()
    assert len(changes) > 1000
    for zone, moment in changes:
        place = ZoneInfo(zone)
        shown = moment.astimezone(place)  # the first reading after the change
        start = (moment - timedelta(days=3)).replace(hour=0, minute=0, second=0)
        for clock in (shown.time(), (shown - timedelta(minutes=15)).time(), time(0, 0), time(23, 59)):
            kept = Recurring(schedule(zone, clock.replace(tzinfo=None), start, weekdays=127))
            first = kept.row.next_local_date
            kept.tick(start + timedelta(days=7))
            days = (kept.row.next_local_date - first).days
            assert kept.dates == [first + timedelta(n) for n in range(days)], (zone, moment, clock)
            instants = [occurrence.due_at for occurrence in kept.found]
            assert all(earlier < later for earlier, later in pairwise(instants))


@steady
@given(zone=PLACES, clock=st.times(), weekdays=WEEKDAYS, start=MOMENTS, steps=STEPS, spread=SPREADS)
def test_each_eligible_local_date_comes_exactly_once_in_order(zone, clock, weekdays, start, steps, spread):
    kept = Recurring(schedule(zone, clock, start, weekdays=weekdays, spread_seconds=spread))
    first, now = kept.row.next_local_date, start
    for minutes in steps:
        now += timedelta(minutes=minutes)
        kept.tick(now)
        assert kept.row.next_due_at > now
    span = (kept.row.next_local_date - first).days
    assert kept.dates == [
        day
        for day in (first + timedelta(n) for n in range(span))
        if weekdays >> day.weekday() & 1 and date_exists(zone, day)
    ]
    instants = [occurrence.due_at for occurrence in kept.found] + [kept.row.next_due_at]
    assert all(earlier < later for earlier, later in pairwise(instants))
    assert all(instant <= now for instant in instants[:-1])


@steady
@given(zone=PLACES, clock=st.times(), weekdays=WEEKDAYS, start=MOMENTS, steps=STEPS, spread=SPREADS)
def test_it_does_not_matter_into_which_ticks_a_span_is_cut(zone, clock, weekdays, start, steps, spread):
    row = schedule(zone, clock, start, weekdays=weekdays, spread_seconds=spread)
    end = start + timedelta(minutes=sum(steps))
    in_one, in_many, now = Recurring(row), Recurring(row), start
    in_one.tick(end)
    for minutes in steps:
        now += timedelta(minutes=minutes)
        in_many.tick(now)
    assert in_many.found == in_one.found
    assert in_many.row == in_one.row


@steady
@given(zone=PLACES, clock=st.times(), start=MOMENTS, hours=st.integers(0, 900))
def test_no_policy_loses_a_date(zone, clock, start, hours):
    row, now = schedule(zone, clock, start), start + timedelta(hours=hours)
    every = occurrences(row, now, CatchUp.EACH)
    for policy in (CatchUp.DELIVER_LATEST, CatchUp.COALESCE, CatchUp.LEVEL):
        due = occurrences(row, now, policy)
        assert due.skipped + due.chosen == every.chosen
        assert len(due.chosen) == min(1, len(every.chosen))
        assert due.next == every.next


CHANGES = st.one_of(
    st.fixed_dictionaries({}, optional={"zone": PLACES, "local_time": st.times(), "weekdays": WEEKDAYS}),
    st.builds(lambda on: {"enabled": on}, st.booleans()),
)
# Hours between events: ordinary ones, and a clock that is put right by days, either way.
HOURS = st.one_of(st.integers(0, 40), st.integers(-200, 200))
EVENTS = st.lists(st.tuples(HOURS, CHANGES, st.booleans()), min_size=1, max_size=15)


@steady
@given(zone=PLACES, clock=st.times(), start=MOMENTS, events=EVENTS, spread=SPREADS)
def test_no_local_date_comes_twice_whatever_changes_and_however_the_clock_steps(
    zone, clock, start, events, spread
):
    kept, now = Recurring(schedule(zone, clock, start, weekdays=127, spread_seconds=spread)), start
    for hours, terms, seen in events:
        now += timedelta(hours=hours)
        if seen:
            kept.tick(now)
        kept.change(now, **terms)
        kept.tick(now)
    assert kept.dates == sorted(set(kept.dates))
    # And the dates go on: within three weeks of the latest one there are more.
    kept.change(now, enabled=True)
    latest = max([now.date(), *kept.dates])
    later = datetime.combine(latest + timedelta(days=21), time(0), tzinfo=UTC)
    assert kept.tick(later)
    assert kept.dates == sorted(set(kept.dates))


@steady
@given(zone=PLACES, clock=st.times(), start=MOMENTS, after=st.integers(0, 3600), terms=CHANGES)
def test_what_was_due_when_the_terms_changed_is_not_lost(zone, clock, start, after, terms):
    kept = Recurring(schedule(zone, clock, start, weekdays=127))
    due = kept.row.next_local_date
    now = kept.row.next_due_at + timedelta(seconds=after)
    kept.change(now, **{**terms, "enabled": True})
    kept.tick(now)
    assert due in kept.dates


@steady
@given(zone=PLACES, clock=st.times(), start=MOMENTS, wrong=st.integers(-180, 180), spread=SPREADS)
def test_other_zone_rules_move_the_instant_and_never_the_date(zone, clock, start, wrong, spread):
    row = schedule(zone, clock, start, spread_seconds=spread)
    stale = row.model_copy(update={"next_due_at": row.next_due_at + timedelta(minutes=wrong)})
    assert refreshed(stale, stale.next_local_date) == (row.next_local_date, row.next_due_at)


@steady
@given(zone=PLACES, clock=st.times(), day=st.dates(date(2020, 1, 1), date(2040, 12, 31)))
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
