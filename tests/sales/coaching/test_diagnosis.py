"""Four lights: at their limits, just below what tells, and in their order (mechanisms 67, 80, lights.md)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from math import comb, exp, factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.diagnosis import diagnosed
from sales.coaching.diagnosis.evening import is_lights_evening
from sales.coaching.diagnosis.light import CannotTell, LightMeasure, LightName, LightNumber, first_red
from sales.coaching.diagnosis.record import WorkRecord, together
from sales.coaching.diagnosis.steadiness import steadiness
from sales.coaching.diagnosis.thing import not_ours, opened, service, thing
from sales.coaching.diagnosis.timing import at_least, late, period_kind
from sales.coaching.diagnosis.way import brought, spoken, usual_rate
from sales.distributions import poisson_at_most
from sales.followups.activity import ActivityKind
from sales.language.dates.period import PeriodKind
from sales.people.calendar import WorkCalendar
from sales.people.leave import Leave

TODAY = date(2026, 9, 14)
USUAL = WorkCalendar()
CALL, EMAIL, SERVICE = ActivityKind.CALL, ActivityKind.EMAIL, ActivityKind.SERVICE


def back(days):
    return TODAY - timedelta(days=days)


LONG_AGO = back(200)


def record(*, days=56, since=LONG_AGO, opened_back=(), usual=None, lead=None, calendar=USUAL, **kinds):
    """So much of each kind on every working day of the last weeks."""
    each = {ActivityKind(kind): count for kind, count in kinds.items()}
    done = {back(one): each for one in range(1, days + 1) if USUAL.is_working(back(one))} if each else {}
    return WorkRecord(
        name="Ana",
        today=TODAY,
        calendar=calendar,
        logged_since=since,
        done=done,
        opened=sorted(back(one) for one in opened_back),
        usual=usual,
        lead_days=lead,
    )


def is_red(found):
    return isinstance(found, LightNumber) and found.is_red


# the right thing


def test_half_of_six_losses_that_were_not_ours():
    asked = replace(record(), told=6, not_ours=3)
    assert is_red(not_ours(asked))
    assert not is_red(not_ours(replace(asked, not_ours=2)))
    assert not_ours(replace(asked, told=5)) == CannotTell(LightMeasure.NOT_OURS, 5, 6)


def test_more_than_six_touches_in_ten_are_service():
    assert is_red(service(record(service=7, call=3)))
    assert not is_red(service(record(service=6, call=4)))


def test_no_deal_in_thirty_days_is_told_of_whoever_was_there():
    assert is_red(opened(record(call=5)))
    assert is_red(opened(record(call=5, opened_back=[30])))
    assert not is_red(opened(record(call=5, opened_back=[29])))
    assert isinstance(opened(record(since=back(29))), CannotTell)
    gone = USUAL.with_leave([Leave(user_id="U1", first=back(20), last=back(5))])
    assert isinstance(opened(record(calendar=gone)), CannotTell)


# the right way


def test_three_in_ten_are_spoken():
    assert not is_red(spoken(record(call=3, email=7)))
    assert is_red(spoken(record(call=2, email=8)))
    assert isinstance(spoken(record(days=5, call=1, email=5)), CannotTell)


def test_service_is_neither_spoken_nor_work_that_should_have_brought_a_deal():
    assert not is_red(spoken(record(call=3, email=7, service=50)))
    assert isinstance(brought(record(service=50, usual=20.0)), CannotTell)


def test_eighty_touches_for_one_deal_where_colleagues_need_twenty_two():
    """80 / 22 = 3.6 were to be expected; one or none by chance 12 times in 100."""
    asked = record(days=14, call=8, opened_back=[3], usual=22.0)
    found = brought(asked)
    assert isinstance(found, LightNumber)
    assert (found.total, found.count, found.threshold, found.is_red) == (80, 1, 44, True)
    assert not is_red(brought(record(days=14, call=8, opened_back=[3, 4], usual=22.0)))  # more than half
    assert isinstance(brought(record(days=14, call=8, usual=28.0)), CannotTell)  # fewer than three expected
    assert isinstance(brought(record(days=14, call=8)), CannotTell)  # nobody to compare with


def test_the_usual_rate_is_the_middle_one():
    assert usual_rate([(100, 5), (100, 4), (1_000, 1)]) == 25
    assert usual_rate([(39, 39), (100, 5)]) == 20  # who did little says little
    assert usual_rate([(100, 0)]) is None
    assert usual_rate([]) is None


# the right time


def test_deals_that_all_come_in_the_last_weeks_of_a_quarter():
    """One takes 25 days: from 6 June on a deal is too late for the second quarter."""
    june = [(TODAY - date(2026, 6, day)).days for day in range(8, 30, 2)]
    april = [(TODAY - date(2026, 4, day)).days for day in range(6, 16, 2)]
    found = late(record(opened_back=[*june, *april], lead=25))
    assert isinstance(found, LightNumber)
    assert (found.count, found.total, found.is_red) == (11, 16, True)
    assert found.last == date(2026, 12, 4)  # that of the third quarter was on Friday the 4th


def test_even_opening_is_not_late_even_where_much_of_it_is_too_late():
    """A deal takes 45 days, so half of a quarter is too late: opening evenly is not red for it."""
    evenly = range(1, 166, 3)
    found = late(record(opened_back=evenly, lead=45))
    assert isinstance(found, LightNumber)
    assert not found.is_red


def test_a_long_cycle_is_held_against_a_year():
    assert period_kind(45) is PeriodKind.QUARTER
    assert period_kind(46) is PeriodKind.FISCAL_YEAR
    assert period_kind(182) is PeriodKind.FISCAL_YEAR
    assert period_kind(183) is None
    assert period_kind(None) is None
    assert isinstance(late(record(opened_back=range(1, 100), lead=200)), CannotTell)
    assert isinstance(late(record(opened_back=range(1, 10), lead=25)), CannotTell)


# all four


def test_without_a_record_nothing_is_lit():
    found = diagnosed(record(since=None))
    assert [one.name for one in found] == list(LightName)
    assert all(isinstance(one.found, CannotTell) for one in found)
    assert first_red(found) is None


def test_the_first_red_one_is_the_first_in_order_and_shows_what_is_red():
    asked = record(call=1, email=9, opened_back=[40])
    assert [one.is_red for one in diagnosed(asked)] == [True, True, False, False]
    red = first_red(diagnosed(asked))
    assert red is not None
    assert red.name is LightName.THING
    assert thing(asked).found.measure is LightMeasure.OPENED  # not the service that is fine


def test_every_other_day_is_no_habit():
    asked = record(call=9)
    rare = {day: kinds for day, kinds in asked.done.items() if day.weekday() in (1, 3)}
    assert steadiness(asked).is_red is False
    assert steadiness(replace(asked, done=rare)).is_red


def test_a_team_is_everybody_together_and_compared_with_nobody():
    one = record(call=5, opened_back=[3], usual=20.0)
    both = together("Field", [one, record(email=5, opened_back=[5, 2])], TODAY, USUAL)
    assert both.opened == [back(5), back(3), back(2)]
    assert both.touches(28) == 10 * 19  # today has none yet
    assert both.usual is None
    assert together("Empty", [], TODAY, USUAL).since is None


@given(
    st.dictionaries(st.sampled_from([back(one) for one in range(60)]), st.integers(1, 99)),
    st.lists(st.integers(0, 400), max_size=30),
    st.sampled_from(ActivityKind),
    st.none() | st.integers(0, 400),
    st.none() | st.floats(1, 500),
)
def test_any_record_gives_four_lights_with_a_number_or_a_reason(counts, opened_back, kind, lead, usual):
    done = {day: {kind: count} for day, count in counts.items()}
    asked = replace(record(opened_back=opened_back, usual=usual, lead=lead), done=done)
    for one in diagnosed(asked):
        if isinstance(one.found, LightNumber):
            assert one.found.value >= 0
            assert one.found.count <= max(one.found.total, one.found.count)
        else:
            assert one.found.have >= 0


@given(st.integers(1, 40), st.floats(0.01, 0.99), st.data())
def test_the_chances_are_those_of_the_textbook(of, share, data):
    count = data.draw(st.integers(0, of))
    terms = (comb(of, one) * share**one * (1 - share) ** (of - one) for one in range(count, of + 1))
    assert at_least(count, of, share) == pytest.approx(sum(terms))
    mean = share * of
    poisson = sum(exp(-mean) * mean**one / factorial(one) for one in range(count + 1))
    assert poisson_at_most(count, mean) == pytest.approx(poisson)


def test_the_evening_of_the_lights_is_a_thursday_of_every_other_week():
    evenings = [day for day in map(back, range(0, -60, -1)) if is_lights_evening(day, USUAL)]
    assert {day.weekday() for day in evenings} == {3}
    assert {(later - one).days for one, later in pairwise(evenings)} == {14}
    off = USUAL.with_leave([Leave(user_id="U1", first=evenings[0], last=evenings[0])])
    assert is_lights_evening(evenings[0] - timedelta(days=1), off)
    assert not is_lights_evening(evenings[0], off)
