"""The working calendar: what counts as a working day, and counting them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.people.calendar import WorkCalendar, team_calendar
from sales.people.holiday import HolidayChange
from sales.people.leave import Leave
from sales.people.team import Team
from sales.refusal import Refusal

US = WorkCalendar(country="US")
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
CALENDARS = st.builds(
    WorkCalendar,
    workdays=st.integers(1, 127),
    country=st.sampled_from([None, "US", "FR", "CN", "IN"]),
    leave=st.lists(
        st.tuples(DAYS, st.integers(0, 40)).map(lambda pair: (pair[0], pair[0] + timedelta(pair[1]))),
        max_size=3,
    ).map(tuple),
)


def away(first: date, last: date) -> Leave:
    return Leave(user_id="U1", first=first, last=last)


def test_the_last_quarter_of_2017_has_61_working_days_in_the_united_states():
    assert US.working_days(date(2017, 10, 1), date(2017, 12, 31)) == 61


def test_years_never_asked_for_before_have_their_holidays_too():
    calendar = team_calendar(Team(name="East"))
    assert calendar.why_not(date(2031, 12, 25)) == "Christmas Day"
    assert calendar.working_days(date(2016, 1, 1), date(2026, 12, 31)) == sum(
        calendar.is_working(date(2016, 1, 1) + timedelta(n)) for n in range(4018)
    )


def test_each_day_off_says_why():
    calendar = US.with_leave([away(date(2017, 11, 20), date(2017, 11, 26))])
    assert calendar.why_not(date(2017, 11, 23)) == "Thanksgiving Day"
    assert calendar.why_not(date(2017, 11, 25)) == "weekend"
    assert calendar.why_not(date(2017, 11, 21)) == "on leave"
    assert calendar.why_not(date(2017, 11, 27)) is None


def test_leave_leaves_the_team_calendar_alone():
    calendar = US.with_leave([away(date(2017, 10, 2), date(2017, 10, 6))])
    october = (date(2017, 10, 1), date(2017, 10, 31))
    assert US.working_days(*october) - calendar.working_days(*october) == 5
    assert US.with_leave([]) is US


def test_leave_across_the_new_year_counts_in_both_years():
    calendar = WorkCalendar().with_leave([away(date(2017, 12, 25), date(2018, 1, 5))])
    assert calendar.working_days(date(2017, 12, 18), date(2018, 1, 12)) == 10
    assert calendar.next_working_day(date(2017, 12, 22)) == date(2018, 1, 8)


def test_the_team_has_the_last_word_on_a_day():
    team = Team(name="East")
    changes = [
        HolidayChange(on=date(2017, 10, 9), works=True),
        HolidayChange(on=date(2017, 11, 24), name="Day after Thanksgiving"),
        HolidayChange(on=date(2017, 11, 11), works=True),
        HolidayChange(on=date(2017, 12, 2), works=True),
        HolidayChange(on=date(2017, 12, 29)),
        HolidayChange(on=date(2017, 12, 29), works=True),
    ]
    calendar = team_calendar(team, changes)
    assert calendar.is_working(date(2017, 10, 9)), "a public holiday it works"
    assert calendar.why_not(date(2017, 11, 24)) == "Day after Thanksgiving"
    assert calendar.why_not(date(2017, 11, 11)) == "weekend", "Veterans Day is worked, Saturdays are not"
    assert calendar.is_working(date(2017, 12, 2)), "a Saturday the team works"
    assert calendar.is_working(date(2017, 12, 29)), "the later change holds"
    assert date(2017, 11, 24) in calendar.holidays(2017)
    assert date(2017, 10, 9) not in calendar.holidays(2017)


def test_weekend_days_worked_in_exchange_for_a_holiday_count():
    assert WorkCalendar(country="CN").is_working(date(2024, 2, 4)), "a Sunday worked before Chinese New Year"
    assert not WorkCalendar().is_working(date(2024, 2, 4))


def test_subdivisions_have_their_own_holidays():
    assert WorkCalendar(country="US", subdivision="TX").why_not(date(2017, 3, 2)) == "Texas Independence Day"
    assert WorkCalendar(country="US").is_working(date(2017, 3, 2))


def test_no_country_means_no_holidays():
    team = Team(name="Everywhere", country=None)
    assert team_calendar(team).working_days(date(2017, 12, 25), date(2017, 12, 25)) == 1


def test_other_weeks_than_monday_to_friday():
    sunday_to_thursday = WorkCalendar(workdays=0b1001111)
    assert sunday_to_thursday.is_working(date(2017, 10, 1))
    assert sunday_to_thursday.why_not(date(2017, 10, 6)) == "weekend"


@pytest.mark.parametrize(
    ("country", "subdivision", "field"), [("XX", None, "country"), ("US", "ZZ", "subdivision")]
)
def test_an_unknown_place_is_refused_with_a_mend(country, subdivision, field):
    with pytest.raises(Refusal) as refused:
        team_calendar(Team(name="East", country=country, subdivision=subdivision))
    assert refused.value.field == field
    assert refused.value.example in {"US", "AK"}


def test_shift_counts_working_days_both_ways():
    assert US.shift(date(2017, 11, 22), 1) == date(2017, 11, 24)
    assert US.shift(date(2017, 11, 24), -1) == date(2017, 11, 22)
    assert US.shift(date(2017, 12, 31), -61) == date(2017, 10, 2)
    assert US.shift(date(2017, 9, 30), 61) == date(2017, 12, 29)
    assert US.shift(date(2017, 11, 23), 0) == date(2017, 11, 23)
    assert US.shift(date(2016, 1, 4), 2000) == US.shift(US.shift(date(2016, 1, 4), 1500), 500)


def test_previous_working_day_keeps_a_working_day():
    assert US.previous_working_day(date(2017, 9, 24)) == date(2017, 9, 22)
    assert US.previous_working_day(date(2017, 9, 22)) == date(2017, 9, 22)


def test_a_leave_without_end_is_refused_not_searched_for_ever():
    calendar = US.with_leave([away(date(2017, 1, 1), date(2400, 1, 1))])
    with pytest.raises(Refusal, match="Shorten the leave"):
        calendar.next_working_day(date(2017, 6, 1))


def test_a_list_that_ends_says_so_to_nobody():
    assert WorkCalendar(country="IN").working_days(date(2100, 1, 1), date(2100, 12, 31)) > 200


@given(calendar=CALENDARS, first=DAYS, cut=st.integers(0, 800), length=st.integers(0, 800))
def test_counts_add_up(calendar, first, cut, length):
    cut = min(cut, length)
    middle, last = first + timedelta(cut), first + timedelta(length)
    parts = calendar.working_days(first, middle) + calendar.working_days(middle + timedelta(1), last)
    assert parts == calendar.working_days(first, last)


@given(calendar=CALENDARS, first=DAYS, length=st.integers(-3, 500))
def test_a_count_is_the_number_of_days_that_count(calendar, first, length):
    days = [first + timedelta(n) for n in range(length + 1)]
    assert calendar.working_days(first, first + timedelta(length)) == sum(map(calendar.is_working, days))
    assert all((calendar.why_not(day) is None) == calendar.is_working(day) for day in days)


@given(calendar=CALENDARS, day=DAYS, n=st.integers(1, 300))
def test_shift_lands_on_the_nth_working_day(calendar, day, n):
    later, earlier = calendar.shift(day, n), calendar.shift(day, -n)
    assert calendar.is_working(later)
    assert calendar.is_working(earlier)
    assert calendar.working_days(day + timedelta(1), later) == n
    assert calendar.working_days(earlier, day - timedelta(1)) == n
