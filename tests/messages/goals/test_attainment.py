"""How far a goal is after what was just done, in its own unit."""

from datetime import date

import pytest

from messages.goals import attainment as views
from sales.followups.activity import ActivityKind
from sales.goals.attainment import Progress, counts_towards
from sales.goals.goal import Goal, Metric
from sales.language.dates.period import PeriodKind

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


def goal(metric, target, kind=None):
    return Goal(
        owner_id="U1",
        metric=metric,
        activity_kind=kind,
        target=target,
        period_kind=PeriodKind.QUARTER,
        starts_on=FIRST,
        ends_on=LAST,
    )


@pytest.mark.parametrize(
    ("aim", "done", "said"),
    [
        (goal(Metric.REVENUE, 12_000_000), 8_400_000, "Q3 2026 revenue: $84,000 of $120,000"),
        (goal(Metric.DEALS_WON, 5), 5, "Q3 2026 deals won: 5 of 5. Target reached"),
        (goal(Metric.OPPORTUNITIES_CREATED, 9), 1, "Q3 2026 opportunities created: 1 of 9"),
        (goal(Metric.ACTIVITIES, 40, ActivityKind.DEMO), 41, "Q3 2026 demos: 41 of 40. Target reached"),
    ],
)
def test_the_line(aim, done, said):
    assert views.lines([Progress(aim, "Q3 2026", done)]) == [said]


@pytest.mark.parametrize(
    ("on", "moved"), [(FIRST, True), (LAST, True), (date(2026, 6, 30), False), (date(2026, 10, 1), False)]
)
def test_only_goals_of_that_day_move(on, moved):
    assert counts_towards(goal(Metric.REVENUE, 1), on, {Metric.REVENUE}) is moved


def test_activities_move_goals_of_their_kind_alone():
    calls = goal(Metric.ACTIVITIES, 40, ActivityKind.CALL)
    assert counts_towards(calls, FIRST, {Metric.ACTIVITIES}, {ActivityKind.CALL})
    assert not counts_towards(calls, FIRST, {Metric.ACTIVITIES}, {ActivityKind.DEMO})
    assert not counts_towards(calls, FIRST, {Metric.REVENUE}, {ActivityKind.CALL})
