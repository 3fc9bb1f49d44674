"""This week's part of what has to be opened, and how many conversations that takes by the rep's own record."""

from datetime import date

from sales.goals.lead_measures import this_week
from sales.people.calendar import WorkCalendar

CALENDAR = WorkCalendar()
MONDAY, WEDNESDAY, SATURDAY = date(2026, 9, 14), date(2026, 9, 16), date(2026, 9, 19)


def test_a_week_takes_its_share_of_the_working_days():
    assert this_week(10, date(2026, 9, 25), MONDAY, CALENDAR).opportunities == 5
    assert this_week(10, date(2026, 9, 25), WEDNESDAY, CALENDAR).opportunities == 4  # 3 of 8 days


def test_in_the_last_week_all_of_it_is_due():
    assert this_week(3, date(2026, 9, 18), WEDNESDAY, CALENDAR).opportunities == 3


def test_conversations_come_by_the_own_ratio_if_it_is_on_record():
    found = this_week(10, date(2026, 9, 25), MONDAY, CALENDAR, conversations=44, opened=10)
    assert (found.conversations, found.ratio) == (22, 4.4)
    assert this_week(10, date(2026, 9, 25), MONDAY, CALENDAR, conversations=44, opened=4).conversations == 0
    assert this_week(10, date(2026, 9, 25), MONDAY, CALENDAR, conversations=0, opened=10).conversations == 0


def test_nothing_is_asked_past_the_last_day_without_a_need_or_on_a_weekend():
    assert this_week(10, date(2026, 9, 11), MONDAY, CALENDAR) is None
    assert this_week(0, date(2026, 9, 25), MONDAY, CALENDAR) is None
    assert this_week(10, date(2026, 9, 25), SATURDAY, CALENDAR) is None
