"""This week's part of what has to be opened, and what that takes by the rep's own record (#8)."""

from datetime import date

from sales.goals.lead_measures import Funnel, Week, this_week, week_begins
from sales.people.calendar import WorkCalendar

CALENDAR = WorkCalendar()
MONDAY, WEDNESDAY, SATURDAY = date(2026, 9, 14), date(2026, 9, 16), date(2026, 9, 19)


def test_a_week_takes_its_share_of_the_working_days():
    assert this_week(10, date(2026, 9, 25), MONDAY, CALENDAR).opportunities == 5
    assert this_week(10, date(2026, 9, 25), WEDNESDAY, CALENDAR).opportunities == 4  # 3 of 8 days


def test_in_the_last_week_all_of_it_is_due():
    assert this_week(3, date(2026, 9, 18), WEDNESDAY, CALENDAR).opportunities == 3


def before(conversations, opened, agreed=0, named=0):
    return Funnel(conversations, opened, agreed, named)


def test_conversations_come_by_the_own_ratio_if_it_is_on_record():
    by = date(2026, 9, 25)
    found = this_week(10, by, MONDAY, CALENDAR, before(44, 10))
    assert (found.conversations, found.ratio) == (22, 4.4)
    assert this_week(10, by, MONDAY, CALENDAR, before(44, 4)).conversations == 0
    assert this_week(10, by, MONDAY, CALENDAR, before(0, 10)).conversations == 0


def test_next_steps_are_as_many_as_conversations_usually_leave_and_one_for_each_new_deal_at_least():
    by = date(2026, 9, 25)
    assert this_week(10, by, MONDAY, CALENDAR, before(44, 10, agreed=20, named=40)).next_steps == 11
    assert this_week(10, by, MONDAY, CALENDAR, before(44, 10, agreed=1, named=40)).next_steps == 5
    assert (
        this_week(10, by, MONDAY, CALENDAR, before(44, 10, agreed=9, named=9)).next_steps == 5
    )  # too few tell
    assert this_week(10, by, MONDAY, CALENDAR).next_steps == 0  # no own record


def test_what_is_done_leaves_the_rest_of_what_the_week_asked_for():
    week = Week(2, 10, 5.0, 2, Funnel(4, 1, 2, 3))
    assert (week.left, week.is_done) == (1, False)
    assert week._replace(done=Funnel(10, 3, 2, 9)).left == 0
    assert week._replace(done=Funnel(10, 3, 2, 9)).is_done
    assert not week._replace(done=Funnel(9, 3, 2, 9)).is_done


def test_a_week_asks_from_its_monday_on_or_from_the_day_its_goal_was_set():
    assert week_begins(SATURDAY) == MONDAY
    assert week_begins(SATURDAY, date(2026, 7, 1)) == MONDAY
    assert week_begins(SATURDAY, WEDNESDAY) == WEDNESDAY
    assert week_begins(WEDNESDAY, SATURDAY) == WEDNESDAY  # a clock that went back


def test_nothing_is_asked_past_the_last_day_without_a_need_or_on_a_weekend():
    assert this_week(10, date(2026, 9, 11), MONDAY, CALENDAR) is None
    assert this_week(0, date(2026, 9, 25), MONDAY, CALENDAR) is None
    assert this_week(10, date(2026, 9, 25), SATURDAY, CALENDAR) is None
