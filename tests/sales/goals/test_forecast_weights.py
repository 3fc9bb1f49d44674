"""How much each half of a forecast weighs: nothing before there is evidence, and then the half that was right."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sales.goals.backtest.methods import BLEND, FLOOR, HALF, SURVIVAL
from sales.goals.backtest.run import backtest
from sales.goals.forecast.chance import forecast, p_hit
from sales.goals.forecast.score import brier
from sales.goals.forecast.snapshot import snapshot_on
from sales.goals.forecast.weights import EVEN, LEAST_WEIGHED, PER_GOAL, ResolvedHalves, Weights, weights_of
from sales.goals.scoreboard.board import blended_anew, weights_by
from sales.goals.scoreboard.statement import SaidForecast
from sales.language.dates.period import quarter
from tests.sales.goals.test_backtest import sample

Q4 = quarter(4, 2024)
chances = st.floats(0, 1)


def came_out(right, wrong, goals=40, each=10):
    """Goals of which every second is hit: the floor said it with chance `wrong`, survival with `right`."""
    hits = [goal % 2 == 0 for goal in range(goals)]
    return [
        ResolvedHalves(goal, wrong if hit else 1 - wrong, right if hit else 1 - right, hit)
        for goal, hit in enumerate(hits)
        for _ in range(each)
    ]


def test_before_200_forecasts_nothing_moves_and_their_count_is_kept():
    """One fewer than 200 (#25) leaves both halves the same weight, however plain they are."""
    many = came_out(0.95, 0.2)
    assert weights_of(many[: LEAST_WEIGHED - 1]) == Weights(0.5, LEAST_WEIGHED - 1)
    assert not weights_of(many[: LEAST_WEIGHED - 1]).are_learned
    assert weights_of(many[:LEAST_WEIGHED]).survival > 0.9
    assert weights_of([]) == EVEN


def test_the_half_that_was_right_weighs_more_and_the_mirror_of_it_less():
    better = weights_of(came_out(0.9, 0.3)).survival
    worse = weights_of(came_out(0.3, 0.9)).survival
    assert better > 0.95
    assert worse == pytest.approx(1 - better)


def test_little_evidence_moves_little():
    """Halves that did nearly alike (#25) stay near one half, though their best blend in hindsight is one alone."""
    assert 0.5 < weights_of(came_out(0.61, 0.6)).survival < 0.75
    assert weights_of(came_out(0.6, 0.6)).survival == pytest.approx(0.5)


def test_days_of_few_goals_are_no_evidence_of_many():
    """Three goals forecast for months are three outcomes (#25), and weigh less than as many forecasts of forty."""
    few, many = came_out(0.7, 0.5, goals=4, each=300), came_out(0.7, 0.5, goals=40, each=30)
    assert len(few) == len(many)
    assert weights_of(few).survival < weights_of(many).survival
    assert weights_of(many).survival == weights_of(came_out(0.7, 0.5, goals=40, each=PER_GOAL)).survival


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 30), chances, chances, st.booleans()), min_size=1, max_size=25),
    st.randoms(),
)
def test_a_weight_is_a_share_and_the_order_of_the_record_is_nothing_to_it(rows, shuffler):
    found = [ResolvedHalves(*row) for row in rows * LEAST_WEIGHED]
    weights = weights_of(found)
    assert 0 <= weights.survival <= 1
    assert weights.resolved == len(found)
    shuffler.shuffle(found)
    assert weights_of(found).survival == pytest.approx(weights.survival)


def test_a_forecast_is_blended_by_its_teams_weights_and_says_so():
    known, day = snapshot_on(sample(), date(2024, 11, 5)), date(2024, 11, 5)
    even = forecast(known, "rep 0", 200_000_00, 50_000_00, Q4)
    told = forecast(known, "rep 0", 200_000_00, 50_000_00, Q4, weights=Weights(0.81, 2100))
    assert (told.floor, told.survival) == (even.floor, even.survival)
    assert told.chance == pytest.approx(0.19 * told.floor + 0.81 * told.survival)
    assert even.chance == pytest.approx((even.floor + even.survival) / 2)
    said = (
        "By how 2,100 of the team's forecasts came out, open and new deals weigh 81% and the rate alone 19%: "
    )
    assert told.why()[-1] == f"{said}together {told.figure}."
    ahead = known.ahead(Q4, weights=Weights(0.81, 2100))
    deals = known.book.open_deals["rep 0"]
    assert p_hit(ahead, "rep 0", told.gap, ahead.bets(deals)) == pytest.approx(told.chance)
    assert known.ahead(Q4).weights == EVEN
    assert day == known.today


def test_kept_forecasts_teach_the_weights_and_are_blended_anew_by_them():
    kept = [
        SaidForecast(at // 10, "R", Q4.end, 100, 0.5, 0.5, 0.0, 0.0, None, at % 20 < 10, low, high)
        for at in range(400)
        for low, high in [(0.4, 0.9) if at % 20 < 10 else (0.6, 0.1)]
    ]
    without = kept[0]._replace(survival=None)
    weights = weights_by([*kept, without])
    assert weights.resolved == 400
    assert weights.survival > 0.9
    anew = blended_anew([kept[0], without], weights)
    assert [one.chance for one in anew] == [weights.of(0.4, 0.9), 0.5]


@pytest.mark.large
def test_in_a_backtest_a_quarter_is_weighed_by_those_before_it_alone():
    """As of its day (#25): the first quarter by halves, each other by what had come out before it began."""
    found = backtest(sample(days=640))
    quarters = list(found.weights)
    assert found.weights[quarters[0]] == EVEN
    counts = [found.weights[one].resolved for one in quarters]
    assert counts == sorted(counts)
    assert counts[-1] == sum(case.period != quarters[-1] for case in found.cases)
    first = [case.period == quarters[0] for case in found.cases]
    assert [one for one, is_first in zip(found.chances[BLEND], first, strict=True) if is_first] == [
        one for one, is_first in zip(found.chances[HALF], first, strict=True) if is_first
    ]
    best = min(brier(found.resolved(one)) for one in (FLOOR, SURVIVAL))
    assert brier(found.resolved(BLEND)) <= best + 0.005
