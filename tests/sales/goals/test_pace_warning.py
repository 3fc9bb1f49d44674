"""Two full weeks below plan in a row, early enough to act on (#12)."""

from datetime import date

from sales.goals.burn_up import BurnUpPoint
from sales.goals.pace_warning import full_weeks, weeks_under
from sales.language.dates.period import PeriodKind, period_containing

Q4 = period_containing(PeriodKind.QUARTER, date(2026, 10, 1))  # begins on a Thursday


def ends(*shares):
    """Sundays at these shares of the plan."""
    return [
        BurnUpPoint(day, share * 100.0, 100.0)
        for day, share in zip(full_weeks(Q4.start, Q4.end, Q4.end), shares, strict=False)
    ]


def test_a_week_counts_that_lies_in_the_period_whole_and_is_over():
    assert full_weeks(Q4.start, Q4.end, date(2026, 10, 11)) == []
    assert full_weeks(Q4.start, Q4.end, date(2026, 10, 12)) == [date(2026, 10, 11)]
    assert full_weeks(Q4.start, Q4.end, date(2026, 10, 20)) == [date(2026, 10, 11), date(2026, 10, 18)]
    assert full_weeks(Q4.start, Q4.end, date(2027, 3, 1))[-1] == date(2026, 12, 27)


def test_the_weeks_of_a_goal_that_was_set_late_are_those_from_then_on():
    assert full_weeks(date(2026, 10, 6), Q4.end, date(2026, 10, 20)) == [date(2026, 10, 18)]


def test_two_weeks_running_are_a_spell_and_one_is_none():
    assert weeks_under(ends(0.2)) == []
    assert [one.day for one in weeks_under(ends(0.2, 0.5))] == [date(2026, 10, 11), date(2026, 10, 18)]
    assert weeks_under(ends(0.2, 1.1)) == []
    assert weeks_under(ends(0.2, 1.1, 0.3)) == []


def test_a_spell_begins_anew_after_a_week_on_plan():
    spell = weeks_under(ends(0.2, 0.3, 1.0, 0.5, 0.5))
    assert [one.day for one in spell] == [date(2026, 11, 1), date(2026, 11, 8)]


def test_what_is_nearly_on_plan_is_no_news():
    assert weeks_under(ends(0.95, 0.91)) == []
