"""A quiet word: late in a period, for a fall from likely to unlikely within a fortnight (9)."""

from datetime import date

import pytest

from sales.coaching.pressure import PastChance, compared_days, fall, is_late
from sales.language.dates.period import PeriodKind, period_containing

QUARTER = period_containing(PeriodKind.QUARTER, date(2026, 9, 1))
YEAR = period_containing(PeriodKind.FISCAL_YEAR, date(2026, 9, 1))


@pytest.mark.parametrize(
    ("period", "today", "late"),
    [
        (QUARTER, date(2026, 8, 28), False),
        (QUARTER, date(2026, 9, 14), True),
        (QUARTER, date(2026, 10, 1), False),
        (YEAR, date(2026, 9, 30), False),  # three months left are no pressure
        (YEAR, date(2026, 11, 17), True),
    ],
)
def test_late_is_little_left_of_much(period, today, late):
    assert is_late(period, today) is late


def test_a_chance_is_compared_within_its_period_and_after_it_was_told_of():
    today = date(2026, 9, 28)
    assert compared_days(QUARTER, today, None) == [date(2026, 9, 21), date(2026, 9, 14)]
    assert compared_days(QUARTER, today, date(2026, 9, 14)) == [date(2026, 9, 21)]
    assert compared_days(QUARTER, today, date(2026, 9, 22)) == []
    month = period_containing(PeriodKind.MONTH, today)
    assert compared_days(month, date(2026, 9, 10), None) == [date(2026, 9, 3)]


@pytest.mark.parametrize(
    ("before", "now", "fell"),
    [
        ([0.7], 0.1, True),
        ([0.3, 0.7], 0.25, True),
        ([0.7], 0.3, False),  # less likely, and open still
        ([0.4], 0.1, False),  # it was never likely
        ([], 0.1, False),
    ],
)
def test_sharply_is_from_likely_to_unlikely(before, now, fell):
    days = [PastChance(date(2026, 9, 14 + number), one) for number, one in enumerate(before)]
    assert (fall(days, PastChance(date(2026, 9, 28), now)) is not None) is fell
