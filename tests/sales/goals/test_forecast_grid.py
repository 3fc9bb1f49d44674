"""Sums of uncertain amounts: against every case counted out, and laws that hold for any amounts."""

from itertools import product
from math import comb, exp, factorial, lgamma

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sales.goals.forecast.chance import by_rate
from sales.goals.forecast.grid import (
    CELLS,
    common_unit,
    grid,
    negative_binomial_sum,
    poisson_sum,
    sizes_on,
    tails,
)
from sales.goals.forecast.rates import Ahead
from sales.goals.forecast.sums import MOST_SUMS, OpenDealOutcome, counted_wins

NOTHING = Ahead(0.0, 0.0)


def counted_out(gap: float, bets: list[OpenDealOutcome]) -> float:
    """P(sum ≥ gap) from every way the bets can end."""
    total = 0.0
    for ends in product([True, False], repeat=len(bets)):
        if sum(bet.value for bet, won in zip(bets, ends, strict=True) if won) >= gap:
            weight = 1.0
            for bet, won in zip(bets, ends, strict=True):
                weight *= bet.chance if won else 1 - bet.chance
            total += weight
    return total


def negative_binomial(size: float, scale: float, count: int) -> float:
    ways = exp(lgamma(size + count) - lgamma(size) - lgamma(count + 1))
    return ways * (scale / (1 + scale)) ** count / (1 + scale) ** size


def test_amounts_of_one_unit_are_summed_exactly():
    assert common_unit([40_000_00, 120_000_00]) == 40_000_00
    assert common_unit([0.5]) == common_unit([]) == 0
    lattice = grid(100_000_00, [40_000_00, 120_000_00])
    assert (lattice.cells, lattice.exact) == (3, True)
    assert lattice.cells_for(80_000_01) == 3
    assert grid(100_000_01, [7, 11]).cells == CELLS
    with pytest.raises(ValueError, match="above 0"):
        grid(0, [1])


def test_a_split_amount_keeps_its_mean():
    lattice = grid(1000, [123.4])
    sizes = sizes_on(lattice, [(123.4, 3), (2.9, 1)])
    assert sum(place * lattice.cell * mass for place, mass in enumerate(sizes)) == pytest.approx(
        (3 * 123.4 + 2.9) / 4
    )
    assert sizes_on(grid(10, [25.0]), [(25.0, 1)])[-1] == 1


def test_a_negative_binomial_count_of_ones_is_itself():
    sizes = sizes_on(grid(20, [1]), [(1, 1)])
    found = negative_binomial_sum(2.5, 1.7, sizes)
    assert found == pytest.approx([negative_binomial(2.5, 1.7, count) for count in range(20)])


def test_a_poisson_count_of_ones_is_itself():
    found = poisson_sum(4.2, sizes_on(grid(15, [1]), [(1, 1)]))
    assert found == pytest.approx([exp(-4.2) * 4.2**count / factorial(count) for count in range(15)])


def test_a_compound_is_what_counting_it_out_gives():
    amounts = [(1, 0.5), (3, 0.3), (4, 0.2)]
    by_count, expected = [1.0] + [0.0] * 9, [0.0] * 10
    for count in range(10):
        for amount, mass in enumerate(by_count):
            expected[amount] += negative_binomial(0.8, 1.3, count) * mass
        by_count = [
            sum(weight * by_count[amount - size] for size, weight in amounts if amount >= size)
            for amount in range(10)
        ]
    found = negative_binomial_sum(0.8, 1.3, sizes_on(grid(10, [1, 3, 4]), amounts))
    assert found == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("mean", [300, 3000])
def test_many_events_are_no_trouble(mean):
    sizes = sizes_on(grid(mean, [1, 2]), [(1, 1.0)])
    at_least = tails(negative_binomial_sum(1e7, mean / 1e7, sizes))[-1]
    assert at_least == pytest.approx(0.5, abs=0.03)


def test_three_deals_of_a_third_each_need_all_three():
    bets = [OpenDealOutcome(0.5, 40_000_00)] * 3
    assert by_rate([120_000_00], NOTHING, (), bets) == pytest.approx([0.125])
    assert by_rate([120_000_01], NOTHING, (), bets) == pytest.approx([0.0])
    assert by_rate([80_000_01], NOTHING, (), bets) == pytest.approx([0.125])
    assert by_rate([80_000_00], NOTHING, (), bets) == pytest.approx([0.5])


def test_wins_among_alike_deals_are_binomial():
    assert counted_wins(5, 0.3, 5) == pytest.approx([comb(5, k) * 0.3**k * 0.7 ** (5 - k) for k in range(6)])
    assert counted_wins(3, 1.0, 3) == [0, 0, 0, 1]
    assert counted_wins(3, 1.0, 2) == [0, 0, 0]
    assert sum(counted_wins(50_000, 0.2, 50_000)) == pytest.approx(1, abs=1e-9)


def test_many_different_deals_go_onto_the_grid_and_stay_right():
    bets = [OpenDealOutcome(0.2 + 0.03 * place, 1000 + 137.3 * place) for place in range(14)]
    assert 2 ** len(bets) > MOST_SUMS
    for gap in (3000, 9000, 14000):
        assert by_rate([gap], NOTHING, (), bets)[0] == pytest.approx(counted_out(gap, bets), abs=0.005)


def test_no_gap_is_reached_and_nothing_reaches_none():
    assert by_rate([0, -5], NOTHING, (), []) == [1, 1]
    assert by_rate([10], NOTHING, (), []) == [0]
    assert by_rate([10], NOTHING, (), [OpenDealOutcome(1.0, 10)]) == [1]
    assert by_rate([10], NOTHING, (), [OpenDealOutcome(0.5, 0)]) == [0]


def test_one_grid_serves_several_gaps_about_as_well_as_one_for_each():
    amounts = [(55.0, 5.0), (550.0, 4.0), (4821.3, 3.0), (26_768.7, 1.0)]
    bets = [OpenDealOutcome(0.1 + 0.01 * place, 500 + 211.7 * place) for place in range(30)]
    gaps = [12_000, 30_000, 42_000, 60_000, 2_000]
    together = by_rate(gaps, Ahead(9.5, 1.1), amounts, bets)
    alone = [by_rate([gap], Ahead(9.5, 1.1), amounts, bets)[0] for gap in gaps]
    assert together == pytest.approx(alone, abs=0.005)


def test_fifty_thousand_deals_are_put_together_at_their_mean():
    crowd = [OpenDealOutcome(0.001 * (1 + place % 7), 1000 + place % 977) for place in range(50_000)]
    expected = sum(bet.chance * bet.value for bet in crowd)
    assert by_rate([0.8 * expected], NOTHING, (), crowd)[0] > 0.99
    assert by_rate([expected], NOTHING, (), crowd)[0] == pytest.approx(0.5, abs=0.03)
    assert by_rate([1.2 * expected], NOTHING, (), crowd)[0] < 0.01


BETS = st.lists(
    st.builds(OpenDealOutcome, st.floats(0, 1), st.integers(0, 5_000)), max_size=6
)  # 64 sums, another makes 128: all are kept
COMING = st.builds(Ahead, st.floats(0.1, 40), st.floats(0, 3))
AMOUNTS = st.lists(st.tuples(st.integers(1, 4_000), st.floats(0.1, 5)), min_size=1, max_size=5)


@settings(max_examples=40, deadline=None)
@given(gap=st.integers(1, 30_000), bets=BETS)
def test_open_deals_alone_are_counted_out_exactly(gap, bets):
    assert by_rate([gap], NOTHING, (), bets)[0] == pytest.approx(counted_out(gap, bets), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(gaps=st.tuples(*[st.integers(1, 30_000)] * 2), bets=BETS, coming=COMING, amounts=AMOUNTS)
def test_more_to_reach_is_never_likelier(gaps, bets, coming, amounts):
    low, high = sorted(gaps)
    near = by_rate([low], coming, amounts, bets)[0]
    far = by_rate([high], coming, amounts, bets)[0]
    assert -1e-9 <= far <= near + 1e-9
    assert near <= 1


@settings(max_examples=40, deadline=None)
@given(
    gap=st.integers(1, 30_000),
    bets=BETS,
    one=st.builds(OpenDealOutcome, st.floats(0, 1), st.integers(0, 5_000)),
    coming=COMING,
    amounts=AMOUNTS,
)
def test_another_open_deal_never_hurts(gap, bets, one, coming, amounts):
    without = by_rate([gap], coming, amounts, bets)[0]
    assert by_rate([gap], coming, amounts, [*bets, one])[0] >= without - 1e-9
