"""What became of promises: kept, late, moved, missed; what one's Friday is worth, where there is enough of it (#59)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.followups.followup import FollowUp, FollowUpState, Owes, edited, moved, next_one
from sales.followups.promise_record import (
    LEAST,
    DayHabit,
    PromiseOutcome,
    is_told,
    outcome,
    promise_record,
)
from sales.followups.slip import SlipReason
from sales.value import changed

TODAY = date(2026, 9, 14)
FRIDAY = date(2026, 8, 21)
ZONE = "Europe/Ljubljana"


def days(count):
    return timedelta(days=count)


def promise(on=FRIDAY, kept_on=None, hour=12, **said):
    values = {"owner_id": "U1", "who": "Acme", "what": "call them", "due_on": on, **said}
    if kept_on is not None:
        at = datetime(kept_on.year, kept_on.month, kept_on.day, hour, tzinfo=UTC)
        values |= {"state": FollowUpState.DONE, "settled_at": at}
    return FollowUp(**values)


@pytest.mark.parametrize(
    ("one", "became"),
    [
        (promise(kept_on=FRIDAY), PromiseOutcome.KEPT),
        (promise(kept_on=FRIDAY - days(2)), PromiseOutcome.KEPT),
        (promise(kept_on=FRIDAY, hour=21), PromiseOutcome.KEPT),
        (promise(kept_on=FRIDAY, hour=23), PromiseOutcome.LATE),  # one in the morning on their clock
        (promise(FRIDAY, FRIDAY + days(3)), PromiseOutcome.LATE),
        (promise(FRIDAY, FRIDAY, moves=1, promised_on=FRIDAY - days(2)), PromiseOutcome.MOVED),
        (promise(FRIDAY, FRIDAY, moves=2), PromiseOutcome.MOVED),  # from before first days were kept
        (promise(FRIDAY, FRIDAY, moves=1, promised_on=FRIDAY), PromiseOutcome.KEPT),  # to another hour
        (promise(FRIDAY, FRIDAY, moves=1, promised_on=FRIDAY + days(4)), PromiseOutcome.KEPT),  # forward
        (promise(), PromiseOutcome.MISSED),
        (promise(TODAY), None),
        (promise(state=FollowUpState.DROPPED), None),
    ],
)
def test_what_became_of_a_promise(one, became):
    assert outcome(one, TODAY, ZONE) is became


def test_the_first_day_stays_however_often_it_is_moved():
    once = moved(promise(), FRIDAY + days(3))
    assert (once.moves, once.promised_on) == (1, FRIDAY)
    why = changed(FollowUp, once, slip=SlipReason.TIME)
    twice = edited(why, promise(FRIDAY + days(10)))
    assert (twice.moves, twice.promised_on, twice.slip) == (2, FRIDAY, None)
    assert moved(twice, twice.due_on) == twice
    assert edited(why, promise(FRIDAY + days(3), what="write")).slip is SlipReason.TIME


def test_of_what_was_moved_before_first_days_were_kept_none_is_made_up():
    assert moved(promise(moves=1), FRIDAY + days(3)).promised_on is None


def test_the_next_of_one_that_repeats_begins_anew():
    said = {"repeats": "1w4", "repeats_on": FRIDAY, "moves": 1, "slip": SlipReason.TIME}
    following = next_one(promise(FRIDAY, **said, promised_on=FRIDAY - days(7)), FRIDAY, ZONE, lambda day: day)
    assert following is not None
    assert (following.moves, following.promised_on, following.slip) == (0, None, None)


def test_when_you_say_friday_it_is_monday():
    record = promise_record(
        [promise(FRIDAY, FRIDAY + days(3 if n < 4 else 0)) for n in range(10)], TODAY, ZONE
    )
    assert record.habit == DayHabit(4, 10, 4, later_on=0, times=4)
    assert record.habit.kept == 6


def test_a_move_counts_for_the_day_it_was_first_for():
    put_off = [promise(FRIDAY + days(3), FRIDAY + days(3), moves=1, promised_on=FRIDAY) for _ in range(5)]
    record = promise_record([*put_off, *[promise(kept_on=FRIDAY)] * 5], TODAY, ZONE)
    assert record.habit == DayHabit(4, 10, 5, later_on=0, times=5)
    assert record.counts[PromiseOutcome.MOVED] == 5


def test_what_comes_on_no_day_in_particular_is_only_later():
    record = promise_record(
        [promise(FRIDAY, FRIDAY + days(n)) for n in (0, 0, 0, 0, 0, 3, 4, 5, 6, 12)], TODAY, ZONE
    )
    assert record.habit == DayHabit(4, 10, 5, later_on=None, times=5)


@pytest.mark.parametrize(("late", "is_habit"), [(0, False), (1, False), (2, False), (3, True), (4, True)])
def test_what_may_be_chance_is_no_habit(late, is_habit):
    assert DayHabit(4, LEAST, late, 0, late).is_one is is_habit


def test_too_few_are_none():
    record = promise_record([promise(FRIDAY, FRIDAY + days(3))] * (LEAST - 1), TODAY, ZONE)
    assert (record.habits, record.habit) == ([], None)


def test_reasons_are_counted_the_commonest_first_and_what_others_owe_is_not_ones_own():
    theirs = promise(owes=Owes.THEM, slip=SlipReason.PLANS)
    asked = promise(TODAY + days(7), moves=1, promised_on=TODAY, slip=SlipReason.CUSTOMER)
    record = promise_record([promise(slip=SlipReason.TIME), asked, asked, theirs, promise()], TODAY, ZONE)
    assert record.slips == [(SlipReason.CUSTOMER, 2), (SlipReason.TIME, 1)]
    assert (record.unsaid, record.judged, len(record.missed)) == (1, 2, 2)


ANY = st.builds(
    lambda on, late, moves, back: promise(
        TODAY + days(on),
        None if late is None else TODAY + days(on + late),
        moves=moves,
        promised_on=TODAY + days(on - back) if moves else None,
    ),
    st.integers(-80, 20),
    st.none() | st.integers(-3, 12),
    st.integers(0, 3),
    st.integers(-5, 9),
)


@given(st.lists(ANY, max_size=60))
def test_every_promise_is_counted_once_and_no_habit_is_of_more_than_there_are(promises):
    record = promise_record(promises, TODAY, ZONE)
    judged = [one for one in promises if outcome(one, TODAY, ZONE) is not None]
    assert record.judged == len(judged)
    assert sum(one.promised for one in record.habits) <= len(judged)
    assert all(0 <= one.times <= one.late <= one.promised for one in record.habits)
    assert record.unsaid >= 0


def test_a_habit_is_brought_up_on_the_first_friday_of_a_month():
    told = [day for day in (date(2026, 1, 1) + days(n) for n in range(365)) if is_told(day)]
    assert len(told) == 12
    assert {day.weekday() for day in told} == {4}
