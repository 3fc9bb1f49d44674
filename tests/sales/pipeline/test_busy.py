"""Many touches and few new deals beside the colleagues' own rate, with what chance has to do with it (#19)."""

from datetime import date, timedelta

import pytest

from sales.distributions import poisson_at_most
from sales.people.calendar import WorkCalendar
from sales.pipeline.busy import DayOfWork, busy, days_judged, fridays_before, is_said_on

FIRST, LAST = date(2026, 8, 31), date(2026, 9, 11)
CALENDAR = WorkCalendar()


def judged(own, deals, theirs=110, their_deals=5):
    days = [DayOfWork("U1", FIRST, own, deals), DayOfWork("U2", LAST, theirs, their_deals)]
    return busy(days, "U1", FIRST, LAST)


def test_eighty_touches_for_one_deal_are_a_reason_to_stop():
    found = judged(80, 1)
    assert found.is_fool
    assert found.per == 22
    assert (found.low, found.high) == (0, 8)  # Poisson's law at 80 / 22 = 3.6
    assert round(found.by_chance, 3) == 0.122


def test_the_colleagues_rate_is_no_fool():
    assert not judged(80, 2).is_fool
    assert not judged(80, 4).is_fool


def test_little_work_and_few_deals_of_colleagues_say_nothing():
    assert not judged(49, 0).is_fool
    assert not judged(500, 0, theirs=110, their_deals=2).is_fool
    assert not judged(500, 0, theirs=0, their_deals=0).is_fool


def test_what_lies_outside_the_days_counts_for_nobody():
    days = [DayOfWork("U1", FIRST - timedelta(days=1), 80, 0), DayOfWork("U2", LAST, 110, 5)]
    assert busy(days, "U1", FIRST, LAST).touches == 0


def test_ten_working_days_end_yesterday_or_on_a_friday_with_it():
    assert days_judged(date(2026, 9, 14), CALENDAR) == (FIRST, LAST)
    assert days_judged(LAST, CALENDAR) == (FIRST, LAST)
    assert days_judged(date(2026, 9, 10), CALENDAR) == (date(2026, 8, 27), date(2026, 9, 9))


def test_it_is_said_on_the_first_friday_of_a_spell_and_after_four_weeks_again():
    fridays = fridays_before(LAST)
    assert fridays[-1] == LAST
    assert is_said_on(LAST, [LAST])
    assert not is_said_on(LAST, fridays[-2:])
    assert not is_said_on(LAST, [fridays[-4], LAST])
    assert is_said_on(LAST, fridays[-5:])


@pytest.mark.parametrize(
    ("count", "expected", "chance"), [(0, 1.0, 0.3679), (1, 1.0, 0.7358), (3, 2.5, 0.7576)]
)
def test_poissons_law_by_hand(count, expected, chance):
    assert round(poisson_at_most(count, expected), 4) == chance
