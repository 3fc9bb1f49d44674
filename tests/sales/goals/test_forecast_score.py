"""Scores of forecasts, and putting chances right once enough have come out."""

from math import log
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sales.goals.forecast.calibration import EDGE, LEAST_RESOLVED, Calibration, calibration
from sales.goals.forecast.score import Interval, Resolved, brier, difference, log_loss, reliability, score


def drawn(reps: int, each: int, bias: float = 0.0, seed: int = 7) -> list[Resolved]:
    """Forecasts that come true as often as they say, but for a bias on what is said."""
    draw, made = Random(seed), []
    for rep in range(reps):
        for _ in range(each):
            chance = draw.random()
            made.append(Resolved(f"rep {rep}", min(1.0, max(0.0, chance + bias)), draw.random() < chance))
    return made


def test_scores_by_hand():
    some = [Resolved("a", 0.8, True), Resolved("a", 0.3, False), Resolved("b", 0.6, False)]
    assert brier(some) == pytest.approx((0.04 + 0.09 + 0.36) / 3)
    assert log_loss(some) == pytest.approx(-(log(0.8) + log(0.7) + log(0.4)) / 3)
    found = score(some)
    assert found.ece == pytest.approx((0.2 + 0.3 + 0.6) / 3)
    assert found.hit_rate == pytest.approx(1 / 3)
    assert found.skill(found) == 0


def test_bins_hold_what_was_said_and_what_came():
    bins = reliability([Resolved("a", 1.0, True), Resolved("a", 0.95, False), Resolved("a", 0.04, False)])
    assert [(each.low, each.size) for each in bins] == [(0.0, 1), (0.9, 2)]
    assert bins[1].gap == pytest.approx(0.475)


def test_being_sure_and_wrong_costs_as_much_as_the_least_ever_shown():
    assert log_loss([Resolved("a", 0.0, True)]) == pytest.approx(-log(0.01))


def test_an_interval_is_the_same_each_time_and_holds_the_score():
    found = score(drawn(20, 30))
    assert found.brier == score(drawn(20, 30)).brier
    assert found.brier.low < found.brier.value < found.brier.high
    assert found.ece < 0.08


def test_the_better_of_two_is_told_from_the_worse_and_not_from_itself():
    ours = drawn(20, 30)
    theirs = [Resolved(one.rep, 1 - one.chance, one.hit) for one in ours]
    assert difference(ours, theirs).high < 0
    assert difference(ours, theirs).leaves_out_zero
    assert difference(ours, ours) == Interval(0, 0, 0)
    assert not difference(ours, ours).leaves_out_zero
    with pytest.raises(ValueError, match="not forecasts of the same"):
        difference(ours, drawn(20, 30, seed=8))


def test_nothing_is_no_score():
    with pytest.raises(ValueError, match="nothing to score"):
        score([])


def test_chances_are_put_right_only_past_two_hundred():
    skewed = drawn(10, 60, bias=0.2)
    assert calibration(skewed[: LEAST_RESOLVED - 1]) is None
    found = calibration(skewed)
    assert found.shift < 0
    better = [Resolved(one.rep, found.of(one.chance), one.hit) for one in skewed]
    assert brier(better) < brier(skewed)
    assert [found.of(chance) for chance in (0, 1)] == [0, 1]
    assert found.of(0.3) < found.of(0.4)


def test_good_forecasts_are_left_about_as_they_are():
    found = calibration(drawn(20, 100))
    assert all(abs(found.of(chance) - chance) < 0.05 for chance in (0.1, 0.3, 0.5, 0.7, 0.9))
    assert calibration([Resolved("a", 0.5, True)] * 500) is None


@given(st.floats(0.001, 0.999), st.floats(-2, 2), st.floats(0, 3, exclude_min=True))
@example(0.999, 0.0, 0.203125)
@example(0.001, 0.0, 0.203125)
@example(0.999, 0.0, 5e-324)
def test_what_is_put_right_to_a_chance_is_found_again(chance, shift, slope):
    """However flat the line: at its ends, where no chance leads further, the end itself is found."""
    right = Calibration(shift, slope, 200)
    within = min(right.of(1 - EDGE), max(right.of(EDGE), chance))
    assert right.of(right.before(chance)) == pytest.approx(within)


def test_the_ends_of_a_flat_line_are_as_far_as_the_way_back_goes():
    flat = Calibration(0, 0.203125, 200)
    assert (flat.before(0.999), flat.before(0.001)) == (1 - EDGE, EDGE)
    assert flat.of(flat.before(0.98)) == pytest.approx(0.98)


def test_a_line_that_says_nothing_of_order_leads_nowhere_back():
    assert Calibration(0.3, 0.0, 200).before(0.5) == 0.5
