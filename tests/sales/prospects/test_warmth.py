"""Warmth: the warmest first with the reason, phone before mail, nobody twice, nobody who was called today (39–41)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.prospects.warmth import (
    RESTS,
    Prospect,
    SignalKind,
    WarmSignal,
    asked_on,
    mix_of,
    warm,
    warmest,
)

TODAY = date(2026, 9, 14)
DAY = timedelta(days=1)


def signal(kind, days_ago=0):
    return WarmSignal(kind, TODAY - days_ago * DAY)


def prospect(key, *signals, **more):
    return Prospect(key, key, "", signals, **more)


def order(*prospects):
    return [one.prospect.key for one in warmest(prospects, TODAY)]


def test_the_warmest_stand_first():
    found = order(
        prospect("cold", signal(SignalKind.KNOWN, 7)),
        prospect("read", signal(SignalKind.CONTENT), signal(SignalKind.KNOWN, 7)),
        prospect("before", signal(SignalKind.BEFORE, 100)),
        prospect("introduced", signal(SignalKind.INTRODUCED, 2)),
        prospect("awake", signal(SignalKind.WOKE)),
        prospect("not now", signal(SignalKind.NOT_NOW)),
    )
    assert found == ["introduced", "read", "not now", "awake", "before", "cold"]


def test_reasons_add_up_and_the_strongest_is_said_first():
    both = prospect("both", signal(SignalKind.NOT_NOW, 10), signal(SignalKind.CONTENT, 1))
    one = prospect("one", signal(SignalKind.INTRODUCED, 25))
    assert order(one, both) == ["both", "one"]
    found = warm(both, TODAY)
    assert found is not None
    assert [each.kind for each in found.reasons] == [SignalKind.CONTENT, SignalKind.NOT_NOW]


def test_of_two_as_warm_who_has_a_number_is_first():
    mail = prospect("a", signal(SignalKind.ASKED), email="a@b.c")
    phone = prospect("b", signal(SignalKind.ASKED), phone="+1")
    never = prospect("c", signal(SignalKind.ASKED), phone="+1", takes_calls=False)
    assert order(mail, never, phone) == ["b", "a", "c"]


def test_of_new_leads_the_likelier_is_first():
    assert order(
        prospect("a", signal(SignalKind.ASKED), score=0.2), prospect("b", signal(SignalKind.ASKED), score=0.7)
    ) == ["b", "a"]


@pytest.mark.parametrize("kind", list(SignalKind))
def test_who_was_called_today_or_is_promised_something_is_off_the_list(kind):
    assert order(prospect("a", signal(kind), touched_on=TODAY)) == []
    assert order(prospect("a", signal(kind), promised_on=TODAY + DAY)) == []
    assert order(prospect("a", signal(kind), promised_on=TODAY)) == ["a"]


def test_a_lead_rests_after_a_call_and_a_deal_is_done_with():
    for kind, comes_back in ((SignalKind.ASKED, True), (SignalKind.NOT_NOW, False), (SignalKind.WOKE, False)):
        called = prospect("a", signal(kind, 10), touched_on=TODAY - RESTS)
        assert order(called) == []
        long_ago = prospect("a", signal(kind, 10), touched_on=TODAY - RESTS - DAY)
        assert bool(order(long_ago)) is comes_back


def test_what_came_since_the_call_counts():
    assert order(prospect("a", signal(SignalKind.WOKE, 1), touched_on=TODAY - 5 * DAY)) == ["a"]


def test_a_day_that_has_not_come_is_no_reason():
    assert order(prospect("a", signal(SignalKind.NOT_NOW, -1))) == []


def test_who_asked_a_month_ago_asked_before():
    assert asked_on(TODAY - 30 * DAY, TODAY) is SignalKind.ASKED
    assert asked_on(TODAY - 31 * DAY, TODAY) is SignalKind.BEFORE


def test_cold_names_are_told_apart():
    found = warmest(
        [
            prospect("a", signal(SignalKind.KNOWN)),
            prospect("b", signal(SignalKind.CONTENT), signal(SignalKind.KNOWN)),
        ],
        TODAY,
    )
    assert mix_of(found) == (1, 1)


signals = st.builds(signal, st.sampled_from(SignalKind), st.integers(-5, 400))
prospects = st.lists(
    st.builds(
        lambda number, some, phone, touched: prospect(
            f"lead:{number}",
            *some,
            phone=phone,
            touched_on=TODAY - touched * DAY if touched is not None else None,
        ),
        st.integers(0, 10_000),
        st.lists(signals, max_size=4),
        st.sampled_from(["", "+1"]),
        st.none() | st.integers(0, 30),
    ),
    max_size=12,
    unique_by=lambda one: one.key,
)


@given(prospects, st.randoms())
def test_the_order_of_what_is_found_does_not_matter(found, random):
    shuffled = list(found)
    random.shuffle(shuffled)
    ordered = warmest(found, TODAY)
    assert warmest(shuffled, TODAY) == ordered
    assert all(one.reasons and one.heat > 0 for one in ordered)
    assert all(len({each.kind for each in one.reasons}) == len(one.reasons) for one in ordered)


@given(signals, st.integers(1, 200))
def test_nothing_grows_warmer_by_waiting(one, days):
    if one.on <= TODAY:
        assert one.heat(TODAY + days * DAY) <= one.heat(TODAY)
