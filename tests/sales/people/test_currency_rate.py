"""Rates: which one holds on a day, what an amount comes to by it, and how people type them (27 November 2026)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from babel.numbers import get_currency_precision, list_currencies
from hypothesis import given, settings
from hypothesis import strategies as st

from sales.language.figures import exact
from sales.language.money import MAX_MINOR
from sales.people.currency_rate import ALWAYS, CurrencyRate, agreed, begins, by_code, converted, in_force
from sales.people.currency_rate_phrase import read_rate, team_in
from sales.refusal import Refusal

TODAY = date(2026, 11, 27)
CODES = st.sampled_from(["USD", "EUR", "JPY", "KWD"])  # two digits, none and three
RATES = st.decimals("0.000001", "99999", places=6)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1)) | st.just(ALWAYS)


def rate(
    figure: str | Decimal, since: date = ALWAYS, currency: str = "EUR", into: str = "USD"
) -> CurrencyRate:
    return CurrencyRate(currency=currency, counted_in=into, rate=Decimal(figure), since=since)


@given(st.lists(DAYS, unique=True, max_size=6), DAYS)
def test_the_rate_in_force_is_the_latest_that_has_begun(beginnings, day):
    rates = [rate("1.5", since) for since in beginnings]
    found = in_force(rates, day)
    begun = [since for since in beginnings if since <= day]
    assert (found.since if found else None) == max(begun, default=None)
    assert [one.since for one in by_code(rates).get("EUR", [])] == sorted(beginnings, reverse=True)


def test_the_first_rate_counts_always_and_a_later_one_from_its_day_on():
    first, later = rate("1.08"), rate("1.1", TODAY)
    assert (begins([], TODAY), begins([first], TODAY)) == (ALWAYS, TODAY)
    assert in_force([first, later], TODAY - timedelta(1)) is first
    assert in_force([first, later], TODAY) is later
    assert in_force([later], TODAY - timedelta(1)) is None


@pytest.mark.parametrize(
    ("minor", "currency", "into", "figure", "worth"),
    [
        (100_000, "EUR", "USD", "1.08", 108_000),
        (100_000, "JPY", "USD", "0.0067", 67_000),  # ¥100,000 is $670
        (67_000, "USD", "JPY", "149.25", 99_998),  # half to even: 99,997.5
        (1_234, "USD", "KWD", "0.3075", 3_795),  # 3.79455 dinars
        (3_795, "KWD", "USD", "3.25", 1_233),
        (5, "EUR", "USD", "0.5", 2),  # 2.5 cents, half to even
        (15, "EUR", "USD", "0.5", 8),  # 7.5 cents
        (0, "EUR", "USD", "1.08", 0),
    ],
)
def test_amounts_are_converted_to_the_minor_unit_half_to_even(minor, currency, into, figure, worth):
    assert converted(minor, rate(figure, currency=currency, into=into)) == worth


@given(st.integers(0, MAX_MINOR), CODES, CODES, RATES)
def test_a_conversion_is_within_half_a_minor_unit_of_the_exact_one(minor, currency, into, figure):
    unit = 10 ** (get_currency_precision(into) - get_currency_precision(currency))
    true = minor * figure * Decimal(unit)
    try:
        worth = converted(minor, rate(figure, currency=currency, into=into))
    except ValueError:
        assert true > MAX_MINOR or (minor and true <= Decimal("0.5"))
        return
    assert abs(worth - true) <= Decimal("0.5")
    assert (worth == 0) == (minor == 0)  # nothing is taken at zero that is not


@given(st.integers(0, 10**9), st.integers(0, 10**9), RATES)
def test_more_is_never_worth_less(one, more, figure):
    try:
        assert converted(one, rate(figure)) <= converted(one + more, rate(figure))
    except ValueError:
        assert one * figure <= 1 or (one + more) * figure > MAX_MINOR


def test_teams_agree_on_what_all_say_alike_of_those_who_say_anything():
    west, east = (
        by_code([rate("1.08"), rate("1.27", currency="GBP")]),
        by_code([rate("1.08"), rate("0.7", currency="CAD")]),
    )
    other = by_code([rate("1.1"), rate("1.27", currency="GBP")])
    assert set(agreed([west, east])) == {"EUR", "GBP", "CAD"}
    assert set(agreed([west, other])) == {"GBP"}
    assert agreed([]) == {}


@pytest.mark.parametrize(
    "typed",
    [
        "EUR 1.08", "eur 1,08", "€1.08", "euro 1.08", "1 EUR = 1.08 USD", "one euro is 1.08 dollars", "EUR rate 1.08",
        "1.08 USD per EUR", "1.08 per euro", "1.08 USD/EUR", "EUR/USD 1.08", "EURUSD 1.08", "EUR to USD 1.08",
        "EUR in USD = 1.08", "100 EUR = 108 USD", "the rate of EUR is 1.08", "EUR 1.0800",
    ],
)  # fmt: skip
def test_one_rate_is_typed_in_many_ways(typed):
    assert read_rate(typed, "USD", TODAY) == ("EUR", Decimal("1.08"), None)


def test_every_currency_is_read_by_its_code():
    for currency in sorted(list_currencies()):
        into = "EUR" if currency == "USD" else "USD"
        assert read_rate(f"{currency.lower()} 2.5 from today", into, TODAY) == (
            currency,
            Decimal("2.5"),
            TODAY,
        )
        assert read_rate(f"{currency} = 2.5 {into}", into, TODAY).currency == currency


@pytest.mark.parametrize(
    ("typed", "since"),
    [
        ("from 1 Jan 2026", date(2026, 1, 1)),
        ("1 Jan 2026", date(2026, 1, 1)),
        ("since 2016-01-01", date(2016, 1, 1)),
        (", from today", TODAY),
        ("since last monday", date(2026, 11, 23)),
        ("from tomorrow", date(2026, 11, 28)),
        ("as of this quarter", date(2026, 10, 1)),
        ("from 2026", date(2026, 1, 1)),
        ("from the start", ALWAYS),
        ("for all days", ALWAYS),
    ],
)
def test_the_day_a_rate_begins_is_read_or_asked_about(typed, since):
    assert read_rate(f"EUR 1.08 {typed}", "USD", TODAY).since == since


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("EUR 1,085", ["rate EUR 1.085", "rate EUR 1085"]),
        ("100 EUR 1,085", ["rate 100 EUR 1.085", "rate 100 EUR 1085"]),
        (
            "$ 1.2 from today",
            ["rate CAD 1.2 from today", "rate AUD 1.2 from today", "rate NZD 1.2 from today"],
        ),
        ("EUR 1.08 from 1 Jan", ["rate EUR 1.08 from 2026-01-01", "rate EUR 1.08 from 2027-01-01"]),
        ("EUR 1.08 from january", ["rate EUR 1.08 from 2026-01-01", "rate EUR 1.08 from 2027-01-01"]),
        ("EUR 1.08 from monday", ["rate EUR 1.08 from 2026-11-23", "rate EUR 1.08 from 2026-11-30"]),
        ("1 USD = 0.92 EUR", ["rate EUR 1.086957"]),
    ],
)
def test_what_may_mean_several_rates_is_a_question_and_each_answer_is_one(typed, readings):
    with pytest.raises(Refusal) as asked:
        read_rate(typed, "USD", TODAY)
    assert [one.typed for one in asked.value.readings] == readings
    for one in readings:
        read_rate(one.removeprefix("rate "), "USD", TODAY)


def test_a_day_of_the_year_just_gone_by_needs_no_question():
    assert read_rate("EUR 1.08 from 1 Jan", "USD", date(2026, 2, 10)).since == date(2026, 1, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "", "EUR", "hello world", "EUR abc", "xyz 1.08", "EUR 0", "EUR -1", "EUR 1.08 please", "EUR 1.08 from foo",
        "EUR 1.08 from 1 Jan 2060", "EUR 1..08", "EUR 1.0.8", "EUR 0.00000000000001", "EUR 99999999999", "USD 0.92",
        "EUR 1.08 GBP", "EUR 1.08 2", "1 USD = 0.0000000000000000000001 EUR",
        "EUR 1.08 from 2026-02-31", "EUR 1.08 1.09",
        "eur " * 400, "1" * 1900 + " EUR", "EUR " + "9" * 1500, "1 " * 900,
    ],
)  # fmt: skip
def test_what_says_no_rate_is_refused_with_one_that_does(typed):
    with pytest.raises(Refusal) as refused:
        read_rate(typed, "USD", TODAY)
    assert refused.value.example is not None
    assert refused.value.example.startswith("/team rate ")
    read_rate(refused.value.example.removeprefix("/team rate "), "USD", date(2026, 2, 10))


@pytest.mark.parametrize(
    "typed", ["", "xyz 1", "EUR 2", "1 EUR = 0.00000000000001 USD", "USD 1.2 GBP", "USD 0"]
)
def test_who_counts_in_euro_is_shown_another_currency(typed):
    with pytest.raises(Refusal) as refused:
        read_rate(typed, "EUR", TODAY)
    read_rate(str(refused.value.example).removeprefix("/team rate "), "EUR", TODAY)


def test_what_is_behind_a_figure_that_is_asked_about_is_kept_as_typed():
    with pytest.raises(Refusal) as asked:
        read_rate("EUR 1,085 {x}", "USD", TODAY)
    assert asked.value.readings[0].typed == "rate EUR 1.085 {x}"


@settings(max_examples=120)
@given(
    st.lists(
        st.sampled_from(
            ["eur", "€", "usd", "1.08", "1,085", "from", "1", "jan", "=", "is", "/", "per", "100", "2026"]
        ),
        max_size=7,
    )
)
def test_any_words_are_a_rate_above_zero_or_a_refusal(words):
    try:
        typed = read_rate(" ".join(words), "USD", TODAY)
    except Refusal:
        return
    assert (typed.currency, typed.rate > 0) == ("EUR", True)


def test_a_rate_may_say_for_which_team():
    assert team_in("EUR 1.08 from 1 Jan for West Coast") == ("EUR 1.08 from 1 Jan", "West Coast")
    assert team_in("EUR 1.08 for all days") == ("EUR 1.08 for all days", "")
    assert team_in("West") == ("West", "")
    assert team_in("set the rate for EUR 1.08") == ("set the rate for EUR 1.08", "")


def test_rates_are_written_with_the_decimals_they_have():
    assert [exact(Decimal(one)) for one in ("1.08", "0.0067", "16250", "0.000000061")] == [
        "1.08", "0.0067", "16,250", "0.000000061",
    ]  # fmt: skip
