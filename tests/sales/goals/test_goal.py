"""The rules of goals: what a target may be, which periods, and when two goals are one."""

from datetime import date
from typing import Any

import pytest

from sales.followups.activity import ActivityKind
from sales.goals.goal import (
    MAX_COUNTED,
    Goal,
    GoalState,
    Metric,
    checked_period,
    duplicate_of,
    offered_periods,
    read_target,
    suggested_period,
)
from sales.language.dates.period import PeriodKind, custom_period, fiscal_year, period_containing, quarter
from sales.people.calendar import WorkCalendar
from sales.people.leave import Leave
from sales.refusal import Refusal

TODAY = date(2017, 10, 2)
CALENDAR = WorkCalendar()


def q4(**other: Any) -> Goal:
    values = {
        "owner_id": "U1",
        "metric": Metric.REVENUE,
        "target": 120_000_00,
        "period_kind": PeriodKind.QUARTER,
        "starts_on": date(2017, 10, 1),
        "ends_on": date(2017, 12, 31),
    }
    return Goal.model_validate({**values, **other})


@pytest.mark.parametrize(
    ("typed", "metric", "target"),
    [
        ("120k", Metric.REVENUE, 120_000_00),
        ("$1,234.50", Metric.REVENUE, 1_234_50),
        ("40", Metric.ACTIVITIES, 40),
        (" 1,200 ", Metric.DEALS_WON, 1_200),
        ("1 200", Metric.OPPORTUNITIES_CREATED, 1_200),
        (f"{MAX_COUNTED}", Metric.ACTIVITIES, MAX_COUNTED),
        ("٤٠", Metric.ACTIVITIES, None),
        ("0", Metric.DEALS_WON, None),
        ("-3", Metric.DEALS_WON, None),
        ("−3", Metric.DEALS_WON, None),
        ("-", Metric.DEALS_WON, None),
        ("", Metric.DEALS_WON, None),
        ("4.5", Metric.DEALS_WON, None),
        ("²", Metric.DEALS_WON, None),
        ("many 🎉", Metric.DEALS_WON, None),
        (f"{MAX_COUNTED + 1}", Metric.ACTIVITIES, None),
        ("9" * 1_900, Metric.ACTIVITIES, None),
        ("9" * 10_000, Metric.ACTIVITIES, None),
        ("0", Metric.REVENUE, None),
        ("-5k", Metric.REVENUE, None),
        ("9" * 40, Metric.REVENUE, None),
        ("€5", Metric.REVENUE, None),
    ],
)
def test_targets_as_typed(typed: str, metric: Metric, target: int | None) -> None:
    if target is not None:
        assert read_target(typed, metric, "USD", "target") == target
        return
    with pytest.raises(Refusal) as refused:
        read_target(typed, metric, "USD", "target")
    assert refused.value.field == "target"
    assert len(refused.value.text) < 200


def test_a_goal_looks_ahead_over_a_span_somebody_can_work_in() -> None:
    here = period_containing(PeriodKind.QUARTER, TODAY)
    assert checked_period(here, TODAY, CALENDAR) == here
    assert checked_period(here, here.end, CALENDAR) == here
    on_leave = CALENDAR.with_leave([Leave(user_id="U1", first=date(2017, 11, 1), last=date(2017, 11, 30))])
    refusable = [
        (quarter(3, 2017), CALENDAR, "Q3 2017 ended on Sat 30 Sep 2017"),
        (fiscal_year(2199), CALENDAR, "more than three years ahead"),
        (custom_period(TODAY, date(2020, 1, 1)), CALENDAR, "longer than two years"),
        (custom_period(date(2017, 10, 7), date(2017, 10, 8)), CALENDAR, "no working day"),
        (period_containing(PeriodKind.MONTH, date(2017, 11, 5)), on_leave, "no working day"),
    ]
    for period, calendar, why in refusable:
        with pytest.raises(Refusal, match=why) as refused:
            checked_period(period, TODAY, calendar, "period")
        assert refused.value.field == "period"


@pytest.mark.parametrize(
    ("other", "is_duplicate"),
    [
        ({}, True),
        ({"target": 1}, True),
        ({"period_kind": PeriodKind.CUSTOM}, True),
        ({"state": GoalState.CLOSED}, False),
        ({"owner_id": "U2"}, False),
        ({"metric": Metric.DEALS_WON}, False),
        ({"starts_on": date(2018, 1, 1), "ends_on": date(2018, 3, 31)}, False),
        ({"period_kind": PeriodKind.MONTH, "ends_on": date(2017, 10, 31)}, False),
        ({"period_kind": PeriodKind.FISCAL_YEAR, "starts_on": date(2017, 1, 1)}, False),
    ],
)
def test_two_goals_are_one_when_they_measure_the_same_over_the_same_time(
    other: dict[str, Any], is_duplicate: bool
) -> None:
    there = q4(**other)
    assert (duplicate_of(q4(), [there]) is there) is is_duplicate


def test_revenue_in_another_currency_is_another_goal_and_to_a_count_currency_is_nothing() -> None:
    assert duplicate_of(q4(currency="EUR"), [q4(currency="USD")]) is None
    deals = {"metric": Metric.DEALS_WON, "target": 12}
    assert duplicate_of(q4(currency="EUR", **deals), [q4(currency="USD", **deals)]) is not None


def test_custom_spans_that_overlap_are_one_and_each_kind_of_activity_is_its_own() -> None:
    def span(first: int, last: int, kind: ActivityKind = ActivityKind.CALL) -> Goal:
        return q4(
            metric=Metric.ACTIVITIES,
            activity_kind=kind,
            period_kind=PeriodKind.CUSTOM,
            starts_on=date(2017, 10, first),
            ends_on=date(2017, 10, last),
        )

    assert duplicate_of(span(1, 15), [span(15, 20)]) is not None
    assert duplicate_of(span(1, 15), [span(2, 10)]) is not None
    assert duplicate_of(span(2, 2), [span(2, 8)]) is None
    assert duplicate_of(span(2, 8), [span(1, 15)]) is None
    assert duplicate_of(span(2, 8), [span(2, 8), span(3, 3)]) is not None
    assert duplicate_of(span(1, 15), [span(16, 20)]) is None
    assert duplicate_of(span(1, 15), [span(1, 15, ActivityKind.EMAIL)]) is None


def test_the_quarter_is_suggested_until_two_weeks_before_its_end() -> None:
    assert suggested_period(date(2017, 12, 17)).label == "Q4 2017"
    assert suggested_period(date(2017, 12, 18)).label == "Q1 2018"
    assert suggested_period(date(2017, 12, 18), fiscal_year_start=12).label == "Q1 FY2018"


def test_what_is_offered_runs_on_from_today() -> None:
    labels = [period.label for period in offered_periods(TODAY)]
    assert labels == ["Q4 2017", "Q1 2018", "October 2017", "November 2017", "2017", "2018"]
    assert suggested_period(TODAY) in offered_periods(TODAY)
