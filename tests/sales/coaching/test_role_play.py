"""Roles to play: nobody twice in a week, everybody with everybody in time, on a day on which both are at work (73)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.drill.starters import stored_starters
from sales.coaching.role_play import objected, pair_of_week, pairs_of, plays_on, week_of
from sales.people.calendar import WorkCalendar
from sales.people.leave import Leave

MONDAY = date(2026, 9, 14)
TUESDAY = MONDAY + timedelta(days=1)
PEOPLE = st.sets(st.text("abcdef", min_size=1, max_size=3), max_size=9)


def away(first: date, last: date) -> WorkCalendar:
    return WorkCalendar().with_leave([Leave(user_id="U2", first=first, last=last)])


@given(PEOPLE, st.integers(0, 200_000))
def test_nobody_plays_twice_in_a_week_and_one_rests_at_most(people, week):
    named = [one for pair in pairs_of(people, week) for one in (pair.buyer_id, pair.seller_id)]
    assert len(named) == len(set(named))
    assert set(named) <= people
    assert len(people) - len(named) == len(people) % 2


@given(PEOPLE.filter(lambda people: len(people) > 1), st.integers(0, 200_000))
def test_over_the_weeks_everybody_plays_with_everybody_once(people, week):
    rounds = len(people) - 1 + len(people) % 2
    first = week - week % rounds
    met = [frozenset(pair[:2]) for at in range(rounds) for pair in pairs_of(people, first + at)]
    assert len(met) == len(set(met)) == len(people) * (len(people) - 1) // 2


def test_two_swap_who_begins_as_the_buyer_from_week_to_week():
    begins = [pairs_of(["U1", "U2"], week)[0].buyer_id for week in range(4)]
    assert begins == ["U1", "U2", "U1", "U2"]


def test_who_is_away_for_the_week_is_paired_with_nobody():
    calendars = {"U1": WorkCalendar(), "U2": away(MONDAY, MONDAY + timedelta(days=6)), "U3": WorkCalendar()}
    pair = pair_of_week(calendars, "U1", TUESDAY)
    assert pair is not None
    assert {pair.buyer_id, pair.seller_id} == {"U1", "U3"}
    assert pair_of_week(calendars, "U2", TUESDAY) is None


def test_two_play_on_the_first_day_from_tuesday_on_which_both_are_at_work():
    here, back_on_thursday = WorkCalendar(), away(MONDAY, MONDAY + timedelta(days=2))
    days = [MONDAY + timedelta(days=one) for one in range(7)]
    assert [one for one in days if plays_on(here, here, one)] == [TUESDAY]
    assert [one for one in days if plays_on(here, back_on_thursday, one)] == [MONDAY + timedelta(days=3)]


def test_what_is_objected_is_another_each_week_and_none_without_objections():
    [pair] = pairs_of(["U1", "U2"], week_of(MONDAY))
    cards = stored_starters()
    asked = [objected(cards, pair, week_of(MONDAY) + at) for at in range(3)]
    assert len({one.key for one in asked}) == 3
    assert objected([], pair, 7) is None
