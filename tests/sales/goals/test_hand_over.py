"""Handing a goal over: both parts are the goal, and what is reached is nobody else's."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.followups.activity import ActivityKind
from sales.goals.goal import Goal, Metric
from sales.goals.hand_over import parted
from sales.language.dates.period import PeriodKind


def goal(target: int, metric: Metric = Metric.REVENUE) -> Goal:
    return Goal(
        owner_id="U1",
        metric=metric,
        activity_kind=ActivityKind.CALL if metric is Metric.ACTIVITIES else None,
        target=target,
        period_kind=PeriodKind.QUARTER,
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 9, 30),
    )


@given(target=st.integers(1, 10**9), done=st.integers(-(10**9), 2 * 10**9))
def test_what_is_kept_and_what_is_given_are_the_target(target: int, done: int) -> None:
    found = parted(goal(target), done)
    assert (found is None) is (done >= target)
    if found is not None:
        assert found.kept + found.given == target
        assert found.kept == max(0, done)
        assert found.given > 0


@pytest.mark.parametrize("done", [0, 20, 60])
def test_nobody_owes_the_calls_of_another(done: int) -> None:
    assert parted(goal(50, Metric.ACTIVITIES), done) is None
