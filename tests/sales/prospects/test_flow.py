"""Flow against need: the need follows from the goal, the weeks and the record, and is not made up without them (35)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.goals.goal import Metric, target_in
from sales.goals.runway.outlook import Aim, Outlook, outlook
from sales.language.dates.period import PeriodKind, next_period, period_containing
from sales.people.calendar import WorkCalendar
from sales.pipeline.cycle import DealSpan, cycle_as_of
from sales.prospects.flow import LEAST_DECIDED, Became, FlowRecord, Untold, flow

TODAY = date(2026, 9, 14)
QUARTER = period_containing(PeriodKind.QUARTER, TODAY, 1)
NEXT = next_period(QUARTER, 1)
OPENED = TODAY - timedelta(days=120)
# Sixty of 120 deals won, each after thirty days.
DEALS = [DealSpan(OPENED, OPENED + timedelta(days=30), at % 2 == 1) for at in range(120)]
CYCLE = cycle_as_of(DEALS, TODAY)
THREE = FlowRecord(this_week=3, came=5)


def aim(target=60_000_00, won=0, period=NEXT, cycle=CYCLE) -> Outlook:
    goal = target_in(period, Metric.REVENUE, target, "USD")
    return outlook(
        Aim(goal, won, period), [], cycle, TODAY, 0.8, WorkCalendar(), mean_won=4_000_00, cycle_days=90
    )


def test_the_need_is_deals_over_the_weeks_in_which_they_are_opened():
    """60k at 4k a win and half of them won: 30 deals until 1 December, eleven weeks from now."""
    found = flow([aim()], THREE, TODAY)
    assert (found.deals, found.needed, found.until) == (30, 3, date(2026, 12, 1))
    assert found.record.this_week == 3
    assert found.why()[0].startswith("30 deals to open by Tue 1 Dec 2026 for the goal of Q4 2026")
    assert "counts as one deal until 10" in found.why()[1]


def test_a_larger_goal_needs_more_and_a_smaller_one_less():
    needs = [flow([aim(target)], THREE, TODAY).needed for target in (30_000_00, 60_000_00, 240_000_00)]
    assert needs == sorted(needs)
    assert needs[0] < needs[2]


def test_leads_that_became_no_deal_make_the_need_greater():
    half = Became(20, 40)
    found = flow([aim()], replace(THREE, opened=half, team_opened=half), TODAY)
    assert found.record.share_opened == 0.5
    assert found.needed == 6
    assert "20 of 40 qualified leads became open deals, 50%" in found.why()[1]


def test_a_share_of_few_leans_on_the_teams():
    record = replace(THREE, opened=Became(0, 2), team_opened=Became(40, 80))
    assert record.share_opened == pytest.approx(5 / 12)
    nothing = replace(THREE, opened=Became(0, 5), team_opened=Became(0, LEAST_DECIDED))
    assert nothing.share_opened > 0
    assert flow([aim()], nothing, TODAY).needed is not None


def test_the_goal_that_runs_comes_first():
    now, later = aim(8_000_00, period=QUARTER), aim(240_000_00)
    ahead = replace(now.runway, needed=aim(8_000_00).runway.needed, last_create_on=TODAY, working_days_left=0)
    assert flow([replace(now, runway=ahead), later], THREE, TODAY).period == QUARTER


def test_of_a_goal_whose_runway_is_over_no_need_is_told_however_much_it_lacks():
    """What deals it would take in the last days of a quarter is an absurd figure, and no lead of today brings it."""
    passed = replace(aim(240_000_00, period=QUARTER).runway, needed=aim(240_000_00).runway.needed)
    assert passed.has_passed
    late = replace(aim(240_000_00, period=QUARTER), runway=passed)
    assert flow([late], THREE, TODAY).untold is Untold.TOO_LATE
    assert flow([late, aim()], THREE, TODAY).period == NEXT


def test_of_a_goal_that_is_reached_the_next_one_counts():
    assert flow([aim(1, won=1, period=QUARTER), aim()], THREE, TODAY).period == NEXT


@pytest.mark.parametrize(
    ("outlooks", "why"),
    [
        ([], Untold.NO_GOAL),
        ([aim(1, won=1)], Untold.REACHED),
        ([aim(cycle=cycle_as_of(DEALS[:4], TODAY))], Untold.NO_RECORD),
        ([aim(period=QUARTER)], Untold.TOO_LATE),
    ],
)
def test_no_need_is_made_up(outlooks, why):
    found = flow(outlooks, THREE, TODAY)
    assert (found.needed, found.untold, found.why()) == (None, why, ())


def test_how_many_have_to_come_follows_from_how_many_qualify():
    found = flow([aim()], replace(THREE, quality=Became(10, 40)), TODAY)
    assert found.to_come == 12
    assert flow([aim()], replace(THREE, quality=Became(2, 4)), TODAY).to_come is None
    assert flow([aim()], replace(THREE, quality=Became(0, 40)), TODAY).to_come is None


@given(
    st.integers(1, 10**9), st.integers(0, 500), st.integers(0, 500), st.integers(0, 500), st.integers(0, 500)
)
def test_a_need_is_a_whole_number_above_zero(target, opened, others, team_opened, team_others):
    record = FlowRecord(
        this_week=0,
        came=0,
        opened=Became(opened, opened + others),
        team_opened=Became(opened + team_opened, opened + others + team_opened + team_others),
    )
    found = flow([aim(target)], record, TODAY)
    assert 0 < record.share_opened <= 1
    assert found.needed is None or found.needed >= 1


def test_nothing_is_needed_of_a_goal_of_which_nobody_said_what_is_won():
    unknown = flow([replace(aim(), start_is_unknown=True)], THREE, TODAY)
    assert (unknown.needed, unknown.untold) == (None, Untold.NO_START)
