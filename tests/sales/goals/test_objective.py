"""Objectives: read from lines, mapped to goals, put together when two change them at once; the wrong measures (#4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.followups.activity import ActivityKind
from sales.goals.goal import Metric
from sales.goals.objective import (
    LONGEST,
    LONGEST_LIST,
    MOST,
    mapped,
    mark_of,
    merged,
    read_objectives,
    rewards_sending,
)
from sales.refusal import Refusal
from tests.storage.goals.test_goal import revenue

GROW, KEEP, SHORT = "Grow in healthcare", "Keep the clients we have", "Shorter sales cycles"
LINES = st.lists(st.sampled_from([GROW, KEEP, SHORT, "Open Graz", "Fewer discounts"]), unique=True)


def calls(kind):
    return revenue(metric=Metric.ACTIVITIES, activity_kind=kind, target=200)


def test_each_line_is_one_and_what_is_there_twice_is_one():
    assert read_objectives(f"{GROW}\n\n  {GROW.upper()} \r\n *win* & <b>\n") == [GROW, "*win* & <b>"]


@pytest.mark.parametrize(
    "typed", ["\n".join(f"Objective {one}" for one in range(MOST + 1)), "x" * (LONGEST + 1)]
)
def test_what_does_not_fit_a_menu_is_refused(typed):
    with pytest.raises(Refusal, match="fit the menu"):
        read_objectives(typed)


@given(st.text(max_size=LONGEST_LIST))
def test_whatever_is_typed_is_refused_or_fits(typed):
    try:
        found = read_objectives(typed)
    except Refusal:
        return
    assert read_objectives("\n".join(found)) == found
    assert all(0 < len(one) <= LONGEST for one in found)


def test_goals_are_counted_by_what_they_serve():
    goals = [revenue(objective=GROW), revenue(objective=GROW.lower()), revenue(), revenue(objective="Graz")]
    found = mapped(goals, [GROW, KEEP])
    assert found.served == ((GROW, 2), (KEEP, 0))
    assert (found.others, found.unmapped, found.astray, found.goals) == (1, 1, 2, 4)


@given(LINES, LINES, LINES)
def test_two_who_change_it_at_once_lose_nothing_and_bring_nothing_back(opened, typed, stored):
    found = merged(typed, map(mark_of, opened), stored)
    assert len(found) == len(set(found))
    for one in {*opened, *typed, *stored}:
        added = (one in typed or one in stored) and one not in opened
        kept = one in typed and one in stored
        assert (one in found) is (added or kept)


def test_alone_what_was_typed_is_kept_as_it_is():
    assert merged([KEEP, "Open Graz"], map(mark_of, [GROW, KEEP]), [GROW, KEEP]) == [KEEP, "Open Graz"]


def test_emails_and_messages_reward_sending_and_nothing_else_does():
    assert {kind for kind in ActivityKind if rewards_sending(calls(kind))} == {
        ActivityKind.EMAIL,
        ActivityKind.MESSAGE,
    }
    assert not rewards_sending(revenue())
