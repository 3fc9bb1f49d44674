"""What people type for amounts, and what of it is refused with which mend."""

from contextlib import suppress
from decimal import Decimal

import pytest
from babel.numbers import format_currency, get_currency_precision
from hypothesis import assume, given
from hypothesis import strategies as st

from sales.language.amounts import find_amount, has_marked_amount, parse_amount, typed_amount
from sales.language.money import MAX_MINOR, parse_money
from sales.refusal import Refusal
from tests.linear import grows_linearly


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
        ("", None),
    ],
)
def test_an_amount_is_found_inside_a_sentence(sentence, words):
    found = find_amount(sentence, "USD")
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
        found = find_amount(text, "USD")
        assert found is None or (found.minor > 0 and 0 <= found.start < found.end <= len(text))


def readings(text, **more):
    with pytest.raises(Refusal) as refused:
        find_amount(text, "USD", **more)
    return [one.label for one in refused.value.readings]


@pytest.mark.parametrize(
    ("sentence", "minor", "words"),
    [
        ("acme 24.5K usd", 2_450_000, "24.5K usd"),
        ("acme 24k!!", 2_400_000, "24k"),
        ("acme ~24k", 2_400_000, "~24k"),
        ("acme about 24k now", 2_400_000, "about 24k"),
        ("acme,24k", 2_400_000, "24k"),
        ("acme $1.2m", 120_000_000, "$1.2m"),
        ("acme 2k/month x 12", 2_400_000, "2k/month x 12"),
        ("acme 1.5k per month for 12 months", 1_800_000, "1.5k per month for 12 months"),
        ("acme 500 a month for 24 months", 1_200_000, "500 a month for 24 months"),
        ("acme 2k monthly x 12", 2_400_000, "2k monthly x 12"),
        ("ROI 24k", 2_400_000, "24k"),
        ("3M 24k", 2_400_000, "24k"),
        ("acme 2024-2026 90k", 9_000_000, "90k"),
        ("acme 2026-09-26 24k", 2_400_000, "24k"),
        ("closes 12/15", None, None),
        ("2026-09-26", None, None),
        ("room 12-14", None, None),
    ],
)
def test_an_amount_takes_what_belongs_to_it_and_no_more(sentence, minor, words):
    found = find_amount(sentence, "USD")
    assert (found and found.minor, found and sentence[found.start : found.end]) == (minor, words)


@pytest.mark.parametrize(
    ("sentence", "labels"),
    [
        ("acme 24k-30k", ["$24,000", "$30,000"]),
        ("acme 20-25k", ["$20,000", "$25,000"]),
        ("acme $24k – $30k", ["$24,000", "$30,000"]),
        ("acme $1.2-1.5m", ["$1,200,000", "$1,500,000"]),
        ("acme 24,000 to 30,000", ["$24,000", "$30,000"]),
        ("acme 24k or 30k", ["$24,000", "$30,000"]),
        ("acme 24k/30k", ["$24,000", "$30,000"]),
        ("acme 10k + 5k", ["$15,000", "$10,000", "$5,000"]),
        ("acme 24k x 3", ["$72,000", "$24,000"]),
        ("acme 3 x 8k", ["$24,000", "$8,000"]),
        ("acme 50 seats @ $20", ["$1,000", "$20"]),
        ("acme $20 per seat for 50 seats", ["$1,000", "$20"]),
        ("acme 24k a year for 3 years", ["$72,000", "$24,000"]),
        ("acme 24k/yr", ["$24,000", "$48,000", "$72,000"]),
        ("acme 2k/mo", ["$24,000", "$2,000", "$48,000"]),
        ("acme 24k (list 30k)", ["$24,000", "$30,000"]),
        ("acme 10k upfront, 2k/month x 12", ["$10,000", "$24,000"]),
        ("acme 24kk", ["$24,000"]),
    ],
)
def test_several_amounts_are_a_question_and_each_reading_is_the_whole_sentence(sentence, labels):
    with pytest.raises(Refusal) as refused:
        find_amount(sentence, "USD")
    assert refused.value.text.endswith("?")
    assert [one.label for one in refused.value.readings] == labels
    for one in refused.value.readings:
        found = find_amount(one.typed, "USD")
        assert one.typed.startswith("acme")
        assert one.label.replace("$", "").replace(",", "") == str(found.minor // 100)


@pytest.mark.parametrize("sentence", ["acme (5k)", "acme -5k", "acme $-5k", "acme (2.5k)"])
def test_an_amount_below_zero_is_refused_in_a_sentence_too(sentence):
    with pytest.raises(Refusal, match="below zero") as refused:
        find_amount(sentence, "USD")
    assert find_amount(refused.value.example, "USD").minor == 2_400_000


def test_another_currency_is_kept_where_it_may_be_and_asked_about_where_its_sign_has_several():
    assert find_amount("acme EUR 30k", "USD", foreign=True)[:2] == (3_000_000, "EUR")
    assert find_amount("acme €30k", "USD", foreign=True)[:2] == (3_000_000, "EUR")
    assert find_amount("acme C$30k", "CAD", foreign=True)[:2] == (3_000_000, "CAD")
    assert find_amount("acme $30k", "CAD", foreign=True)[:2] == (3_000_000, "CAD")
    assert readings("acme kr 30k", foreign=True) == ["SEK\xa030,000", "$30,000"]
    with pytest.raises(Refusal, match=r"EUR.*USD"):
        find_amount("acme €30k", "USD")


def test_an_amount_alone_may_be_said_in_a_month_and_is_asked_about_like_one_in_a_sentence():
    assert parse_amount("2k a month for 12 months", "USD") == 2_400_000
    assert parse_amount("24k", "USD") == 2_400_000
    for typed in ("24k-30k", "24k x 3", "acme 24k", "k", ""):
        with pytest.raises(Refusal):
            parse_amount(typed, "USD")


@given(minor=st.integers(1, MAX_MINOR), currency=st.sampled_from(["USD", "EUR", "JPY", "KWD", "INR"]))
def test_an_amount_as_it_is_typed_for_anybody_reads_back_in_whichever_team(minor, currency):
    typed = typed_amount(minor, currency)
    found = find_amount(f"acme {typed}", "USD", foreign=True)
    assert found[:2] == (minor, currency)
    assert has_marked_amount(typed)


@pytest.mark.parametrize(
    "piece", ["1", "24k", "24k-", "24k or ", "$", "1,", "1 000 ", "2k/month x ", "(", "-", "a b ", "k "]
)
def test_hostile_amounts_take_no_more_work_than_their_length(piece):
    assert grows_linearly(lambda text: find_amount(text, "USD", foreign=True), piece, short=2_500)
