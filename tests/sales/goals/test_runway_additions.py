"""What has to be opened by when: published amounts, both parts said, never gap ÷ win rate."""

from datetime import date, timedelta

import pytest

from sales.goals.runway.additions import needed_by_weeks, needed_spread
from sales.goals.runway.estimate import needed
from sales.pipeline.cycle import DealSpan, cycle_as_of

YEAR_END = date(2017, 12, 31)
GAP = 100_000_00
MEAN_WON = 2360_91
DAY = date(2017, 1, 2)


def test_the_table_ends_in_the_published_amounts(spans):
    cycle = cycle_as_of(spans, YEAR_END, delayed_entry=False)
    rows = needed_by_weeks(cycle, GAP, MEAN_WON, 90)
    assert [row.weeks for row in rows] == list(range(12, 0, -1))
    assert [row.needed.value for row in rows] == sorted(row.needed.value for row in rows)
    assert rows[0].needed == needed(cycle, GAP, MEAN_WON, 84)
    naive = GAP / (4238 / 6711)
    assert all(row.needed.value > naive for row in rows)
    assert round(naive / 100) == 158_353
    both = rows[3].needed.win_rate * rows[3].needed.in_time
    assert rows[3].needed.value == pytest.approx(GAP / both)
    assert (rows[3].weeks, round(rows[3].needed.value / 100), rows[3].needed.deals) == (9, 362_701, 154)
    assert round(rows[3].needed.win_rate, 2) == 0.52


def test_opened_over_days_takes_more_than_opened_today(spans):
    cycle = cycle_as_of(spans, YEAR_END, delayed_entry=False)
    today = needed(cycle, GAP, MEAN_WON, 90)
    assert needed_spread(cycle, GAP, MEAN_WON, 90, 1).value == pytest.approx(today.value)
    spread = needed_spread(cycle, GAP, MEAN_WON, 90, 30)
    mean = sum(cycle.won_by(90 - day) for day in range(30)) / 30
    assert spread.value == pytest.approx(GAP / mean)
    assert spread.value > today.value
    assert spread.win_rate * spread.in_time == pytest.approx(mean)


def test_a_week_in_which_nothing_is_ever_won_needs_no_amount():
    spans = [DealSpan(DAY, DAY + timedelta(12), True)] * 40
    cycle = cycle_as_of(spans, DAY + timedelta(60), delayed_entry=False)
    two, one = needed_by_weeks(cycle, 10, 1, 20)
    assert two.needed.deals == 10
    assert one.needed is None


def test_no_gap_no_week_and_no_history_need_no_table():
    cycle = cycle_as_of([DealSpan(DAY, DAY + timedelta(12), True)] * 40, DAY + timedelta(60))
    assert needed_by_weeks(cycle, 0, 1, 60) == ()
    assert needed_by_weeks(cycle, 10, 1, 6) == ()
    assert needed_by_weeks(cycle_as_of([], DAY), 10, 1, 60) == ()
    assert needed_spread(cycle_as_of([], DAY), 10, 1, 60, 7) is None
