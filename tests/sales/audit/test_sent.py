"""When an audit comes by itself: for a goal that fell behind, for a full pipeline that promises too little, monthly."""

from dataclasses import replace
from datetime import date

import pytest

from sales.audit.sent import AuditReason, due_audits
from sales.goals.forecast.forecast import Forecast
from sales.goals.goal import Goal, Metric
from sales.goals.goal_chance import GoalChance
from sales.goals.pace import pace
from sales.goals.progress import GoalProgress
from sales.language.dates.period import PeriodKind, period_containing
from sales.people.calendar import WorkCalendar

LATE, EARLY = date(2026, 8, 24), date(2026, 8, 6)
PERIOD = period_containing(PeriodKind.QUARTER, LATE)
CALENDAR = WorkCalendar()


def standing(today, chance, won=10_000_00, target=100_000_00):
    goal = Goal(
        owner_id="U1",
        metric=Metric.REVENUE,
        target=target,
        currency="USD",
        period_kind=PeriodKind.QUARTER,
        starts_on=PERIOD.start,
        ends_on=PERIOD.end,
        reason="x",
    )
    paced = pace(won, target, PERIOD, today, CALENDAR)
    said = GoalChance(Forecast(target, won, PERIOD, today, chance=chance))
    return GoalProgress(goal, paced, said, goal_id=7)


def due(today, chance, paper=0, **more):
    one = replace(standing(today, chance), **more)
    return [each.reason for each in due_audits([one], {"USD": paper}, today, CALENDAR)]


@pytest.mark.parametrize(
    ("today", "chance", "paper", "reasons"),
    [
        (LATE, 0.05, 0, [AuditReason.BEHIND]),
        (LATE, 0.60, 0, []),
        (LATE, 0.60, 900_000_00, []),
        (LATE, 0.45, 269_000_00, []),  # less than three times what is missing
        (LATE, 0.45, 270_000_00, [AuditReason.LOOKS_FULL]),
        (LATE, 0.05, 270_000_00, [AuditReason.BEHIND, AuditReason.LOOKS_FULL]),
        (EARLY, 0.60, 0, [AuditReason.MONTHLY]),
        (EARLY, 0.05, 0, [AuditReason.BEHIND, AuditReason.MONTHLY]),
    ],
)
def test_an_audit_is_due_for_what_says_most_first(today, chance, paper, reasons):
    assert due(today, chance, paper) == reasons


def test_whose_start_is_not_known_is_not_behind():
    assert due(LATE, 0.05, 900_000_00, asks_start=True) == []


def test_each_is_due_under_one_key():
    found = due_audits([standing(EARLY, 0.05)], {}, EARLY, CALENDAR)
    assert [one.once for one in found] == ["behind:7", "2026-08"]
