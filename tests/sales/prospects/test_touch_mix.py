"""Warm and cold: each side with its yield, and no claim that chance makes (#43)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.pipeline.phone_first import DealAtWork
from sales.prospects.touch_mix import (
    MixVerdict,
    ProspectTouch,
    SideYield,
    TouchMix,
    TouchSide,
    WarmSpan,
    set_apart_by_chance,
    touch_mix,
)

TODAY = date(2026, 9, 14)
DAY = timedelta(days=1)
THEN = TODAY - 60 * DAY


def worked(warm, cold, warm_deals, cold_deals):
    touches = [ProspectTouch("Alder", THEN + (one % 20) * DAY) for one in range(warm)]
    touches += [ProspectTouch("Birch", THEN + (one % 20) * DAY) for one in range(cold)]
    opened = THEN + 30 * DAY
    deals = [DealAtWork((f"Alder {one}", "Alder"), opened, None) for one in range(warm_deals)]
    deals += [DealAtWork((f"Birch {one}", "Birch"), opened, None) for one in range(cold_deals)]
    return touch_mix(touches, [WarmSpan("ALDER", THEN - 9 * DAY)], deals, TODAY)


def test_both_sides_with_their_yield():
    mix = worked(50, 100, 5, 1)
    assert (mix.warm, mix.cold) == (SideYield(50, 5), SideYield(100, 1))
    assert (mix.warm.per_hundred, mix.cold.per_hundred) == (10.0, 1.0)
    assert mix.share(TouchSide.COLD) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        ((0, 0, 0, 0), MixVerdict.NOTHING),
        ((4, 3, 1, 0), MixVerdict.TOO_FEW),
        ((29, 300, 9, 3), MixVerdict.TOO_FEW),
        ((60, 60, 2, 1), MixVerdict.ALIKE),
        ((60, 60, 0, 0), MixVerdict.ALIKE),
        ((30, 300, 9, 3), MixVerdict.WARM_PAYS),
        ((300, 30, 3, 9), MixVerdict.COLD_PAYS),
    ],
)
def test_what_may_be_said(counts, verdict):
    assert worked(*counts).verdict is verdict


def test_mostly_cold_is_pointed_out_only_where_warm_pays():
    assert worked(30, 300, 9, 3).is_mostly_cold
    assert not worked(300, 30, 90, 0).is_mostly_cold
    assert not worked(60, 300, 2, 9).is_mostly_cold


def test_work_on_an_open_deal_is_on_neither_side():
    deal = DealAtWork(("Alder",), THEN - 5 * DAY, None)
    mix = touch_mix([ProspectTouch("Alder", THEN, 9)], [], [deal], TODAY)
    assert (mix.touches, mix.at_work) == (0, 9)


def test_touches_of_the_last_two_weeks_wait_with_what_follows_them():
    mix = touch_mix(
        [ProspectTouch("Alder", TODAY - 13 * DAY)], [], [DealAtWork(("Alder",), TODAY - 5 * DAY, None)], TODAY
    )
    assert (mix.touches, mix.cold.deals, mix.fresh) == (0, 0, 1)


def test_a_deal_is_the_last_touchs_before_it():
    """Cold until they asked, warm from then on: the deal is the warm touch's."""
    touches = [ProspectTouch("Alder", THEN), ProspectTouch("Alder", THEN + 10 * DAY)]
    mix = touch_mix(
        touches, [WarmSpan("Alder", THEN + 5 * DAY)], [DealAtWork(("Alder",), THEN + 20 * DAY, None)], TODAY
    )
    assert (mix.warm, mix.cold) == (SideYield(1, 1), SideYield(1, 0))


def test_what_was_opened_long_after_has_other_causes():
    mix = touch_mix(
        [ProspectTouch("Alder", TODAY - 120 * DAY)],
        [],
        [DealAtWork(("Alder",), TODAY - 59 * DAY, None)],
        TODAY,
    )
    assert mix.cold == SideYield(1, 0)


def test_whoever_read_something_is_a_stranger_again_after_a_while():
    span = WarmSpan("Alder", THEN - 90 * DAY, THEN - DAY)
    mix = touch_mix([ProspectTouch("Alder", THEN)], [span], [], TODAY)
    assert mix.cold.touches == 1


@given(st.integers(0, 40), st.integers(1, 400), st.integers(0, 40), st.integers(1, 400))
def test_chance_is_a_probability_and_the_same_both_ways(a, n, b, m):
    one, other = SideYield(n, a), SideYield(m, b)
    p = set_apart_by_chance(one, other)
    assert 0.0 <= p <= 1.0
    assert set_apart_by_chance(other, one) == pytest.approx(p)


@pytest.mark.parametrize(("one", "other", "p"), [((50, 5), (100, 1), 0.0178), ((60, 2), (60, 1), 1.0)])
def test_the_exact_test_as_tables_have_it(one, other, p):
    """Of six deals five with a third of the touches: 6·(1/3)⁵·(2/3) + (1/3)⁶ = .0178 at one end, none at the other."""
    assert set_apart_by_chance(SideYield(*one), SideYield(*other)) == pytest.approx(p, abs=0.0002)


def test_equal_rates_are_never_told_apart_by_much_data():
    side = SideYield(3000, 300)
    assert TouchMix(side, side, set_apart_by_chance(side, side)).verdict is MixVerdict.ALIKE
