"""Figures of files that read two ways: settled by their column or its name, or asked about, and never guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.imports.files.amounts import AmountEvidence, DecimalMark, Units, read_amount
from sales.imports.files.answers import terms_of
from sales.imports.files.asking import questions_of
from sales.imports.files.currencies import apart, currencies_named, currency_meant
from sales.imports.files.dates import DateEvidence, DateOrder, decided_orders, read_date, undecided
from sales.imports.files.deals import Catalogue, DealReader
from sales.imports.files.entry import RefusedRow, TakenRow
from sales.imports.files.header import Layout, drafted
from sales.imports.files.questions import DatesQuestion, DecimalsQuestion, UnitsQuestion, UnsureFile
from sales.imports.files.sheet import SheetRecord
from sales.imports.files.survey import Survey, surveyed
from sales.imports.files.terms import ImportTerms
from sales.imports.files.value_header import value_header
from sales.refusal import Refusal


def read(
    header: str, *rows: str, terms: ImportTerms | None = None, split: str = ";"
) -> tuple[Layout, Survey]:
    found = [SheetRecord(at, row.split(split)) for at, row in enumerate(rows, 2)]
    terms = terms or ImportTerms()
    return surveyed(found, drafted(header.split(split), None, terms.columns), terms)


def asked(header: str, *rows: str, terms: ImportTerms | None = None) -> UnsureFile:
    with pytest.raises(UnsureFile) as unsure:
        read(header, *rows, terms=terms)
    return unsure.value


def worth(
    value: str, header: str = "value", currency: str = "USD", terms: ImportTerms | None = None
) -> int | str:
    """Return what one row is worth in minor units, or why it is refused."""
    columns = f"id;stage;{header}"
    layout, survey = read(columns, f"1;open;{value}", terms=terms)
    taken = DealReader(layout, survey, currency, Catalogue()).read(SheetRecord(2, ["1", "open", value]))
    if isinstance(taken, RefusedRow):
        return "; ".join(taken.reasons)
    assert isinstance(taken, TakenRow)
    return int(taken.entry.values["value_minor"])


def evidence(*texts: str) -> DateEvidence:
    seen = DateEvidence()
    for text in texts:
        seen.see(text)
    return seen


# Years of two digits


@pytest.mark.parametrize("mark", "-/.")
def test_a_year_of_two_digits_in_front_is_asked_about_where_nothing_tells(mark: str) -> None:
    cell = mark.join(("26", "01", "05"))
    unsure = asked("id;stage;closed", f"1;won;{cell}")
    (question,) = unsure.questions
    assert isinstance(question, DatesQuestion)
    assert question.orders == (DateOrder.DMY, DateOrder.YMD)
    assert "5 Jan 2026" in unsure.text
    assert "26 Jan 2005" in unsure.text
    assert unsure.example == "--dates ymd"
    (menu,) = questions_of(unsure.questions)
    assert [one.value for one in menu.offered] == ["dmy", "ymd"]
    assert terms_of({"dates": "ymd"}).dates is DateOrder.YMD


def test_all_three_orders_come_into_question() -> None:
    unsure = asked("id;stage;closed", "1;won;05-01-26")
    assert "three ways" in unsure.text
    assert unsure.text.count("Jan") + unsure.text.count("May") == 3


@given(
    st.lists(st.dates(date(2024, 1, 1), date(2027, 12, 31)), min_size=12, max_size=60),
    st.sampled_from("-/."),
    st.booleans(),
)
def test_years_are_told_from_days_or_asked_about_and_never_misread(
    days: list[date], mark: str, year_first: bool
) -> None:
    written = [each.strftime(f"%y{mark}%m{mark}%d" if year_first else f"%d{mark}%m{mark}%y") for each in days]
    seen = evidence(*written)
    right = DateOrder.YMD if year_first else DateOrder.DMY
    if seen.order is not None:
        assert [read_date(one, seen.order) for one in written] == days
    assert right in seen.possible
    if seen.order is None:
        assert seen.mixed or not seen.unclear or undecided({"d": seen}, {"d": None}) == ["d"]


@pytest.mark.parametrize("year_first", [True, False])
def test_a_year_of_deals_tells_its_years(year_first: bool) -> None:
    days = [date(2025, 11, 3) + timedelta(days=9 * at) for at in range(40)]
    seen = evidence(*(each.strftime("%y-%m-%d" if year_first else "%d-%m-%y") for each in days))
    assert seen.order is (DateOrder.YMD if year_first else DateOrder.DMY)


def test_days_on_which_deals_are_made_to_close_prove_nothing() -> None:
    """Twenty month ends of many years, the day first: no sign that the years come first."""
    assert evidence(*(f"{28 + at % 4}-03-{at:02}" for at in range(1, 21))).order is None


def test_what_is_no_year_settles_it() -> None:
    assert evidence("99-01-05", "98-02-07").order is DateOrder.YMD
    assert evidence("13-02-99").order is DateOrder.DMY
    assert evidence("3/2/26").possible == (DateOrder.DMY, DateOrder.MDY)
    assert evidence("26-01-05", "26-01-2005").order is DateOrder.DMY


def test_an_order_that_was_said_counts_where_it_can_be() -> None:
    columns = {"closed": evidence("26-01-05"), "opened": evidence("3/25/2026")}
    assert decided_orders(columns, DateOrder.YMD) == {"closed": DateOrder.YMD, "opened": DateOrder.MDY}
    years = {"closed": evidence("99-01-05")}
    assert decided_orders(years, DateOrder.DMY) == {"closed": DateOrder.YMD}
    assert read_date("26-01-05", DateOrder.YMD) == date(2026, 1, 5)


def test_other_dates_of_the_file_settle_it_only_if_they_can() -> None:
    columns = {"closed": evidence("26-01-05"), "opened": evidence("3/25/2026")}
    orders = decided_orders(columns, None)
    assert (orders["closed"], undecided(columns, orders)) == (None, ["closed"])


def test_two_columns_that_need_an_answer_each_refuse_the_file() -> None:
    with pytest.raises(Refusal, match=r"“(opened|closed)” and “(opened|closed)”"):
        read("id;stage;opened;closed", "1;won;3/4/2005;26-01-05")


# Three digits behind a dot


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["0.125", "1.200"], "."),
        (["18400.500", "1.200"], "."),
        (["1.200", "1.234.567"], ","),
        (["1.200", "99,50"], ","),
        (["0,125"], ","),
        (["1,234,567"], "."),
        (["1.200", "18400"], None),
    ],
)
def test_a_column_tells_its_decimal_mark(cells: list[str], mark: str | None) -> None:
    seen = AmountEvidence()
    for cell in cells:
        seen.see(cell)
    assert (seen.mark, seen.unclear) == (mark, "" if mark else "1.200")


def test_only_dots_before_three_digits_are_asked_about() -> None:
    unsure = asked("id;stage;value", "1;open;1.200", "2;open;18.400 €", "3;open;950")
    assert [type(one) for one in unsure.questions] == [DecimalsQuestion]
    assert "1.200" in unsure.text
    assert unsure.example == "--decimals comma"
    (menu,) = questions_of(unsure.questions)
    assert [one.value for one in menu.offered] == ["dot", "comma"]
    for said, minor in ((DecimalMark.COMMA, 120_000), (DecimalMark.DOT, 120)):
        assert worth("1.200", terms=ImportTerms(decimals=said)) == minor
    assert worth("1,200") == 120_000  # money has no three digits behind a comma


def test_a_mark_of_three_digits_holds_for_every_currency() -> None:
    assert read_amount("1,234", "KWD", ",") == 1234
    assert read_amount("1.234", "KWD", ",") == 1_234_000
    assert read_amount("1.200 ", "USD", ".") == 120


# Units


@pytest.mark.parametrize(
    ("header", "value", "minor"),
    [
        ("Amount (k)", "18.4", 1_840_000),
        ("Amount in thousands", "18", 1_800_000),
        ("Value_in_cents", "1840050", 1_840_050),
        ("amountCents", "1840050", 1_840_050),
        ("Amount in Mio", "1,25", 125_000_000),
        ("Amount ('000)", "1,200", 120_000_000),
        ("Deal value (USD thousands)", "18.40050", 1_840_050),
        ("Value in lakhs", "2.5", 25_000_000),
        ("Amount (k)", "0", 0),
        ("Amount", "18.4", 1_840),
    ],
)
def test_a_header_says_what_its_figures_count(header: str, value: str, minor: int) -> None:
    assert worth(value, header) == minor


def test_euros_in_thousands_are_both() -> None:
    assert worth("18.4", "Value T€", "EUR") == 1_840_000
    assert worth("18.4", "Value in TEUR", "EUR") == 1_840_000
    assert "is in EUR; the team counts in USD" in str(worth("18.4", "Value (k€)"))
    assert value_header("Value (€m)").units == (Units.MILLIONS,)


def test_a_figure_with_a_scale_of_its_own_in_a_column_of_thousands_is_refused() -> None:
    assert "no plain figure" in str(worth("12k", "Amount (k)"))
    assert worth("€12", "Amount (k)", "EUR") == 1_200_000


def test_a_letter_that_may_be_millions_is_asked_about() -> None:
    unsure = asked("id;stage;Value (m)", "1;open;12")
    assert [type(one) for one in unsure.questions] == [UnitsQuestion]
    assert unsure.example == "--units millions"
    assert "“12”" in unsure.text
    (menu,) = questions_of(unsure.questions)
    assert [one.value for one in menu.offered] == ["whole", "millions"]
    assert worth("12", "Value (m)", terms=terms_of({"units": "millions"})) == 1_200_000_000
    assert worth("12", "Value (m)", terms=ImportTerms(units=Units.WHOLE)) == 1_200


def test_a_column_somebody_named_is_read_by_its_header_too() -> None:
    assert worth("12", "Fee in k", terms=ImportTerms(columns={"Fee in k": "value"})) == 1_200_000
    assert worth("12", "Fee (kr)", "SEK", ImportTerms(columns={"Fee (kr)": "value"})) == 1_200
    assert "may be SEK, NOK" in str(
        worth("12", "Fee (kr)", "USD", ImportTerms(columns={"Fee (kr)": "value"}))
    )


CLOSE = "id;lead_name;status_label;status_type;{}value_currency;date_created;date_won;user_name"


def test_close_counts_value_in_cents() -> None:
    layout, _ = read(
        CLOSE.format("value;"), "o1;Pier;Won;won;1840050;USD;2026-01-05T08:00:00+00:00;2026-02-13;Ida"
    )
    assert (layout.preset.name, layout.header("value"), layout.units) == ("close", "value", Units.CENTS)
    layout, _ = read(
        CLOSE.format("value;value_formatted;"),
        "o1;Pier;Won;won;1840050;$18,400.50;USD;2026-01-05T08:00:00+00:00;2026-02-13;Ida",
    )
    assert (layout.header("value"), layout.units) == ("value_formatted", Units.WHOLE)


# Currencies by name


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("1 200 zł", "PLN"),
        ("1 200 ZŁ", "PLN"),
        ("1200 złotych", "PLN"),
        ("CHF 1200", "CHF"),
        ("Fr. 1200", "CHF"),
        ("1200 Euro", "EUR"),
        ("1200.- EUR", "EUR"),
        ("1200,- Kč", "CZK"),
        ("1200 US dollars", "USD"),
        ("R$ 1.200,00", "BRL"),
        ("1200 Schweizer Franken", "CHF"),
        ("1.2k €", "EUR"),
    ],
)
def test_an_amount_is_in_the_currency_that_is_named(amount: str, currency: str) -> None:
    assert worth(amount, currency=currency) == 120_000
    other = "GBP"
    assert f"is in {currency}; the team counts in {other}" in str(worth(amount, currency=other))


@pytest.mark.parametrize(
    ("amount", "team", "minor"),
    [("500 kr", "NOK", 50_000), ("500 dollars", "CAD", 50_000), ("$5", "AUD", 500)],
)
def test_a_name_of_several_currencies_is_the_teams_where_it_can_be(
    amount: str, team: str, minor: int
) -> None:
    assert worth(amount, currency=team) == minor


@pytest.mark.parametrize(
    ("amount", "some"), [("500 kr", "SEK, NOK"), ("500 dollars", "USD, CAD"), ("$5", "USD")]
)
def test_a_name_of_several_currencies_of_others_is_refused_with_them(amount: str, some: str) -> None:
    said = str(worth(amount, currency="EUR"))
    assert f"may be {some}" in said
    assert "currency" in said


def test_the_sign_of_a_header_counts() -> None:
    assert worth("500", "Amount ($)") == 50_000
    assert "may be USD" in str(worth("500", "Amount ($)", "EUR"))


@given(st.text(max_size=40))
def test_any_text_comes_apart(text: str) -> None:
    figure, named = apart(text)
    assert len(figure) <= len(text)
    assert currency_meant(named, "USD") in ("", *currencies_named(named))
