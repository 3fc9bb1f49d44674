"""Mentors: only where the difference is real, at a time that suits both, and seldom (#72)."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.diagnosis import diagnosed
from sales.coaching.diagnosis.light import LightMeasure, first_red
from sales.coaching.diagnosis.record import WorkRecord
from sales.coaching.mentor.mentorship import Mentorship, MentorState, may_be_proposed, mentor_spec, resting
from sales.coaching.mentor.slot import AWAKE, MOST_OFFERED, Attendee, slots
from sales.coaching.mentor.strength import STRENGTHS, rate_range, share_range, strongest
from sales.followups.activity import ActivityKind
from sales.people.calendar import WorkCalendar
from sales.people.member import Member
from sales.people.team import Team

TODAY = date(2026, 9, 15)
NOW = datetime(2026, 9, 15, 8, tzinfo=UTC)
WEEK = WorkCalendar()
ZONES = ("Europe/Ljubljana", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Pacific/Honolulu")


def record(opened=0, calls=6, emails=0, name="Ana"):
    """Eight weeks of work; so many deals opened, one every few days."""
    days = [TODAY - timedelta(days=back) for back in range(70)]
    done = {
        day: {ActivityKind.CALL: calls, ActivityKind.EMAIL: emails} for day in days if WEEK.is_working(day)
    }
    dates = sorted(TODAY - timedelta(days=1 + 50 * at // max(1, opened)) for at in range(opened))
    return WorkRecord(name, TODAY, WEEK, min(done), done, dates)


def red_of(mine):
    found = first_red(diagnosed(mine))
    assert found is not None
    return found


def test_the_strongest_is_who_surely_opens_more():
    mine = record()
    others = {"ben": record(1), "eva": record(12), "ida": record(20)}
    assert strongest(red_of(mine), mine, others) == "ida"


@pytest.mark.parametrize("others", [{}, {"ben": record(0)}, {"ben": record(1)}, {"ben": record(3)}])
def test_where_the_ranges_meet_nobody_is_named(others):
    assert strongest(red_of(record()), record(), others) is None


def test_who_speaks_with_customers_helps_who_only_writes():
    mine = record(12, calls=1, emails=9)
    red = red_of(mine)
    assert red.found.measure is LightMeasure.SPOKEN
    assert (
        strongest(red, mine, {"ben": record(12, calls=2, emails=8), "eva": record(12, calls=6, emails=4)})
        == "eva"
    )


def test_who_is_red_on_the_same_light_is_no_mentor():
    """They speak more, and open nothing either."""
    mine = record()
    assert strongest(red_of(mine), mine, {"ben": record(0, calls=9)}) is None


def test_every_measure_of_a_light_has_a_strength():
    assert set(STRENGTHS) == set(LightMeasure)
    for judge in STRENGTHS.values():
        found = judge(record(8))
        assert found is None or found.low <= found.high


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_rate_lies_in_its_range_and_more_is_surer(count, days):
    found = rate_range(count, days)
    assert 0 <= found.low <= count / days <= found.high
    twice = rate_range(2 * count, 2 * days)
    assert twice.high - twice.low <= found.high - found.low


@given(st.integers(0, 200), st.integers(0, 200))
def test_a_share_lies_in_its_range(good, bad):
    found = share_range(good, good + bad)
    assert 0 <= found.low <= found.high <= 1


@given(st.sampled_from(ZONES), st.sampled_from(ZONES), st.integers(0, 24 * 30))
def test_a_slot_is_in_the_day_of_both_and_leaves_a_day_to_answer(zone, other, hours):
    now = NOW + timedelta(hours=hours)
    found = slots(Attendee(zone, WEEK), Attendee(other, WEEK), now)
    assert len(found) <= MOST_OFFERED
    assert found == sorted(set(found))
    for at in found:
        for place in (zone, other):
            here = at.astimezone(ZoneInfo(place))
            assert AWAKE[0] <= here.time() <= AWAKE[1]
            assert here.weekday() < 5
        there, today = (one.astimezone(ZoneInfo(zone)).date() for one in (at, now))
        assert WEEK.working_days(today + timedelta(days=1), there - timedelta(days=1)) >= 1


def test_hours_that_never_meet_offer_nothing():
    assert slots(Attendee("Europe/Ljubljana", WEEK), Attendee("Pacific/Honolulu", WEEK), NOW) == []


def test_leave_is_left_out():
    away = WorkCalendar(leave=((TODAY, TODAY + timedelta(days=6)),))
    found = slots(Attendee("UTC", WEEK), Attendee("UTC", away), NOW)
    assert min(found).date() > TODAY + timedelta(days=6)


def mentorship(state, days_ago):
    on = TODAY - timedelta(days=days_ago)
    return Mentorship(
        rep_id="U1", mentor_id="U2", team_id=1, measure=LightMeasure.OPENED, state=state, proposed_on=on
    )


def test_one_proposal_in_four_weeks_whatever_became_of_it():
    for state in MentorState:
        assert not may_be_proposed([mentorship(state, 27)], TODAY)
        assert may_be_proposed([mentorship(state, 28)], TODAY)
    assert may_be_proposed([], TODAY)


def test_a_colleague_rests_who_was_asked_and_not_one_who_never_heard_of_it():
    assert resting([mentorship(MentorState.TURNED_DOWN, 5)], TODAY) == {"U2"}
    assert resting([mentorship(MentorState.HELPED, 28)], TODAY) == set()
    for state in (MentorState.PROPOSED, MentorState.DECLINED, MentorState.WITHDRAWN):
        assert resting([mentorship(state, 5)], TODAY) == set()


@pytest.mark.parametrize(("workdays", "weekday"), [(0b0011111, 1), (0b0011100, 2), (0b1000000, 6)])
def test_it_is_proposed_on_a_tuesday_or_the_first_day_a_team_works(workdays, weekday):
    member = Member(user_id="U1", name="Ana", is_rep=True)
    assert mentor_spec(Team(name="Field", workdays=workdays), member).weekdays == 1 << weekday
    assert not mentor_spec(Team(name="Field"), member.model_copy(update={"is_rep": False})).enabled
