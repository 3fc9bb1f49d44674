"""Rules of plans: when one stands, whose it is, what is late, and which goal is asked for one (#13, #14)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.craft.plan import (
    Plan,
    PlannedStrategy,
    PlanState,
    SalesMotion,
    StoredStrategy,
    Strategy,
    goal_of_plan,
    is_covered,
    same_strategy,
    state_of,
    wants_plan,
    week_later,
)
from sales.followups.activity import ActivityKind
from sales.followups.followup import FollowUpState, StoredFollowUp
from sales.goals.goal import Goal, GoalState, Metric
from sales.language.dates.period import PeriodKind

TODAY = date(2026, 9, 14)
TOMORROW = TODAY + timedelta(days=1)


def step(step_id=1, due=TOMORROW, state=FollowUpState.OPEN):
    return StoredFollowUp(
        id=step_id, owner_id="U1", who="Referral plan", what=f"step {step_id}", due_on=due, state=state
    )


def strategy(strategy_id=1, motion=SalesMotion.REFERRAL, cue="a client thanks us", action="ask for one name"):
    return StoredStrategy(id=strategy_id, goal_id=1, owner_id="U1", motion=motion, cue=cue, action=action)


def plan(*steps_of, motion=SalesMotion.REFERRAL):
    return Plan([PlannedStrategy(strategy(at, motion), steps) for at, steps in enumerate(steps_of, 1)])


def goal(starts=date(2026, 7, 1), ends=date(2026, 9, 30), metric=Metric.REVENUE, **more):
    kind = ActivityKind.CALL if metric is Metric.ACTIVITIES else None
    said = {"owner_id": "U1", "metric": metric, "activity_kind": kind, "target": 120, "starts_on": starts}
    return Goal(**said, ends_on=ends, period_kind=PeriodKind.CUSTOM, **more)


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (Plan(), PlanState.NONE),
        (plan([step()]), PlanState.BEGUN),
        (plan([step()], []), PlanState.BEGUN),
        (plan([step(1)], [step(2)]), PlanState.RUNS),
        (plan([step(1, state=FollowUpState.DONE)], [step(2)]), PlanState.RUNS),
        (plan([step(1, TODAY - timedelta(days=1))], [step(2)]), PlanState.RUNS),
        (plan([step(1, TODAY)], [step(2, TODAY - timedelta(days=1))]), PlanState.RUNS),
        (
            plan([step(1, TODAY - timedelta(days=2))], [step(2, TODAY - timedelta(days=1))]),
            PlanState.OVER,
        ),
        (
            plan([step(1, TODAY - timedelta(days=2))], [step(2, state=FollowUpState.DONE)]),
            PlanState.OVER,
        ),
        (
            plan([step(1, state=FollowUpState.DONE)], [step(2, state=FollowUpState.DONE)]),
            PlanState.DONE,
        ),
    ],
)
def test_a_plan_stands_in_one_word(found, state):
    assert state_of(found, TODAY) is state


def test_one_strategy_twice_is_one_however_it_is_spelled():
    there = strategy(cue="Ein Kunde dankt uns ", action="um einen Namen bitten.")
    again = Strategy(
        goal_id=1,
        owner_id="U1",
        motion=SalesMotion.REFERRAL,
        cue="ein  kunde dankt uns",
        action="Um einen Namen bitten",
    )
    assert same_strategy(again, [there]) is there
    assert same_strategy(again.model_copy(update={"motion": SalesMotion.EVENT}), [there]) is None
    assert same_strategy(again.model_copy(update={"goal_id": 2}), [there]) is None


def test_strategies_of_one_motion_are_one_way():
    assert plan([step(1)], [step(2)]).only_motion is SalesMotion.REFERRAL
    assert plan([step(1)]).only_motion is None
    mixed = Plan([PlannedStrategy(strategy(1)), PlannedStrategy(strategy(2, SalesMotion.EVENT))])
    assert mixed.only_motion is None


def test_what_is_asked_for_a_plan():
    assert wants_plan(goal(), TODAY)
    assert wants_plan(goal(date(2026, 10, 1), date(2026, 12, 31)), TODAY)
    assert not wants_plan(goal(TODAY, TODAY + timedelta(days=6)), TODAY)
    assert not wants_plan(goal(metric=Metric.ACTIVITIES), TODAY)
    assert not wants_plan(goal(state=GoalState.CLOSED), TODAY)
    assert not wants_plan(goal(ends=TODAY - timedelta(days=1)), TODAY)


def test_a_month_is_served_by_the_plan_of_its_quarter_and_the_next_quarter_is_not():
    quarter, month = goal(), goal(date(2026, 9, 1))
    assert is_covered(month, [quarter])
    assert not is_covered(goal(date(2026, 10, 1), date(2026, 12, 31)), [quarter])
    assert not is_covered(month, [])


def test_which_goal_a_plan_is_for():
    goals = {
        1: goal(date(2026, 10, 1), date(2026, 12, 31)),
        2: goal(date(2026, 9, 1), metric=Metric.DEALS_WON),
        3: goal(date(2026, 9, 1)),
        4: goal(),
        5: goal(metric=Metric.ACTIVITIES),
    }
    assert goal_of_plan(list(goals.values()), TODAY, [], list(goals)) == 4
    assert goal_of_plan(list(goals.values()), TODAY, [2], list(goals)) == 2
    assert goal_of_plan([goals[1]], TODAY, [], [1]) == 1
    assert goal_of_plan([], TODAY, [], []) is None


@given(late=st.integers(1, 400), left=st.integers(0, 60))
def test_a_new_day_lies_ahead_and_within_the_goal_while_that_goes_on(late, left):
    """The weekday stays, unless the goal ends before it."""
    ends = TODAY + timedelta(days=left)
    due = TODAY - timedelta(days=late)
    found = week_later(step(due=due), TODAY, ends)
    assert TODAY < found <= TODAY + timedelta(days=7)
    assert found <= max(ends, TOMORROW)
    assert found.weekday() == due.weekday() or found in (ends, TOMORROW)
