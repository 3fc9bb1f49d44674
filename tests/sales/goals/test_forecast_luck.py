"""Luck or cause: what chance alone gives, win rates that cannot be told apart, and month ends."""

import csv
from collections import Counter
from datetime import date
from math import inf

import pytest

from sales.distributions import (
    chi_square_above,
    gamma_above,
)
from sales.goals.forecast.luck import LUCK_FROM, luck_of_amount
from sales.goals.forecast.rates import Ahead
from sales.language.figures import one_in
from sales.pipeline.discount import Sale, month_end
from sales.pipeline.win_rate import Decided, compare
from tests.sales.conftest import CRM


def test_known_values_of_the_laws():
    assert chi_square_above(3.841458820694124, 1) == pytest.approx(0.05)
    assert chi_square_above(42.55696780429269, 29) == pytest.approx(0.05)
    assert chi_square_above(0, 5) == chi_square_above(3, 0) == 1
    assert gamma_above(2.5, 400) == pytest.approx(0)


ONE_EACH = [(1.0, 1.0)]  # what counts as itself


def at_most(count, size, scale):
    """P(a negative binomial count ≤ count), added up term by term."""
    term, total = (1 + scale) ** -size, 0.0
    for n in range(count + 1):
        total += term
        term *= (size + n) / (n + 1) * scale / (1 + scale)
    return total


def test_three_wins_where_six_were_expected_is_luck():
    found = luck_of_amount(3, Ahead(30.0, 0.2), ONE_EACH)
    assert (found.actual, found.expected) == (3, 6)
    assert found.share >= LUCK_FROM
    assert found.share == pytest.approx(0.1764, abs=1e-4)
    assert one_in(found.share) == "1 time in 6"


def test_a_gap_that_chance_hardly_gives_has_a_cause():
    assert luck_of_amount(2, Ahead(300.0, 0.05), ONE_EACH).share < LUCK_FROM
    good = luck_of_amount(30, Ahead(300.0, 0.05), ONE_EACH)
    assert good.share == pytest.approx(1 - at_most(29, 300, 0.05))


def test_amounts_come_about_as_the_counts_do_where_every_win_is_alike():
    expected = Ahead(12.0, 0.5)
    for count in (0, 3, 6, 11):
        by_amount = luck_of_amount(count * 1000, expected, [(1000.0, 1.0)])
        share = at_most(count, 12, 0.5) if count < 6 else 1 - at_most(count - 1, 12, 0.5)
        assert by_amount.share == pytest.approx(share, abs=1e-9)
    assert luck_of_amount(0, Ahead(0, 0), [(1000.0, 1.0)]).share == 1


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.125, "1 time in 8"),
        (0.0001, "less than 1 time in 1,000"),
        (0.6, "6 times in 10"),
        (0.97, "nearly every time"),
    ],
)
def test_a_chance_as_people_picture_it(chance, words):
    assert one_in(chance) == words


def decided(keys, outcomes) -> dict[str, Decided]:
    won, closed = Counter(), Counter()
    for key, outcome in zip(keys, outcomes, strict=True):
        closed[key] += 1
        won[key] += outcome
    return {key: Decided(won[key], closed[key]) for key in closed}


def test_thirty_agents_are_not_ranked(crm):
    done = [deal for deal in crm if deal.stage in {"Won", "Lost"}]
    found = compare(decided([deal.agent for deal in done], [deal.stage == "Won" for deal in done]))
    assert (found.degrees, round(found.chi_square, 1), round(found.p_value, 2)) == (29, 33.3, 0.26)
    shrunk = sorted(rate.shrunk for rate in found.rates)
    assert (round(shrunk[0], 3), round(shrunk[-1], 3)) == (0.626, 0.636)
    assert found.weight == pytest.approx(3064, rel=0.02)
    assert not found.can_rank
    assert [rate.name for rate in found.rates] == sorted(rate.name for rate in found.rates)
    assert not any(rate.side for rate in found.rates)
    assert found.why()[1].endswith("They cannot be told apart, so they are not ranked.")


def test_sectors_are_not_ranked(crm):
    with (CRM / "accounts.csv").open(newline="") as rows:
        sectors = {row["account"]: row["sector"] for row in csv.DictReader(rows)}
    with (CRM / "sales_pipeline.csv").open(newline="") as rows:
        done = [
            row for row in csv.DictReader(rows) if row["deal_stage"] in {"Won", "Lost"} and row["account"]
        ]
    found = compare(
        decided([sectors[row["account"]] for row in done], [row["deal_stage"] == "Won" for row in done])
    )
    assert (found.degrees, round(found.chi_square, 2), round(found.p_value, 2)) == (9, 2.83, 0.97)
    assert found.weight == inf
    assert not found.can_rank


def test_rates_that_do_differ_are_ranked_and_the_sure_ones_named():
    found = compare({"a": Decided(30, 100), "b": Decided(70, 100), "c": Decided(52, 100), "d": Decided(2, 3)})
    assert found.can_rank
    assert [rate.name for rate in found.rates] == ["b", "c", "a"]
    assert [rate.side for rate in found.rates] == ["above", "", "below"]
    assert found.too_few == ("d",)
    assert all(min(rate.raw, found.mean) <= rate.shrunk <= max(rate.raw, found.mean) for rate in found.rates)
    assert "b above and a below" in found.why("sources")[1]


@pytest.mark.parametrize(
    "counts",
    [
        {},
        {"a": Decided(5, 20)},
        {"a": Decided(0, 50), "b": Decided(0, 50)},
        {"a": Decided(1, 1), "b": Decided(0, 1)},
    ],
)
def test_too_little_to_compare_is_said(counts):
    found = compare(counts)
    assert not found.can_rank
    assert found.why()[0].startswith("Not enough yet")


def test_month_ends_have_nothing_to_report(crm, list_prices):
    sales = [
        Sale(deal.closed_on, deal.value_minor, list_prices[deal.product])
        for deal in crm
        if deal.stage == "Won"
    ]
    found = month_end(sales)
    assert (round(found.last.discount, 4), round(found.rest.discount, 4)) == (0.0051, 0.0032)
    assert not found.is_habit
    assert found.why()[0].startswith(
        "Mean discount in the last 5 days of a month 0.51% (726 deals), in the rest 0.32%"
    )
    assert found.why()[1].startswith("Nothing to report")


def test_a_habit_of_discounts_at_month_end_is_reported():
    late = [Sale(date(2017, 1, 31), 80 + n % 5, 100) for n in range(60)]
    rest = [Sale(date(2017, 1, 26), 95 + n % 5, 100) for n in range(60)]
    found = month_end(late + rest)
    assert (found.last.deals, found.rest.deals) == (60, 60)
    assert found.is_habit
    assert found.why()[1].startswith("15.00% of price more")
    assert not month_end(late).is_known
    assert month_end([]).why()[0].startswith("Not enough yet: 0 won deals")
    assert month_end([Sale(date(2017, 1, 27), 1, 0)]).last.deals == 0


def test_the_last_five_days_are_five():
    assert [month_end([Sale(date(2017, 2, day), 1, 1)]).last.deals for day in (23, 24, 28)] == [0, 1, 1]
