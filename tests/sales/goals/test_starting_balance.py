"""Starting balances: no day is counted twice, whatever was said for which days; and who is asked."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.goals.goal import Measure, Metric
from sales.goals.starting_balance import (
    BalanceState,
    StartingBalance,
    answer_to,
    counting,
    is_recorded_before,
    may_be_asked,
)

Q3 = Measure("U1", Metric.REVENUE, date(2026, 7, 1), date(2026, 9, 30))
TODAY = date(2026, 9, 14)


def balance(since: date = Q3.starts_on, as_of: date = TODAY, **values: object) -> StartingBalance:
    said = {
        "owner_id": "U1", "metric": Metric.REVENUE, "since": since, "as_of": as_of, "amount": 21_000_00,
        "answered_by": "U1", "answered_at": datetime(2026, 9, 14, 8, tzinfo=UTC), **values,
    }  # fmt: skip
    return StartingBalance.model_validate(said)


DAYS = st.dates(date(2026, 6, 1), date(2026, 10, 31))
SPANS = st.tuples(DAYS, st.integers(1, 120)).map(lambda one: balance(one[0], one[0] + timedelta(one[1])))


@given(balances=st.lists(SPANS, max_size=8))
def test_of_several_balances_no_two_share_a_day_and_all_lie_in_the_period(
    balances: list[StartingBalance],
) -> None:
    found = counting(balances, Q3)
    days = [one.since + timedelta(at) for one in found for at in range((one.as_of - one.since).days)]
    assert len(days) == len(set(days))
    assert all(Q3.starts_on <= day <= Q3.ends_on for day in days)
    inside = [one for one in balances if Q3.starts_on <= one.since and one.days.last <= Q3.ends_on]
    assert bool(found) is bool(inside)


@pytest.mark.parametrize(
    ("other", "counts"),
    [
        ({}, True),
        ({"state": BalanceState.KEPT}, True),
        ({"state": BalanceState.REPLACED}, False),
        ({"state": BalanceState.WAIVED, "amount": 0}, False),
        ({"owner_id": "U2"}, False),
        ({"currency": "EUR"}, False),
        ({"metric": Metric.DEALS_WON}, False),
        ({"since": date(2026, 6, 30)}, False),
        ({"as_of": date(2026, 10, 2)}, False),
    ],
)
def test_what_counts_towards_a_goal(other: dict[str, object], counts: bool) -> None:
    assert bool(counting([balance(**other)], Q3)) is counts


def test_an_answer_is_of_the_days_on_which_the_goal_begins_a_wave_of_the_hand_too() -> None:
    waved = balance(state=BalanceState.WAIVED, amount=0)
    assert answer_to([waved], Q3) is waved
    assert answer_to([balance(date(2026, 8, 1))], Q3) is None


@pytest.mark.parametrize(
    ("set_on", "today", "asked"),
    [
        (date(2026, 9, 14), date(2026, 9, 14), True),
        (date(2026, 9, 14), date(2026, 9, 27), True),
        (date(2026, 9, 14), date(2026, 9, 28), False),
        (date(2026, 9, 25), date(2026, 10, 1), False),
        (date(2026, 7, 1), date(2026, 7, 1), False),
        (date(2026, 7, 8), date(2026, 7, 8), False),
        (date(2026, 6, 20), date(2026, 7, 2), False),
    ],
)
def test_who_set_a_goal_well_into_its_period_is_asked_for_two_weeks(
    set_on: date, today: date, asked: bool
) -> None:
    assert may_be_asked(Q3, set_on, today) is asked
    calls = Q3._replace(metric=Metric.ACTIVITIES)
    assert not may_be_asked(calls, set_on, today)


def test_a_record_that_goes_back_further_than_the_goal_answers_for_itself() -> None:
    assert is_recorded_before(date(2026, 9, 13), TODAY)
    assert not is_recorded_before(TODAY, TODAY)
    assert not is_recorded_before(None, TODAY)


@pytest.mark.parametrize("bad", [{"as_of": Q3.starts_on}, {"metric": Metric.ACTIVITIES}, {"amount": -1}])
def test_one_that_stands_for_nothing_is_none(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"stands for|is won|greater than or equal"):
        balance(**bad)
