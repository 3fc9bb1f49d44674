"""Flood control: what is late waits its turn, and never longer than it is worth sending."""

from datetime import UTC, datetime, timedelta

import pytest

from sales.nudges.backlog import LONGEST_SPREAD, held_back, is_late, spread, turn
from sales.nudges.ledger import LATE, ON_TIME, PROMPT, Nudge

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
BEAT = timedelta(seconds=15)


def nudge(**values) -> Nudge:
    fields = {"key": "k", "kind": "evening", "intent": {}, "why": "", "not_before": NOW - timedelta(hours=9)}
    return Nudge(**(fields | values))


@pytest.mark.parametrize(("seconds", "late"), [(0, False), (30, False), (31, True), (90_000, True)])
def test_more_than_two_beats_is_late(seconds, late):
    assert is_late(NOW - timedelta(seconds=seconds), NOW, BEAT) is late


@pytest.mark.parametrize(
    ("waiting", "seconds"), [(0, 0), (1, 0), (20, 0), (24, 1), (420, 100), (3620, 900), (100_000, 900)]
)
def test_the_burst_leaves_at_once_and_the_rest_at_the_pace_slack_takes(waiting, seconds):
    assert spread(waiting) == timedelta(seconds=seconds)


def test_turns_are_the_same_everywhere_and_spread_evenly():
    turns = [turn("evening", f"U{n}", LONGEST_SPREAD) for n in range(2000)]
    assert turns == [turn("evening", f"U{n}", LONGEST_SPREAD) for n in range(2000)]
    assert min(turns) >= timedelta()
    assert max(turns) < LONGEST_SPREAD
    quarters = [sum(n * 225 <= each.total_seconds() < (n + 1) * 225 for each in turns) for n in range(4)]
    assert min(quarters) > 400


def test_a_few_late_ones_leave_at_once_behind_what_is_on_time():
    held = held_back(nudge(), "U1", 5, NOW)
    assert (held.priority, held.not_before) == (LATE, NOW - timedelta(hours=9))


def test_many_late_ones_take_turns():
    held = held_back(nudge(), "U1", 2000, NOW)
    assert (held.priority, held.not_before) == (LATE, NOW + turn("evening", "U1", timedelta(seconds=495)))
    assert held_back(nudge(), "U1", 2000, NOW) == held


def test_a_turn_comes_while_the_message_is_worth_sending():
    for seconds in (0, 60):
        expires_at = NOW + timedelta(seconds=seconds)
        held = held_back(nudge(expires_at=expires_at), "U1", 10_000, NOW)
        assert held.priority == LATE
        assert held.not_before <= NOW + timedelta(seconds=seconds / 2)


def test_what_has_a_priority_of_its_own_keeps_it():
    answer = nudge(priority=PROMPT)
    assert held_back(answer, "U1", 10_000, NOW) is answer
    assert nudge().priority == ON_TIME
