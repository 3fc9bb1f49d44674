"""What people type for amounts, and what of it is refused with which mend."""

from contextlib import suppress
from decimal import Decimal

import pytest
from babel.numbers import format_currency, get_currency_precision
from hypothesis import assume, given
from hypothesis import strategies as st

from sales.language.money import MAX_MINOR, find_money, parse_money
from sales.refusal import Refusal


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("120k", "USD", 12_000_000),
        ("1.2m", "USD", 120_000_000),
        ("€24,000", "EUR", 2_400_000),
        ("24.000 €", "EUR", 2_400_000),
        ("$24,000.50", "USD", 2_400_050),
        ("24 000", "USD", 2_400_000),
        ("24\u202f000,50\u00a0€", "EUR", 2_400_050),
        ("1,5k", "EUR", 150_000),
        ("1,500k", "USD", 150_000_000),
        ("1.234m", "USD", 123_400_000),
        ("120K USD", "USD", 12_000_000),
        ("usd 500", "USD", 50_000),
        ("2 million", "USD", 200_000_000),
        ("5 lakh", "INR", 50_000_000),
        ("12,34,567", "INR", 123_456_700),
        ("1'200.50 CHF", "CHF", 120_050),
        ("0.50", "USD", 50),
        ("24,000", "JPY", 24_000),
        ("1.500", "KWD", 1_500),
        ("$5", "CAD", 500),
        ("1 trillion", "USD", 10**14),
    ],
)
def test_an_amount_reads_as_people_mean_it(typed, currency, minor):
    assert parse_money(typed, currency) == minor


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-5", "below zero"),
        ("($500)", "below zero"),
        ("$-5", "below zero"),
        ("0", "above zero"),
        ("0.00", "above zero"),
        ("10000 trillion", "digit too many"),
        ("9" * 40, "digit too many"),
        ("nan", "does not read"),
        ("inf", "does not read"),
        ("12..3", "does not read"),
        ("1,23,4", "does not read"),
        ("24,0000", "does not read"),
        ("1e99", "does not read"),
        ("1.234567k", "too fine"),
        ("", "missing"),
        ("k", "does not read"),
    ],
)
def test_an_amount_that_cannot_stand_is_refused_with_an_example(typed, words):
    with pytest.raises(Refusal, match=words) as refused:
        parse_money(typed, "USD", field="value")
    assert refused.value.field == "value"
    assert parse_money(refused.value.example.split(" or ")[0], "USD") == 2_400_000


def test_another_currency_than_the_teams_is_refused_naming_both():
    with pytest.raises(Refusal, match=r"EUR.*USD"):
        parse_money("€24,000", "USD")
    with pytest.raises(Refusal, match=r"USD.*CAD"):
        parse_money("US$5", "CAD")


def test_yen_have_no_cents():
    with pytest.raises(Refusal, match="whole units only"):
        parse_money("1.5", "JPY")


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Acme 24k closes", "24k"),
        ("3M 24k", "24k"),
        ("Studio 54 300k", "300k"),
        ("won Acme $24,000.50!", "$24,000.50"),
        ("Acme 24 000 USD", "24 000 USD"),
        ("Acme 24000", "24000"),
        ("1.2 million this quarter", "1.2 million"),
        ("Forever 21", None),
        ("5 calls", None),
        ("24k/yr", None),
        ("", None),
    ],
)
def test_an_amount_is_found_inside_a_sentence(sentence, words):
    found = find_money(sentence, "USD")
    assert (sentence[found.start : found.end] if found else None) == words


@given(
    minor=st.integers(1, MAX_MINOR),
    currency=st.sampled_from(["USD", "EUR", "GBP", "JPY", "KWD", "INR", "CHF"]),
    locale=st.sampled_from(["en_US", "en_GB", "de_DE", "fr_FR", "en_IN", "de_CH", "es_ES"]),
)
def test_an_amount_as_any_locale_prints_it_reads_back_the_same(minor, currency, locale):
    assume(currency != "KWD" or locale.startswith("en"))  # "1,000" of three decimals could be either
    value = Decimal(minor).scaleb(-get_currency_precision(currency))
    assert parse_money(format_currency(value, currency, locale=locale), currency) == minor


@given(text=st.text(max_size=80) | st.text("0123456789.,' k$€-mUSD", max_size=30))
def test_whatever_is_typed_is_an_amount_or_a_refusal(text):
    with suppress(Refusal):
        assert 0 < parse_money(text, "USD") <= MAX_MINOR
    with suppress(Refusal):
        found = find_money(text, "USD")
        assert found is None or (found.minor > 0 and 0 <= found.start < found.end <= len(text))
