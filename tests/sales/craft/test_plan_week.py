"""The week of a plan: its last working day, and what its check-in asks about (#13)."""

from datetime import date, time

from sales.craft.plan_week import asked_about, check_in_spec, last_day
from sales.people.calendar import WorkCalendar
from sales.people.member import Member
from sales.people.team import Team
from tests.sales.craft.test_plan import plan, step

MONDAY = date(2026, 9, 21)


def test_the_last_working_day_of_a_week():
    assert last_day(MONDAY, 0, WorkCalendar()) == date(2026, 9, 25)
    assert last_day(date(2026, 9, 25), 0, WorkCalendar()) == date(2026, 9, 25)
    assert last_day(date(2026, 9, 20), 6, WorkCalendar(workdays=0b1001111)) == date(2026, 9, 24)


def test_a_check_in_asks_about_what_is_late_or_due_this_week():
    late, due, later = step(1, date(2026, 9, 16)), step(2, date(2026, 9, 25)), step(3, date(2026, 9, 28))
    assert asked_about([plan([due, later]), plan([late])], date(2026, 9, 25)) == [late, due]


def test_it_is_for_reps_and_never_in_quiet_hours():
    rep = Member(user_id="U1", name="Ana", is_rep=True)
    assert check_in_spec(Team(name="Field"), rep).enabled
    assert not check_in_spec(Team(name="Field"), Member(user_id="U3", name="Mia")).enabled
    late = Team(name="Field", quiet_until=time(9))
    assert check_in_spec(late, rep).at > time(9)
