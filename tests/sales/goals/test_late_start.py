"""Goals that were set late: from which day on they count, and that nobody is behind for days before."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.goals.burn_up import burn_up
from sales.goals.goal import Measure, Metric
from sales.goals.late_start import LateStart, late_start, was_set_late
from sales.goals.pace import pace
from sales.goals.season import Season, joint
from sales.goals.status import StatusWord, status
from sales.language.dates.period import custom_period, quarter
from sales.people.calendar import WorkCalendar

PLAIN = WorkCalendar()
Q3 = quarter(3, 2026)
GOAL = Measure("U1", Metric.REVENUE, Q3.start, Q3.end)
SET = date(2026, 9, 14)  # a Monday; 13 working days are left, this one included
SLOW = Season(((0.0, 0.1, 0.2, 1.0),))


@pytest.mark.parametrize(
    ("set_on", "first_gain", "has_balance", "found"),
    [
        (SET, None, False, LateStart(SET, begins=True)),
        (SET, SET, False, LateStart(SET, begins=True)),
        (SET, SET - timedelta(1), False, LateStart(SET, begins=False)),
        (SET, None, True, LateStart(SET, begins=False)),
        (date(2026, 7, 9), None, False, None),
        (date(2026, 6, 20), None, False, None),
    ],
)
def test_a_goal_begins_when_it_was_set_unless_something_was_there(set_on, first_gain, has_balance, found):
    assert late_start(GOAL, set_on, first_gain, has_balance=has_balance) == found


def test_a_weeks_goal_set_on_wednesday_is_late_and_one_of_a_day_never_is():
    week = GOAL._replace(starts_on=SET, ends_on=SET + timedelta(6))
    assert was_set_late(week, SET + timedelta(2))
    assert not was_set_late(week, SET)
    assert not was_set_late(week._replace(ends_on=SET), SET)


def test_nobody_is_behind_on_the_day_and_soon_after_it_is_told_truly():
    at = pace(0, 60_000, Q3, SET, PLAIN, begins=SET)
    assert (at.elapsed, at.total, at.begins) == (1, 13, SET)
    assert status(at) == (StatusWord.JUST_BEGUN, 0)
    assert status(pace(0, 60_000, Q3, SET, PLAIN)).days == -54  # what its whole period would say
    later = pace(10_000, 60_000, Q3, date(2026, 9, 18), PLAIN, begins=SET)
    assert status(later) == (StatusWord.BEHIND, -3)  # 5 of 13 days for a sixth of it
    assert "5 of its 13 working days are over, today included: 38%." in later.why()
    assert later.needed_per_day == pace(10_000, 60_000, Q3, date(2026, 9, 18), PLAIN).needed_per_day


def test_a_goal_set_on_the_periods_last_weekend_counts_all_of_it():
    period = custom_period(date(2026, 9, 1), date(2026, 9, 13))
    found = pace(0, 10, period, date(2026, 9, 12), PLAIN, begins=date(2026, 9, 12))
    assert found.begins is None
    assert found.total == 9


def test_what_is_left_comes_in_as_it_did_in_past_periods():
    middle = date(2026, 8, 17)
    rest = SLOW.after(0.5, 10)
    assert rest is not None
    assert [round(rest.share(at / 10), 2) for at in (0, 5, 10)] == [0, round((0.4 - 0.15) / 0.85, 2), 1]
    found = pace(0, 100, Q3, date(2026, 9, 4), PLAIN, SLOW, begins=middle)
    even = pace(0, 100, Q3, date(2026, 9, 4), PLAIN, begins=middle)
    assert found.is_seasonal
    assert found.expected < even.expected
    assert Season(((0.0, 1.0, 1.0),)).after(0.9, 5) is None


def test_a_team_whose_goals_began_on_different_days_has_one_plan():
    plan, begins = joint([(60, None), (40, SET)], Q3, PLAIN)
    assert begins is None
    assert plan is not None
    total = PLAIN.working_days(Q3.start, Q3.end)
    before = PLAIN.working_days(Q3.start, SET - timedelta(1))
    assert plan.share(before / total) == pytest.approx(0.6 * before / total)
    assert plan.share(1) == pytest.approx(1)
    assert joint([(60, SET), (40, SET)], Q3, PLAIN, SLOW) == (SLOW, SET)
    assert joint([(60, None), (40, None)], Q3, PLAIN, SLOW) == (SLOW, None)
    found = pace(60 * before / total, 100, Q3, SET, PLAIN, plan, begins)
    assert found.is_joint
    assert abs(found.days) < 1.5


DAYS = st.integers(0, 91).map(lambda day: Q3.start + timedelta(day))


@given(st.lists(st.tuples(st.integers(1, 900), st.none() | DAYS), min_size=1, max_size=6), DAYS)
def test_a_team_of_which_everybody_is_on_plan_is_on_plan(parts, today):
    done = 0.0
    for target, begins in parts:
        one = pace(0, target, Q3, today, PLAIN, begins=begins)
        done += target * (one.elapsed / one.total if one.elapsed > 0 else 0)
    plan, begins = joint(parts, Q3, PLAIN)
    whole = pace(done, sum(target for target, _ in parts), Q3, today, PLAIN, plan, begins)
    if whole.elapsed > 0:
        assert abs(whole.days) < 0.001 or (
            plan is not None and plan.share(whole.elapsed / whole.total) in (0, 1)
        )


@given(DAYS, DAYS, st.integers(0, 200))
def test_nobody_is_further_behind_than_there_were_days_since_the_goal_was_set(begins, today, done):
    found = pace(done, 100, Q3, today, PLAIN, begins=begins)
    if found.begins is not None and today >= begins:
        assert -status(found).days <= PLAIN.working_days(begins, today)


def test_the_chart_plans_nothing_before_the_goal_was_set():
    points = burn_up({}, 130, Q3, date(2026, 9, 18), PLAIN, begins=SET)
    assert {one.planned for one in points if one.day < SET} == {0}
    assert points[-1].planned == pytest.approx(50)
