"""Active days, weeks compared, and streaks: leave, holidays and weekends do nothing to them (mechanism 66)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.consistency import LEAST_WEEKS, WEEKS, consistency, streak
from sales.people.calendar import WorkCalendar
from sales.people.leave import Leave

TODAY = date(2026, 9, 14)  # a Monday
USUAL = WorkCalendar()
DAYS = [TODAY - timedelta(days=back) for back in range(80)]


def mondays(*counts):
    return {TODAY - timedelta(weeks=len(counts) - number): count for number, count in enumerate(counts)}


def away(first, last):
    return USUAL.with_leave([Leave(user_id="U1", first=first, last=last)])


def test_nothing_on_record_is_nothing():
    found = consistency({}, None, TODAY, USUAL)
    assert (found.share, found.variation, found.streak) == (None, None, 0)


def test_feast_and_famine_varies_by_as_much_as_its_mean():
    done = mondays(40, 0, 40, 0, 40, 0, 40, 0)
    found = consistency(done, min(done), TODAY, USUAL)
    assert found.variation == pytest.approx(1.0)
    assert found.is_uneven


def test_a_week_of_leave_is_no_famine():
    done = mondays(25, 25, 25, 0, 25, 25, 25, 25)
    gone = away(TODAY - timedelta(weeks=5), TODAY - timedelta(weeks=5) + timedelta(days=4))
    assert consistency(done, min(done), TODAY, USUAL).is_uneven is False
    found = consistency(done, min(done), TODAY, gone)
    assert found.weeks == (25,) * (WEEKS - 1)
    assert found.variation == 0


def test_weeks_before_the_first_one_are_nobodys():
    done = mondays(25, 25, 25, 25)
    assert consistency(done, min(done), TODAY, USUAL).weeks == (25,) * LEAST_WEEKS
    done = mondays(25, 25, 25)
    assert consistency(done, min(done), TODAY, USUAL).variation is None


def test_a_few_touches_swing_by_chance_and_are_not_judged():
    done = mondays(4, 0, 4, 0, 4, 0, 4, 0)
    assert consistency(done, min(done), TODAY, USUAL).variation is None


def test_today_is_neither_missed_nor_needed():
    friday = TODAY - timedelta(days=3)
    assert streak({friday}, TODAY, USUAL) == 1
    assert streak({friday, TODAY}, TODAY, USUAL) == 2
    assert streak({TODAY}, TODAY, USUAL) == 1
    assert streak(set(), TODAY, USUAL) == 0


def test_work_on_a_weekend_neither_breaks_nor_lengthens():
    assert streak({TODAY - timedelta(days=1), TODAY}, TODAY, USUAL) == 1


@given(st.sets(st.sampled_from(DAYS)), st.sets(st.sampled_from(DAYS)))
def test_a_day_more_never_shortens_a_streak_and_a_day_off_never_breaks_one(active, more):
    """A day off that was not worked bridges; one that was is taken out of the count, and of nothing else."""
    found = streak(active, TODAY, USUAL)
    assert streak(active | more, TODAY, USUAL) >= found
    off = [day for day in more if day not in active]
    calendar = USUAL.with_leave([Leave(user_id="U1", first=day, last=day) for day in off])
    assert streak(active, TODAY, calendar) >= found


@given(st.dictionaries(st.sampled_from(DAYS), st.integers(0, 60)))
def test_shares_are_shares_and_variations_no_nonsense(done):
    found = consistency(done, min(done, default=None), TODAY, USUAL)
    assert 0 <= found.active <= found.days
    assert found.share is None or 0 <= found.share <= 1
    assert found.variation is None or found.variation >= 0


def test_days_end_with_yesterday_and_a_streak_says_whether_today_is_in_it():
    found = consistency({TODAY: 3, TODAY - timedelta(days=3): 2}, TODAY - timedelta(days=3), TODAY, USUAL)
    assert (found.active, found.days, found.streak, found.with_today) == (1, 1, 2, True)
    found = consistency({TODAY - timedelta(days=3): 2}, TODAY - timedelta(days=3), TODAY, USUAL)
    assert (found.streak, found.with_today) == (1, False)
