"""Gates: never more than Slack allows in any window, and exactly as slow as it asked for."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.nudges.rate_limit import (
    CHANNEL,
    CLEAN,
    FRESH,
    HISTORY,
    OPEN,
    POST,
    SECOND,
    SLOWEST,
    GateState,
    Limit,
    passed,
    rate,
    throttled,
    tokens,
    waiting_time,
)

LIMITS = st.sampled_from([POST, CHANNEL, OPEN, HISTORY])
STEPS = st.lists(st.integers(0, 5 * SECOND), min_size=1, max_size=120)
THROTTLES = st.lists(st.tuples(st.integers(0, 119), st.integers(0, 30 * SECOND)), max_size=6)


def passes(limit: Limit, steps: list[int], throttles: list[tuple[int, int]] = ()) -> list[int]:
    """Return when calls passed that were tried after each step; Slack asks to wait before some of them."""
    state, now, left = FRESH, 0, []
    asked = dict(throttles)
    for number, step in enumerate(steps):
        now += step
        if number in asked:
            state = throttled(state, limit, asked[number], now)
        while not waiting_time(state, limit, now) and len(left) < 500:
            state = passed(state, limit, now)
            left.append(now)
    return left


@given(LIMITS, STEPS, THROTTLES)
def test_no_window_holds_more_than_the_burst_and_the_rate_for_its_length(limit, steps, throttles) -> None:
    left = passes(limit, steps, throttles)
    for first, start in enumerate(left):
        for last in range(first, len(left)):
            assert last - first + 1 <= limit.burst + limit.per_second * (left[last] - start) / SECOND


@given(LIMITS, STEPS, st.integers(0, 60 * SECOND), st.integers(0, 60 * SECOND))
def test_nothing_passes_a_block(limit, steps, since, retry_after) -> None:
    state = throttled(FRESH, limit, retry_after, since)
    now = since
    for step in steps:
        now += step
        if now < since + retry_after:
            assert waiting_time(state, limit, now) >= since + retry_after - now
            assert tokens(state, limit, now) == 0


@given(LIMITS, STEPS, THROTTLES)
def test_the_tokens_are_how_many_pass_at_once(limit, steps, throttles) -> None:
    state, now = FRESH, 0
    asked = dict(throttles)
    for number, step in enumerate(steps):
        now += step
        if number in asked:
            state = throttled(state, limit, asked[number], now)
        count = 0
        promised, trying = tokens(state, limit, now), state
        while not waiting_time(trying, limit, now):
            trying = passed(trying, limit, now)
            count += 1
        assert promised == count <= limit.burst
        if count:
            state = passed(state, limit, now)


@given(LIMITS, STEPS)
def test_whoever_waits_as_told_passes(limit, steps) -> None:
    state, now = FRESH, 0
    for step in steps:
        now += step // 10
        now += waiting_time(state, limit, now)
        assert waiting_time(state, limit, now) == 0
        state = passed(state, limit, now)


@given(st.lists(st.tuples(st.integers(0, 3 * CLEAN), st.integers(0, 90 * SECOND)), max_size=30))
def test_an_adapting_rate_stays_between_the_slowest_and_its_own(moments) -> None:
    state, now = FRESH, 0
    for step, retry_after in moments:
        now += step
        before, blocked = rate(state, POST, now), now < state.blocked_until_ms
        state = throttled(state, POST, retry_after, now)
        after = rate(state, POST, now)
        assert SLOWEST <= after <= POST.per_second
        assert after == before if blocked else after == max(SLOWEST, before / 2)


def test_each_clean_minute_earns_a_twentieth_until_the_whole_rate_is_back() -> None:
    state = throttled(FRESH, POST, 10 * SECOND, 0)
    end = 10 * SECOND
    assert rate(state, POST, end + CLEAN - 1) == 2.0
    assert rate(state, POST, end + CLEAN) == pytest.approx(2.1)
    assert rate(state, POST, end + 14 * CLEAN) < POST.per_second
    assert rate(state, POST, end + 15 * CLEAN) == POST.per_second
    assert rate(state, POST, end + 10_000_000 * CLEAN) == POST.per_second


def test_a_clock_set_back_earns_nothing() -> None:
    assert rate(GateState(per_second=1.0, changed_ms=CLEAN), POST, 0) == 1.0


def test_answers_to_what_left_before_the_block_halve_nothing_more() -> None:
    once = throttled(FRESH, POST, 10 * SECOND, 0)
    twice = throttled(once, POST, 20 * SECOND, SECOND)
    assert (once.per_second, twice.per_second) == (2.0, 2.0)
    assert twice.blocked_until_ms == 21 * SECOND


def test_a_limit_that_slack_names_is_blocked_and_not_halved() -> None:
    assert throttled(FRESH, HISTORY, SECOND, 0) == replace(FRESH, blocked_until_ms=SECOND)
