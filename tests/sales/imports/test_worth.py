"""Amounts of a file in other currencies: by the rate of their day, or refused with how one is set."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from sales.imports.files.causes import Causes
from sales.imports.files.deals import Catalogue, DealReader
from sales.imports.files.entry import Reading, RefusedRow, Remark, TakenRow
from sales.imports.files.sheet import SheetRecord
from sales.imports.files.survey import Survey
from sales.imports.files.terms import Rejected
from sales.imports.files.worth import KnownRates
from sales.people.currency_rate import ALWAYS, CurrencyRate, by_code
from tests.headers import recognised

HEADER = ["id", "name", "owner", "stage", "value", "currency", "closed"]
TODAY = date(2026, 11, 27)
AUTUMN = date(2026, 9, 1)


def rate(figure: str, since: date = ALWAYS, currency: str = "EUR") -> CurrencyRate:
    return CurrencyRate(currency=currency, counted_in="USD", rate=Decimal(figure), since=since)


def read(
    value: str,
    currency: str = "EUR",
    stage: str = "open",
    closed: str = "",
    rates: Sequence[CurrencyRate] | None = (rate("1.08"), rate("1.2", AUTUMN)),
    header: list[str] = HEADER,
) -> Reading:
    known = KnownRates(lambda owner: by_code(rates), TODAY) if rates is not None else None
    survey = Survey(1, dict.fromkeys(["closed"]))
    reader = DealReader(recognised(header), survey, "USD", Catalogue(), rates=known)
    return reader.read(SheetRecord(2, ["D1", "Deal", "Ida Moss", stage, value, currency, closed]))


def taken(reading: Reading) -> tuple[int, int | None]:
    assert isinstance(reading, TakenRow), reading
    assert reading.entry.values["currency"] == "USD"
    return reading.entry.values["value_minor"], reading.entry.values["converted_minor"]


def refused(reading: Reading) -> str:
    assert isinstance(reading, RefusedRow), reading
    return "; ".join(reading.reasons)


@pytest.mark.parametrize(
    ("stage", "closed", "worth"),
    [
        ("open", "", 120_000),
        ("open", "2026-03-01", 120_000),  # expected, and late: it is open, so today's counts
        ("suspect", "", 120_000),
        ("parked", "", 120_000),
        ("won", "2026-03-01", 108_000),
        ("won", "2026-08-31", 108_000),
        ("lost", "2026-09-01", 120_000),
    ],
)
def test_a_closed_deal_is_taken_by_the_rate_of_its_day_and_an_open_one_by_todays(stage, closed, worth):
    assert taken(read("1000", stage=stage, closed=closed)) == (worth, worth)


@pytest.mark.parametrize("said", ["€1,000", "1000 EUR", "EUR 1000.00", "1.000,00 €"])
def test_a_currency_beside_the_figure_counts_as_one_in_a_column(said):
    assert taken(read(said, currency="")) == (120_000, 120_000)


@pytest.mark.parametrize("said", ["eur", "€", "Euro", "euros"])
def test_a_column_may_name_the_currency_in_other_words(said):
    assert taken(read("1000", currency=said)) == (120_000, 120_000)
    assert taken(read("1000", currency="$")) == (100_000, None)  # which can mean the team's own


def test_a_header_may_name_the_currency():
    reading = read("1000", currency="", header=[*HEADER[:4], "Amount (€)", "remark", "closed"])
    assert taken(reading) == (120_000, 120_000)


def test_what_is_in_the_teams_currency_needs_no_rate():
    assert taken(read("1000", currency="USD")) == (100_000, None)
    assert taken(read("$1,000", currency="")) == (100_000, None)
    assert taken(read("1000", currency="", rates=())) == (100_000, None)


def test_digits_are_those_of_the_files_currency():
    yen = (rate("0.0067", currency="JPY"),)
    assert taken(read("100000", "JPY", rates=yen)) == (67_000, 67_000)
    assert "finer than the smallest JPY unit" in refused(read("100000.5", "JPY", rates=yen))
    dinars = (rate("3.25", currency="KWD"),)
    assert taken(read("1.234", "KWD", rates=dinars)) == (401, 401)  # $4.0105


def test_a_currency_without_a_rate_is_refused_with_how_one_is_set():
    assert refused(read("1000", "GBP")) == (
        "is in GBP; the team counts in USD. To take it, set a rate in Slack: `/team rate GBP …`, "
        "with what one GBP is worth in USD"
    )
    assert "`" not in refused(read("1000", "DOUBLOONS"))  # for which nobody could set one
    assert "`" not in refused(read("1000", rates=None))  # as in a backtest, which knows no team


def test_a_day_before_the_first_rate_is_refused_with_how_that_is_set():
    later = (rate("1.2", AUTUMN),)
    said = refused(read("1000", stage="won", closed="2026-03-01", rates=later))
    assert "`/team rate EUR 1.2 from the start`" in said
    assert taken(read("1000", rates=later)) == (120_000, 120_000)


def test_refusals_for_one_currency_are_one_cause():
    causes = Causes()
    for at, amount in enumerate(("1000", "€2,500.50", "7")):
        reading = read(amount, rates=())
        assert isinstance(reading, RefusedRow)
        causes.note(Rejected("deals.csv", at + 2, reading.reasons))
    assert [(cause.rows, cause.line) for cause in causes.largest_first] == [(3, 2)]


def test_nothing_is_taken_at_zero_that_is_not():
    tiny = (rate("0.00001"),)
    assert "less than the smallest USD unit" in refused(read("1", rates=tiny))
    assert taken(read("0", rates=tiny)) == (0, 0)
    assert taken(read("", rates=tiny)) == (0, None)


def test_two_currencies_for_one_amount_are_refused():
    assert "in EUR by one column and in GBP by its amount" in refused(read("£1,000"))
    assert "in USD by one column and in EUR by its amount" in refused(read("€1,000", "USD"))
    assert "in EUR by one column and in USD by its amount" in refused(read("$1,000"))
    assert "is in" in refused(read("1,000 kr", currency=""))  # of several crowns nobody says which


def test_a_deal_without_a_close_date_is_refused_for_that_alone():
    assert refused(read("1000", stage="won")) == "is won but has no close date"


def test_the_report_counts_deals_by_currency_and_rate():
    reading = read("1000")
    assert isinstance(reading, TakenRow)
    assert (Remark.RATE, "EUR 1.2") in reading.remarks


def test_what_a_row_says_is_the_same_whatever_the_rate():
    one, other = read("1000"), read("1000", rates=(rate("3"),))
    assert isinstance(one, TakenRow)
    assert isinstance(other, TakenRow)
    assert one.entry.sha == other.entry.sha
