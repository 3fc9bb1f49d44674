"""How many touches had no answer, and when one more is asked about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.followups.answered import WasAnswered
from sales.followups.touch_limit import (
    LIMIT,
    Touch,
    TouchAnswer,
    TouchLimit,
    is_one_too_many,
    reaches_out,
    unanswered,
)

ON = date(2026, 9, 18)
NO, YES, UNSAID = WasAnswered.NO, WasAnswered.YES, WasAnswered.UNSAID
TOUCHES = st.lists(
    st.builds(
        Touch,
        st.integers(0, 20).map(lambda ago: ON - timedelta(days=ago)),
        st.sampled_from(WasAnswered),
        st.integers(1, 5),
    )
).map(lambda found: sorted(found, key=lambda one: one.on))


def ago(days: int, answered: WasAnswered = NO, times: int = 1) -> Touch:
    return Touch(ON - timedelta(days=days), answered, times)


@pytest.mark.parametrize(
    ("touches", "count"),
    [
        ([], 0),
        ([ago(3), ago(2), ago(1)], 3),
        ([ago(7), ago(6), ago(0)], 2),  # the seventh day before is out
        ([ago(3), ago(2), ago(1, YES)], 0),
        ([ago(3), ago(2, YES), ago(1)], 1),
        ([ago(2, UNSAID), ago(1)], 1),
        ([ago(1, NO, 4)], 4),
        ([ago(-1)], 0),  # what is still to come is none
    ],
)
def test_the_count_is_of_seven_days_and_begins_anew_with_an_answer(touches, count):
    assert unanswered(touches, ON) == count


@given(TOUCHES)
def test_an_answer_today_leaves_nothing_to_count(touches):
    assert unanswered([*touches, Touch(ON, YES)], ON) == 0


@given(TOUCHES, st.integers(1, 5))
def test_one_more_without_an_answer_is_one_more(touches, times):
    assert unanswered([*touches, Touch(ON, NO, times)], ON) == unanswered(touches, ON) + times


@pytest.mark.parametrize(
    ("before", "more", "asked"), [(LIMIT, 1, True), (2, 1, False), (0, 4, True), (9, 0, False)]
)
def test_the_fourth_is_asked_about(before, more, asked):
    assert is_one_too_many(before, more) is asked


def test_work_at_ones_own_desk_reaches_nobody():
    assert not reaches_out("prepare the offer")
    assert not reaches_out("check with legal")
    assert reaches_out("email them the price list")
    assert reaches_out("send the ROI sheet")
    assert not reaches_out("Draft a plan")


def test_a_pause_ends_with_its_day():
    paused = TouchLimit(
        owner_id="U1",
        who="Acme",
        asked_on=ON,
        touches=3,
        answer=TouchAnswer.PAUSE,
        until=ON + timedelta(days=2),
    )
    assert paused.is_paused(ON + timedelta(days=1))
    assert not paused.is_paused(ON + timedelta(days=2))
    assert [paused.is_over(ON + timedelta(days=one)) for one in (1, 2)] == [False, True]
