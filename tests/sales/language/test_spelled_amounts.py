"""Amounts and counts in words, and that a name with such a word in it stays one."""

from datetime import date

import pytest

from sales.goals.goal_phrase import read_goal_line
from sales.language.amounts.spelled import with_figures


@pytest.mark.parametrize(
    ("typed", "figures"),
    [
        ("Acme twelve thousand", "Acme 12 thousand"),
        ("Acme twenty five k", "Acme 25 k"),
        ("Acme a hundred thousand", "Acme 100 thousand"),
        ("Acme two hundred thousand", "Acme 200 thousand"),
        ("Acme half a million", "Acme 0.5 million"),
        ("Grand Hotel 12k", "Grand Hotel 12k"),
        ("A Million Ads 12k", "A Million Ads 12k"),
        ("Three Oaks", "Three Oaks"),
    ],
)
def test_the_number_before_a_thousand_is_put_in_figures(typed, figures):
    assert with_figures(typed) == figures


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ("fifty calls this week", 50),
        ("a dozen demos in october", 12),
        ("one million this year", 100_000_000),
        ("1.2 mil this year", 120_000_000),
    ],
)
def test_a_goal_may_be_told_in_words(typed, target):
    assert read_goal_line(typed, date(2026, 9, 14), 1, "USD").target == target


def test_by_a_day_of_the_month_begins_today():
    period = read_goal_line("10 demos by the 30th", date(2026, 9, 14), 1, "USD").period
    assert (period.start, period.end) == (date(2026, 9, 14), date(2026, 9, 30))
