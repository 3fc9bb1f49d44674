"""Backtests: the published table where the data is at hand, and small histories everywhere."""

from datetime import date, timedelta
from random import Random

import pytest

from sales.goals.backtest.design import DAYS, LEVELS, design
from sales.goals.backtest.methods import BLEND, CLIMATOLOGY, FLOOR, HARD, METHODS, SOFT, STAGES, SURVIVAL
from sales.goals.backtest.run import Backtest, backtest
from sales.goals.backtest.table import Table, table
from sales.goals.forecast.record import DealRecord
from sales.language.dates.period import quarter
from sales.pipeline.opportunity import Stage

START = date(2024, 1, 1)


@pytest.fixture(scope="module")
def published(crm, list_prices) -> tuple[Backtest, Table]:
    """The 1,800 forecasts of forecasts.md §2.7, by the product's own code."""
    stages = {"Won": Stage.WON, "Lost": Stage.LOST, "Engaging": Stage.OPEN, "Prospecting": Stage.SUSPECT}
    deals = [
        DealRecord(
            deal.agent,
            deal.product,
            deal.opened_on,
            deal.closed_on,
            stages[deal.stage],
            deal.value_minor if deal.closed_on else list_prices[deal.product],
        )
        for deal in crm
    ]
    found = backtest(deals)
    return found, table(found)


@pytest.mark.large
def test_the_design_is_the_published_one(published):
    found, _ = published
    assert len(found.cases) == 1800
    assert [each.label for each in found.plan.quarters] == ["Q3 2017", "Q4 2017"]
    assert round(sum(case.hit for case in found.cases) / 1800, 3) == 0.470
    assert found.too_early == 0


@pytest.mark.large
def test_the_products_forecast_is_as_good_as_promised(published):
    _, scored = published
    blend = scored.of(BLEND)
    assert blend.score.brier.value <= 0.125
    assert blend.score.log_loss <= 0.39
    assert blend.score.ece <= 0.08
    assert all(abs(each.gap) <= 0.15 for each in blend.score.bins if each.size >= 100)
    assert blend.skill > 0.4


@pytest.mark.large
def test_it_beats_both_naive_ways_beyond_chance(published):
    _, scored = published
    for naive in (SOFT, HARD, STAGES):
        assert scored.differences[naive].high < 0
    assert scored.of(BLEND).score.log_loss < min(
        scored.of(SOFT).score.log_loss, scored.of(STAGES).score.log_loss
    )


@pytest.mark.large
def test_it_does_not_claim_to_beat_its_own_half(published):
    _, scored = published
    assert not scored.differences[FLOOR].leaves_out_zero
    assert any(
        line.startswith(f"{FLOOR}: ") and line.endswith("not to be told apart.") for line in scored.verdict()
    )


@pytest.mark.large
def test_the_published_rows(published):
    _, scored = published
    briers = {row.method: round(row.score.brier.value, 4) for row in scored.rows}
    assert briers[CLIMATOLOGY] == 0.2225
    assert briers[STAGES] == pytest.approx(0.4094, abs=0.002)
    assert briers[FLOOR] == pytest.approx(0.1275, abs=0.003)
    assert briers[BLEND] == pytest.approx(0.1216, abs=0.001)
    assert scored.of(FLOOR).score.ece == pytest.approx(0.018, abs=0.002)
    ordered = [BLEND, FLOOR, SURVIVAL, SOFT, CLIMATOLOGY, STAGES]
    assert [briers[name] for name in ordered] == sorted(briers[name] for name in ordered)
    stages = scored.of(STAGES).by_day
    assert stages[0] < stages[75]
    assert scored.of(BLEND).by_day[75] < scored.of(BLEND).by_day[0]


def sample(reps: int = 6, days: int = 640, seed: int = 3) -> list[DealRecord]:
    """Reps of different pace; of the deals they open two in five are won, after 5 to 60 days."""
    draw, made = Random(seed), []
    for number in range(reps):
        day = 0
        while day < days:
            day += draw.randint(1, 8 + 2 * number)
            opened, age = START + timedelta(day), draw.randint(5, 60)
            ends = draw.choices([Stage.WON, Stage.LOST, Stage.OPEN], [4, 4, 2])[0]
            if opened + timedelta(age) > START + timedelta(days):
                ends = Stage.OPEN
            closed = opened + timedelta(age) if ends is not Stage.OPEN else None
            made.append(
                DealRecord(f"rep {number}", "A", opened, closed, ends, draw.choice([5_000_00, 20_000_00]))
            )
    return made


@pytest.fixture(scope="module")
def small() -> Backtest:
    return backtest(sample())


def test_every_method_says_a_chance_of_every_case(small):
    assert small.cases
    assert set(small.chances) == set(METHODS)
    for said in small.chances.values():
        assert len(said) == len(small.cases)
        assert all(0 <= chance <= 1 for chance in said)


def test_the_quarters_are_those_on_record_whole(small):
    assert [each.label for each in small.plan.quarters] == [
        "Q3 2024",
        "Q4 2024",
        "Q1 2025",
        "Q2 2025",
        "Q3 2025",
    ]
    assert {case.day for case in small.cases} <= set(DAYS)
    assert {case.level for case in small.cases} == set(LEVELS)
    fiscal = design(sample(), fiscal_year_start=2)
    assert fiscal.quarters[0].label == "Q2 FY2025"
    assert fiscal.quarters[0].start == date(2024, 5, 1)


def test_nothing_later_than_its_day_is_used():
    deals = sample(reps=3, days=460)
    first = backtest(deals)
    cut = quarter(4, 2024).start + timedelta(days=30)
    day = [place for place, case in enumerate(first.cases) if case.today == cut]
    changed = [deal._replace(product="B", value=1.0) if deal.opened_on > cut else deal for deal in deals]
    again = backtest(changed)
    same = {(case.rep, case.level): place for place, case in enumerate(again.cases) if case.today == cut}
    assert day
    for place in day:
        case = first.cases[place]
        assert again.chances[BLEND][same[case.rep, case.level]] == first.chances[BLEND][place]


def test_the_table_has_a_row_for_every_method(small):
    scored = table(small)
    assert [row.method for row in scored.rows] == list(METHODS)
    assert scored.of(CLIMATOLOGY).skill == 0
    assert scored.of(CLIMATOLOGY).score.ece == pytest.approx(0, abs=0.2)
    assert all(row.score.brier.low <= row.score.brier.value <= row.score.brier.high for row in scored.rows)
    assert all(line.endswith((".",)) for line in scored.verdict())
    assert scored == table(small)


def test_a_forecast_that_lost_is_said_to_have(small):
    worse = Backtest(small.plan, small.cases, dict(small.chances), small.too_early, small.weights)
    worse.chances[BLEND] = [float(not case.hit) for case in small.cases]
    assert all(line.endswith("worse.") for line in table(worse).verdict())


@pytest.mark.parametrize(
    ("deals", "why"),
    [
        ([], "No deal has closed"),
        ([DealRecord("a", None, START, None, Stage.OPEN, 1)], "No deal has closed"),
        (sample(days=150), "two whole quarters"),
        (
            [DealRecord("a", None, START, START + timedelta(n), Stage.LOST, 0) for n in range(1, 300)],
            "No rep won anything",
        ),
    ],
    ids=["nothing", "one open deal", "five months", "only lost"],
)
def test_too_short_a_history_says_why(deals, why):
    found = backtest(deals)
    assert not found.cases
    assert why in found.why_none
    with pytest.raises(ValueError, match=why):
        table(found)


def test_days_with_too_few_wins_are_left_out_and_counted():
    few = [DealRecord("a", None, START, START + timedelta(n), Stage.WON, 100) for n in (2, 50, 120, 180)]
    found = backtest(few)
    assert found.too_early == len(found.plan.cases) > 0
    assert "which a forecast takes" in found.why_none
