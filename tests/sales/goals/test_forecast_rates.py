"""Rates leaning on the team's, phases of a period, and the chances of open deals by their age."""

from datetime import date, timedelta
from statistics import mean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.goals.forecast.hazards import DealChances, Hazards, Window, hazards_of
from sales.goals.forecast.phase import Phases, even, phases_of
from sales.goals.forecast.rates import HALF_EVENT, Count, fit
from sales.goals.forecast.record import MOST_SIZES, Gain, past_of
from sales.language.dates.period import PeriodKind, quarter
from sales.pipeline.cycle import cycle_as_of

DAY = date(2017, 1, 2)
YEAR_END = date(2017, 12, 31)


def test_equal_exposures_give_the_published_moments():
    counts = [3, 9, 4, 14, 8, 2]
    found = fit([Count(n, 100.0) for n in counts])
    m, s2 = mean(counts), variance(counts)
    assert found.alpha == pytest.approx(m * m / (s2 - m))
    assert found.beta == pytest.approx(m / (s2 - m) * 100)
    ahead = found.ahead(Count(9, 100.0), 50.0)
    assert ahead.mean == pytest.approx((found.alpha + 9) * 50 / (found.beta + 100))


def test_counts_that_differ_by_chance_alone_share_one_rate():
    found = fit([Count(5, 100.0), Count(6, 100.0), Count(5, 100.0)])
    assert found.is_shared
    assert found.ahead(Count(5, 100.0), 30.0).mean == pytest.approx((16 + HALF_EVENT) * 30 / 300)


def test_one_rep_has_their_own_rate_and_its_uncertainty():
    found = fit([Count(3, 90.0)])
    ahead = found.ahead(Count(3, 90.0), 90.0)
    assert (found.is_shared, ahead.size, ahead.scale) == (True, 3.5, 1.0)
    assert fit([]) is None
    assert fit([Count(0, 0.0)]) is None


def test_somebody_new_is_like_the_team():
    found = fit([Count(n, 100.0) for n in (3, 9, 4, 14, 8, 2)])
    assert found.ahead(Count(0, 0.0), 100.0).mean == pytest.approx(mean((3, 9, 4, 14, 8, 2)))


@given(own=st.integers(0, 60), more=st.integers(1, 20))
def test_more_events_of_ones_own_never_lower_what_is_expected(own, more):
    found = fit([Count(n, 100.0) for n in (3, 9, 4, 14, 8, 2)])
    assert found.ahead(Count(own + more, 100.0), 30).mean > found.ahead(Count(own, 100.0), 30).mean


def test_thirds_of_a_quarter_by_hand():
    q4 = quarter(4, 2017)
    days = {q4.start + timedelta(n): 1 for n in (0, 30, 31, 91)}
    found = phases_of(PeriodKind.QUARTER, days, q4.start, q4.end)
    assert found.multipliers == pytest.approx(
        ((2 + 10) / (4 * 31 / 92 + 10), (1 + 10) / (4 * 31 / 92 + 10), (1 + 10) / (4 * 30 / 92 + 10))
    )
    assert found.exposure(q4.start, q4.end) == pytest.approx(sum(found.each_day(q4.start, q4.end)))
    assert len(found.each_day(q4.start, q4.end)) == 92
    assert found.each_day(q4.end, q4.start) == []


@pytest.mark.parametrize("kind", list(PeriodKind))
@pytest.mark.parametrize("first_month", [1, 2, 12])
def test_every_kind_of_period_has_phases(kind, first_month):
    days = {DAY + timedelta(n): 1 for n in range(0, 300, 3)}
    found = phases_of(kind, days, DAY, DAY + timedelta(299), first_month)
    assert all(0.7 < each < 1.4 for each in found.multipliers)
    assert len(found.each_day(DAY, DAY + timedelta(99))) == 100


def test_a_record_that_never_saw_a_third_says_nothing_of_it():
    start = date(2017, 10, 1)
    found = phases_of(PeriodKind.QUARTER, {start: 50}, start, start + timedelta(9))
    assert found.multipliers[1:] == (1.0, 1.0)


def test_phases_are_seen_in_the_data(crm):
    won = {}
    for deal in crm:
        if deal.stage == "Won":
            won[deal.closed_on] = won.get(deal.closed_on, 0) + 1
    first, second, third = phases_of(PeriodKind.QUARTER, won, date(2017, 3, 1), YEAR_END).multipliers
    assert first < second < third
    assert (first, third) == (pytest.approx(0.69, abs=0.01), pytest.approx(1.23, abs=0.01))


def test_without_phase_a_chance_is_the_cycles(spans):
    cycle = cycle_as_of(spans, YEAR_END, delayed_entry=False)
    chances = DealChances(hazards_of(cycle), Window((1.0,) * 30))
    assert {age: round(chances.of(age), 3) for age in (0, 14, 60, 75, 105)} == {
        0: 0.219, 14: 0.068, 60: 0.241, 75: 0.304, 105: 0.206,
    }  # fmt: skip
    assert 0 < chances.of(139) < 0.01
    assert chances.of(139) == chances.of(100_000)


def test_a_chance_by_hand():
    hazards = Hazards((0.0, 0.1, 0.2, 0.3), (0.0, 0.05, 0.05, 0.05), tail=0.01)
    window = Window((2.0, 1.0, 1.0))
    first, second = 0.2, (1 - 0.2 - 0.05) * 0.2
    third = (1 - 0.2 - 0.05) * (1 - 0.2 - 0.05) * 0.3
    assert DealChances(hazards, window).of(0) == pytest.approx(first + second + third)
    assert DealChances(hazards, Window((2.0, 1.0, 1.0), first=1)).of(0) == pytest.approx(second + third)
    assert DealChances(hazards, window).of(50) == pytest.approx(0.02 + 0.98 * 0.01 + 0.98 * 0.99 * 0.01)
    assert DealChances(hazards, window).of(0, kept=True) == pytest.approx(0.2 + 0.8 * 0.2 + 0.8 * 0.8 * 0.3)
    assert DealChances(hazards, window).of(0, readiness=2) > first + second + third
    assert DealChances(hazards, Window(())).of(0) == 0


def test_new_deals_opened_day_by_day():
    chances = DealChances(Hazards((0.0,), (0.0,), 0.0), Window((1.0, 1.0, 2.0)))
    assert chances.new_wins([0.1, 0.25, 0.3]) == pytest.approx(0.1 + 0.25 + 2 * 0.3)


def test_a_record_is_condensed_without_moving_its_mean():
    gains = [Gain("a", DAY, float(amount)) for amount in range(1, 1001)]
    past = past_of(gains, DAY)
    sizes = past.sizes[None]
    assert len(sizes) <= MOST_SIZES
    assert sum(amount * times for amount, times in sizes) == pytest.approx(500_500)
    assert past_of(gains, DAY - timedelta(1)) is None


def test_even_phases_change_nothing():
    assert even().exposure(DAY, DAY + timedelta(9)) == 10
    assert Phases(PeriodKind.MONTH, 1, (2.0, 1.0, 0.5)).exposure(date(2017, 9, 1), date(2017, 9, 30)) == 35
