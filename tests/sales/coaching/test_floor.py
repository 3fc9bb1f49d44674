"""Floors: by role and not by tenure, ramped for who joins, days off taken out; the rep first (#63, #64)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.floor import (
    DEFAULTS,
    Floor,
    RepFloor,
    floor_of,
    is_told_on,
    middle_of,
    nothing_opened,
    ramp_share,
    role_in,
    role_of,
    selling,
    service_share,
)
from sales.followups.activity import ActivityKind
from sales.people.calendar import WorkCalendar
from sales.people.leave import Leave
from sales.people.member import Member
from sales.people.role import SalesRole, read_role
from sales.people.team import Team
from sales.refusal import Refusal

MON = date(2026, 9, 14)
WED = MON + timedelta(days=2)
WEEK = WorkCalendar()


def rep(**said):
    known = {"user_id": "U1", "name": "Ana", "role": SalesRole.SDR, "full": Floor(20, is_default=False)}
    return RepFloor(**{**known, "monday": MON, "days": 5, "week_days": 5, "middle": WED, **said})


def away(first, last):
    return WEEK.with_leave([Leave(user_id="U1", first=first, last=last)])


def test_a_role_has_its_default_until_a_team_decides():
    team = Team(name="Field", sdr_floor=30)
    assert floor_of(team, SalesRole.SDR) == Floor(30, is_default=False)
    assert floor_of(team, SalesRole.AM) == Floor(DEFAULTS[SalesRole.AM], is_default=True)
    assert floor_of(team, None) == floor_of(team, SalesRole.AE)


@pytest.mark.parametrize(
    ("typed", "role"),
    [("SDR", SalesRole.SDR), ("an", None), ("account manager", SalesRole.AM), ("aes", SalesRole.AE)],
)
def test_a_role_is_read_short_and_in_full(typed, role):
    if role is None:
        with pytest.raises(Refusal):
            read_role(typed)
    else:
        assert read_role(typed) is role


def test_service_is_no_part_of_it():
    assert selling({ActivityKind.CALL: 3, ActivityKind.SERVICE: 7}) == 3


@pytest.mark.parametrize(
    ("calendar", "middle"),
    [
        (WEEK, WED),
        (away(MON, MON + timedelta(days=1)), MON + timedelta(days=3)),  # of Wednesday to Friday
        (away(MON + timedelta(days=4), MON + timedelta(days=4)), WED),  # three of four days are over then
        (away(MON, MON + timedelta(days=2)), None),  # two days have no middle
        (away(MON, MON + timedelta(days=4)), None),
    ],
)
def test_the_middle_of_a_week_is_that_of_ones_own_days(calendar, middle):
    assert middle_of(MON, calendar) == middle


@pytest.mark.parametrize(
    ("done", "by_middle", "behind", "below"),
    [(9, 9, True, True), (10, 10, False, False), (19, 12, False, False), (20, 2, True, False)],
)
def test_the_manager_hears_of_nobody_who_did_not_hear_first(done, by_middle, behind, below):
    one = rep(done=done, done_by_middle=by_middle)
    assert (one.was_behind, one.stayed_below) == (behind, below)


def test_days_off_come_off_and_a_week_of_leave_asks_for_nothing():
    assert rep(days=3).count == 12
    assert rep(days=0, middle=None).count == 0
    assert not rep(days=0, middle=None).stayed_below


@given(st.integers(0, 500), st.integers(0, 5), st.sampled_from([0.25, 0.5, 0.75, 1.0]))
def test_it_never_asks_for_more_than_the_role_does(full, days, share):
    one = rep(full=Floor(full, is_default=False), days=days, share=share)
    assert 0 <= one.count <= full


def test_who_joined_has_a_ramp_and_who_was_there_has_none():
    assert ramp_share(None, None, MON) == 1.0
    assert ramp_share(MON, None, MON) == 0.25
    assert ramp_share(WED, None, MON) == 0.25  # in the week itself
    assert ramp_share(MON - timedelta(days=45), None, MON) == 0.5
    assert ramp_share(MON, MON - timedelta(days=400), MON) == 1.0  # sold here before, in another team


@pytest.mark.parametrize(
    ("service", "calls", "told"), [(14, 6, True), (12, 8, False), (10, 4, False), (0, 40, False)]
)
def test_a_share_of_service_is_told_above_sixty_per_cent_of_enough(service, calls, told):
    counts = {ActivityKind.SERVICE: service, ActivityKind.CALL: calls}
    assert (service_share("U1", "Ana", counts) is not None) is told


@pytest.mark.parametrize(
    ("last", "seen", "calendar", "told"),
    [
        (MON - timedelta(days=30), None, WEEK, True),
        (MON - timedelta(days=29), None, WEEK, False),
        (None, MON - timedelta(days=90), WEEK, True),
        (None, None, WEEK, False),  # nothing is known of them
        (MON - timedelta(days=40), None, away(MON - timedelta(days=30), MON - timedelta(days=5)), False),
    ],
)
def test_a_month_without_a_deal_is_one_that_was_worked(last, seen, calendar, told):
    assert (nothing_opened("U1", "Ana", last, seen, calendar, MON) is not None) is told


def test_a_week_is_told_on_its_first_working_day():
    assert is_told_on(MON, WEEK)
    assert not is_told_on(MON + timedelta(days=1), WEEK)
    assert is_told_on(MON + timedelta(days=1), away(MON, MON))


def seller(**said):
    return Member(**{"user_id": "U1", "name": "Ana", **said})


def test_a_role_judges_no_week_whose_middle_came_before_it():
    ana = seller(role=SalesRole.SDR, role_since=MON)
    assert role_in(ana, MON, WED) is SalesRole.SDR
    assert role_in(ana, MON - timedelta(days=7), WED - timedelta(days=7)) is None
    late = seller(role=SalesRole.SDR, role_since=WED + timedelta(days=1), role_before=SalesRole.AM)
    assert role_in(late, MON, WED) is SalesRole.AM
    assert role_in(late, MON + timedelta(days=7), WED + timedelta(days=7)) is SalesRole.SDR


def test_a_role_from_before_this_was_noted_stands_in_every_week():
    assert role_in(seller(role=SalesRole.AM), MON, WED) is SalesRole.AM


def test_a_second_thought_in_one_week_keeps_what_the_week_began_with():
    ana = seller(role=SalesRole.AM, role_since=MON - timedelta(days=30), role_before=SalesRole.SDR)
    first = seller(**role_of(ana, SalesRole.SDR, WED))
    again = role_of(first, SalesRole.AE, WED + timedelta(days=1))
    assert again == {"role": SalesRole.AE, "role_since": WED + timedelta(days=1), "role_before": SalesRole.AM}
    assert role_of(ana, SalesRole.AM, WED) == {"role": SalesRole.AM}
