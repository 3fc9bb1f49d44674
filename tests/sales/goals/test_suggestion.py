"""Where a target begins: the rep's own period and a tenth more, or a share of the team's while ramping up."""

from datetime import date, timedelta

import pytest

from sales.goals.suggestion import RAMP, ramp, rounded, suggested
from sales.language.dates.period import quarter

Q2, Q3 = quarter(2, 2026), quarter(3, 2026)
LONG_AGO = date(2025, 1, 6)
TODAY = date(2026, 7, 6)


def begin(own=0.0, seen=LONG_AGO, colleagues=(), recorded=LONG_AGO, unit=1):
    return suggested(own, seen, colleagues, recorded, Q2, Q3, TODAY, unit=unit)


def test_own_history_grows_by_a_tenth():
    found = begin(own=95_000_00, unit=100)
    assert found is not None
    assert (found.target, found.before.label, found.new_since) == (105_000_00, "Q2 2026", None)


def test_a_count_is_rounded_up_so_that_it_is_always_more_than_before():
    assert [begin(own=count).target for count in (1, 5, 12)] == [2, 6, 14]


def test_a_period_that_brought_nothing_suggests_nothing():
    assert begin(own=0.0, colleagues=[50_000_00]) is None


def test_a_new_rep_is_asked_a_share_of_what_a_rep_of_the_team_brings():
    found = begin(seen=date(2026, 6, 15), colleagues=[40_000_00, 60_000_00, 0.0], unit=100)
    assert found is not None
    assert found.new_since == date(2026, 6, 15)
    assert found.brought == 50_000_00
    assert 0.5 < found.share < 0.75
    assert found.target == rounded(50_000_00 * 1.1 * found.share, 100)


def test_somebody_of_whom_nothing_is_on_record_begins_today_and_no_day_is_claimed():
    found = begin(seen=None, colleagues=[50_000_00], unit=100)
    assert found is not None
    assert found.is_new
    assert found.new_since is None
    assert found.target == begin(seen=TODAY, colleagues=[50_000_00], unit=100).target


def test_where_the_record_itself_is_young_nobody_can_be_told_to_be_new():
    assert begin(seen=date(2026, 6, 15), colleagues=[50_000_00], recorded=date(2026, 5, 1)) is None


@pytest.mark.parametrize(("months", "share"), [(0, RAMP[0]), (1, RAMP[1]), (2, RAMP[2]), (3, 1.0), (40, 1.0)])
def test_the_share_of_a_full_target_rises_with_each_month(months, share):
    day = quarter(3, 2026).start
    one_day = Q3._replace(start=day, end=day)
    assert ramp(day - timedelta(days=30 * months), one_day) == share


def test_days_before_somebody_came_ask_nothing():
    assert ramp(Q3.end + timedelta(days=1), Q3) == 0
    assert ramp(Q3.end, Q3) == pytest.approx(RAMP[0] / Q3.days)


@pytest.mark.parametrize(
    ("amount", "said"), [(104_500_00, 105_000_00), (1_00, 1_00), (10, 1_00), (999_400_00, 1_000_000_00)]
)
def test_an_amount_keeps_three_figures(amount, said):
    assert rounded(amount, 100) == said
