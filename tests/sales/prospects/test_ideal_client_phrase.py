"""Ideal clients and accounts in words: what is read, and what is asked about instead of guessed (30)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.pipeline.account import MarketReach
from sales.prospects.account_phrase import read_account
from sales.prospects.attitude import SellingPoint
from sales.prospects.ideal_client import IdealClient, SizeRange
from sales.prospects.ideal_client_phrase import read_ideal_client
from sales.prospects.size_range import amount_in, read_range
from sales.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "bounds"),
    [
        ("50-500", (50, 500)),
        ("50 to 500", (50, 500)),
        ("between 50 and 500", (50, 500)),
        ("1,000 – 5,000", (1000, 5000)),
        ("1k-5k", (1000, 5000)),
        ("200+", (200, None)),
        ("at least 200", (200, None)),
        ("200 or more", (200, None)),
        ("up to 50", (None, 50)),
        ("under 50", (None, 50)),
        ("", (None, None)),
    ],
)
def test_ranges(typed, bounds):
    assert read_range(typed) == SizeRange(*bounds)


@pytest.mark.parametrize("typed", ["500-50", "many", "120", "12-x"])
def test_what_is_no_range_is_asked_about(typed):
    with pytest.raises(Refusal):
        read_range(typed, field="employees")


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_range_reads_as_it_is_written(one, other):
    least, most = sorted((one, other))
    assert read_range(f"{least}-{most}") == (least, most)


@pytest.mark.parametrize(
    ("typed", "bounds"),
    [("5m-50m", (5, 50)), ("5-50m", (5, 50)), ("$5m to $50m", (5, 50)), ("over 5 million", (5, None))],
)
def test_revenue_is_read_as_money(typed, bounds):
    millions = [None if one is None else one * 100_000_000 for one in bounds]
    assert list(read_range(typed, amount_in("USD"))) == millions


def test_an_ideal_client_in_words():
    said = read_ideal_client(
        "sells on value and service; 50-500 employees, national; sectors logistics, food and drink; "
        "2+ locations; revenue 5m-50m",
        IdealClient(),
        "USD",
    )
    assert said.selling_points == (SellingPoint.VALUE, SellingPoint.SERVICE)
    assert (said.employees, said.locations) == ((50, 500), (2, None))
    assert said.revenue == (500_000_000, 5_000_000_000)
    assert said.wanted_reaches == (MarketReach.NATIONAL,)
    assert said.wanted_sectors == ("logistics", "food", "drink")


def test_words_change_what_they_say_and_leave_the_rest():
    before = IdealClient(sells_on="price", sectors="Food", least_employees=10)
    said = read_ideal_client("sectors retail", before, "USD")
    assert (said.sells_on, said.sectors, said.least_employees) == ("price", "retail", 10)


@pytest.mark.parametrize("typed", ["friendly people", "50-500 employees; nice ones", "sells on charm"])
def test_what_cannot_be_placed_is_asked_about(typed):
    with pytest.raises(Refusal) as refused:
        read_ideal_client(typed, IdealClient(), "USD")
    assert refused.value.readings


@pytest.mark.parametrize(
    ("typed", "known", "name", "columns"),
    [
        ("Acme", [], "Acme", {}),
        ("Acme 120 employees", [], "Acme", {"employees": 120}),
        ("Acme, 120 employees, regional", [], "Acme", {"employees": 120, "reach": MarketReach.REGIONAL}),
        ("Forever 21 120 employees", ["Forever 21"], "Forever 21", {"employees": 120}),
        ("Acme revenue 20m, 3 sites", [], "Acme", {"revenue_minor": 2_000_000_000, "locations": 3}),
        ("Acme part of Globex", [], "Acme", {"parent": "Globex"}),
        ("Acme parent none", [], "Acme", {"parent": ""}),
        ("Acme sector logistics", [], "Acme", {"sector": "logistics"}),
        ("Acme International", ["Acme International"], "Acme International", {}),
    ],
)
def test_an_account_in_words(typed, known, name, columns):
    found, said = read_account(typed, known, "USD")
    assert (found, said.columns) == (name, columns)


def test_what_they_buy_on_and_what_shows_it():
    name, said = read_account("Acme 120 employees, buys on price: asked for three quotes, twice", [], "USD")
    assert (name, said.columns) == ("Acme", {"employees": 120})
    assert (said.points, said.evidence) == ((SellingPoint.PRICE,), "asked for three quotes, twice")
    assert read_account("Acme buys on value and service", [], "USD")[1].points == (
        SellingPoint.VALUE,
        SellingPoint.SERVICE,
    )


@pytest.mark.parametrize(
    ("typed", "known"),
    [("", []), ("Acme something odd", ["Acme"]), ("Acme buys on charm", []), ("Acme International", [])],
)
def test_what_is_not_sure_of_an_account_is_asked(typed, known):
    with pytest.raises(Refusal):
        read_account(typed, known, "USD")


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text):
    for read in (
        lambda: read_account(text, ["Acme"], "USD"),
        lambda: read_ideal_client(text, IdealClient(), "USD"),
    ):
        try:
            read()
        except Refusal:
            continue
