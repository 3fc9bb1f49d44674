"""Rows of files: what is read from them, and the reason given for each that cannot stand."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import zip_longest
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.imports.files.amounts import AmountEvidence, read_amount
from sales.imports.files.dates import DateEvidence, DateOrder, decided_orders, read_date, undecided
from sales.imports.files.deals import Catalogue, DealReader
from sales.imports.files.encoding import encoding_of, on_bad_bytes, readings
from sales.imports.files.entry import RefusedRow, Remark, TakenRow
from sales.imports.files.names import usual_sector
from sales.imports.files.presets import PRESETS
from sales.imports.files.questions import UnsureFile
from sales.imports.files.sheet import (
    MAX_CHARACTERS,
    MAX_LINES,
    Damaged,
    SheetLines,
    SheetRecord,
    announced_delimiter,
    delimiter_of,
    limited_lines,
    records,
)
from sales.imports.files.tables import AccountReader, ProductReader
from sales.language.names.match import name_key
from sales.people.directory import Directory
from sales.pipeline.opportunity import Stage
from sales.refusal import Refusal
from tests.headers import read_header, recognised
from tests.sales.conftest import CRM, NOT_AT_HAND

PIPELINE = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value"
CATALOGUE = Catalogue({"acme": "Acme"}, {"gtxpro": ("GTX Pro", 482_100), "mgspecial": ("MG Special", None)})


def rows_of(text: str, delimiter: str = ",") -> list[SheetRecord | Damaged]:
    return list(records(SheetLines(io.StringIO(text, newline="")), delimiter))


def deals(text: str, *, stages: dict[str, Stage] | None = None, dates: DateOrder | None = None) -> list[Any]:
    """Read a file of deals as the command does; returns one reading or damaged line for each row."""
    header, *rows = rows_of(text)
    assert isinstance(header, SheetRecord)
    rows = [row for row in rows if isinstance(row, Damaged) or not row.blank]
    layout, survey = read_header(header.fields, rows, dates=dates)
    reader = DealReader(layout, survey, "USD", CATALOGUE, stages)
    return [row if isinstance(row, Damaged) else reader.read(row) for row in rows]


def deal(row: str, header: str = PIPELINE, **how: Any) -> TakenRow:
    (reading,) = deals(f"{header}\n{row}\n", **how)
    assert isinstance(reading, TakenRow), reading
    return reading


def reasons(row: str, header: str = PIPELINE, **how: Any) -> str:
    (reading,) = deals(f"{header}\n{row}\n", **how)
    assert isinstance(reading, RefusedRow), reading
    return "; ".join(reading.reasons)


# Deals


def test_a_won_deal_is_read_with_the_spelling_of_the_product_list() -> None:
    taken = deal("1C1,Moses Frase,GTXPro,ACME,Won,2016-10-20,2017-03-01,1054")
    values = taken.entry.values
    assert (values["external_id"], values["name"]) == ("1C1", "Acme – GTX Pro")
    assert (values["stage"], values["value_minor"]) == (Stage.WON, 105_400)
    assert (values["opened_on"], values["closed_on"]) == (date(2016, 10, 20), date(2017, 3, 1))
    assert taken.remarks == ((Remark.RESPELLED, "GTXPro → GTX Pro"),)


def test_a_prospecting_deal_is_a_suspect_without_dates_at_list_price() -> None:
    taken = deal("1C1,Moses Frase,GTX Pro,,Prospecting,,,")
    values = taken.entry.values
    assert (values["stage"], values["opened_on"], values["closed_on"]) == (Stage.SUSPECT, None, None)
    assert (values["account"], values["name"], values["value_minor"]) == (None, "GTX Pro", 482_100)
    assert dict(taken.remarks) == {Remark.LIST_PRICE: "suspect", Remark.NO_ACCOUNT: ""}


def test_an_open_deal_without_a_value_has_the_list_price_and_one_with_a_value_keeps_it() -> None:
    assert deal("1,A,GTX Pro,Acme,Engaging,2017-01-02,,").entry.values["value_minor"] == 482_100
    assert deal("1,A,GTX Pro,Acme,Engaging,2017-01-02,,99").entry.values["value_minor"] == 9_900


def test_a_lost_deal_keeps_the_nothing_its_file_states() -> None:
    taken = deal("1,A,GTX Pro,Acme,Lost,2017-01-02,2017-02-03,0")
    assert taken.entry.values["value_minor"] == 0
    assert not taken.remarks


@pytest.mark.parametrize(
    "header",
    [
        "Record ID,Deal Name,Deal Stage,Amount,Close Date,Original Traffic Source",
        "Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Lead Source",
        "id,name,stage,value,closed,source",
    ],
)
def test_where_a_deal_came_from_is_kept_where_the_file_says_it(header: str) -> None:
    taken = deal("7,Acme renewal,Closed Won,500,2017-02-03,Referral", header)
    assert taken.entry.values["source"] == "Referral"
    assert "source" in taken.entry.fields
    assert deal("7,Acme renewal,Closed Won,500,2017-02-03,", header).entry.values["source"] is None


def test_a_product_nobody_lists_is_taken_and_noted() -> None:
    taken = deal("1,A,Anvil,Acme,Won,2017-01-02,2017-02-03,5")
    assert taken.entry.values["product"] == "Anvil"
    assert taken.remarks == ((Remark.UNKNOWN_PRODUCT, "Anvil"),)


def test_a_deal_without_account_and_product_goes_by_its_id() -> None:
    assert deal("1C1,A,,,Engaging,2017-01-02,,").entry.values["name"] == "1C1"


def test_the_close_date_of_an_open_deal_is_when_it_is_expected() -> None:
    values = deal("1,A,GTX Pro,Acme,Engaging,2017-01-02,2017-06-30,").entry.values
    assert (values["closed_on"], values["expected_on"]) == (None, date(2017, 6, 30))


def test_future_dates_are_taken_as_they_are() -> None:
    values = deal("1,A,GTX Pro,Acme,Won,2097-01-02,2098-02-03,5").entry.values
    assert values["closed_on"] == date(2098, 2, 3)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",A,GTX Pro,Acme,Won,2017-01-02,2017-02-03,5", "has no opportunity_id"),
        ("1,A,GTX Pro,Acme,Wonn,2017-01-02,2017-02-03,5", "unknown stage “Wonn”; did you mean “won”?"),
        ("1,A,GTX Pro,Acme,,2017-01-02,2017-02-03,5", "has no deal_stage"),
        ("1,A,GTX Pro,Acme,Won,2017-01-02,,5", "is won but has no close date"),
        ("1,A,GTX Pro,Acme,Lost,2017-01-02,,0", "is lost but has no close date"),
        ("1,A,GTX Pro,Acme,Won,2017-01-02,2017-02-03,-5", "close_value: “-5” is negative"),
        ("1,A,GTX Pro,Acme,Won,2017-01-02,2017-02-03,(5.00)", "close_value: “(5.00)” is negative"),
        ("1,A,GTX Pro,Acme,Won,2017-01-02,2017-02-03,five", "close_value: “five” does not read as an amount"),
        ("1,A,GTX Pro,Acme,Won,2017-01-02,2017-02-03,NaN", "close_value: “NaN” does not read as an amount"),
        ("1,A,GTX Pro,Acme,Won,2017-01-02,2017-02-03,99999999999999", "more than"),
        ("1,A,GTX Pro,Acme,Won,2017-02-30,2017-03-03,5", "engage_date: “2017-02-30” is not a date"),
        ("1,A,GTX Pro,Acme,Won,soon,2017-03-03,5", "engage_date: “soon” is not a date"),
        ("1,A,GTX Pro,Acme,Won,2017-01-02,42797,5", "“42797” is a spreadsheet's day number"),
        ("1,A,GTX Pro,Acme,Won,2017-01-02,0217-02-03,5", "“0217-02-03” is outside 1950–2199"),
        ("1,A,GTX Pro,Acme,Won,2017-01-02,2017-02-03", "has 7 fields, the header has 8"),
        ("1,A,GTX Pro,Acme,Won,2017-01-02,2017-02-03,5,", "has 9 fields, the header has 8"),
        (f"1,A,GTX Pro,{'x' * 201},Won,2017-01-02,2017-02-03,5", "account is 201 characters long; 200 fit"),
        (f"{'x' * 101},A,GTX Pro,Acme,Won,2017-01-02,2017-02-03,5", "101 characters long; 100 fit"),
    ],
)
def test_a_row_that_cannot_stand_is_refused_with_its_reason(row: str, reason: str) -> None:
    assert reason in reasons(row)


def test_all_reasons_are_given_at_once() -> None:
    assert (
        reasons(",A,GTX Pro,Acme,Wonn,soon,2017-02-03,-5").count(";") == 4
    )  # one is inside the stage's hint


def test_text_that_looks_like_a_formula_is_stored_as_text() -> None:
    values = deal("1,=cmd|' /C calc'!A0,GTX Pro,@SUM(A1),Won,2017-01-02,2017-02-03,5").entry.values
    assert values["owner_name"] == "=cmd|' /C calc'!A0"
    assert values["account"] == "@SUM(A1)"


def test_control_characters_and_display_overrides_are_dropped() -> None:
    values = deal("1,Ana\u202e\x1b[31m B\u00e9a,GTX Pro,Acme,Won,2017-01-02,2017-02-03,5").entry.values
    assert values["owner_name"] == "Ana[31m Béa"


def test_another_currency_than_the_teams_is_refused() -> None:
    header = "id,stage,value,currency"
    assert reasons("1,open,5,EUR", header) == "is in EUR; the team counts in USD"
    assert deal("1,open,5,usd", header).entry.values["value_minor"] == 500


def test_stages_of_ones_own_are_given_by_hand() -> None:
    assert "unknown stage" in reasons("1,Legal review,5", "id,stage,value")
    taken = deal("1,Legal Review,5", "id,stage,value", stages={"legal review": Stage.OPEN})
    assert (taken.entry.values["stage"], taken.entry.values["stage_label"]) == (Stage.OPEN, "Legal Review")


def test_a_pipeline_in_brackets_is_no_part_of_the_stage() -> None:
    header = "Record ID,Deal Name,Deal Stage,Amount,Close Date"
    taken = deal("1,Acme,Closed won (Sales Pipeline),24000,2026-07-14 16:40", header)
    assert (taken.entry.values["stage"], taken.entry.values["closed_on"]) == (Stage.WON, date(2026, 7, 14))


def test_a_suspects_opening_date_waits_until_it_opens() -> None:
    taken = deal("1,A,GTX Pro,Acme,Prospecting,2017-01-02,,")
    assert taken.entry.values["opened_on"] is None
    assert (Remark.OPENING_DROPPED, "") in taken.remarks


def test_only_what_the_file_states_may_replace_what_is_stored() -> None:
    entry = deal("1,open,", "id,stage,value").entry
    assert entry.fields == {"external_id", "stage", "stage_label", "closed_on"}
    assert "value_minor" in deal("1,open,5", "id,stage,value").entry.fields


def test_two_rows_that_say_the_same_have_one_fingerprint() -> None:
    one, same, other = (
        deal(f"1,A,GTX Pro,Acme,Won,2017-01-02,2017-02-03,{value}").entry.sha for value in ("5", " 5 ", "6")
    )
    assert one == same != other


# Headers


@pytest.mark.parametrize(
    ("header", "preset"),
    [
        (PIPELINE, "sales_pipeline"),
        (
            "Opportunity_ID,Sales Agent,PRODUCT,Account,Deal Stage,Engage Date,Close Date,Close Value",
            "sales_pipeline",
        ),
        ("Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date", "hubspot"),
        ("Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Account Name", "salesforce"),
        ("id,stage", "opportunities"),
        ("product,series,sales_price", "products"),
    ],
)
def test_a_file_is_recognised_by_its_columns(header: str, preset: str) -> None:
    assert recognised(header.split(",")).preset.name == preset


def test_missing_columns_are_named_with_the_closest_there_is() -> None:
    header = PIPELINE.replace("deal_stage", "deal_stagee").replace(",close_value", "").split(",")
    with pytest.raises(Refusal) as refused:
        recognised(header)
    lacks = "the file lacks “deal_stage” (closest is “deal_stagee”); “close_value”"
    assert f"Read as the pipeline table of a CRM, {lacks}" in str(refused.value)
    assert refused.value.example == '--column "deal_stagee=stage"'


def test_columns_that_fit_nothing_say_what_would() -> None:
    with pytest.raises(
        Refusal, match=r"“foo”, “bar” say nothing I know of deals, leads or contacts.*Name the columns"
    ):
        recognised(["foo", "bar"])


def test_a_preset_asked_for_is_the_one_the_columns_are_held_to() -> None:
    with pytest.raises(Refusal, match="Read as a HubSpot export, the file lacks “Record ID”"):
        recognised(["id", "stage"], PRESETS["hubspot"])


def test_a_column_there_twice_is_refused() -> None:
    with pytest.raises(Refusal, match="“stage” is there twice"):
        recognised(["id", "stage", "Stage"])


# Dates


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2017-03-04", None, date(2017, 3, 4)),
        ("2017/3/4", None, date(2017, 3, 4)),
        ("20170304", None, date(2017, 3, 4)),
        ("2017-03-04T23:30:00Z", None, date(2017, 3, 4)),
        ("3/4/2017", DateOrder.MDY, date(2017, 3, 4)),
        ("3/4/2017", DateOrder.DMY, date(2017, 4, 3)),
        ("3/4/17 0:00", DateOrder.MDY, date(2017, 3, 4)),
        ("04.03.2017", DateOrder.MDY, date(2017, 3, 4)),  # nobody writes months first with dots
        ("25/3/2017", None, date(2017, 3, 25)),
        ("3/25/2017", None, date(2017, 3, 25)),
        ("3/3/2017", None, date(2017, 3, 3)),
        ("4 Mar 2017", None, date(2017, 3, 4)),
        ("4-Mar-17", None, date(2017, 3, 4)),
        ("March 4, 2017", None, date(2017, 3, 4)),
        ("Sept. 4 2017", None, date(2017, 9, 4)),
    ],
)
def test_dates_are_read_as_spreadsheets_write_them(text: str, order: DateOrder | None, day: date) -> None:
    assert read_date(text, order) == day


@pytest.mark.parametrize(
    "text", ["25/3/2017", "13/13/2017", "2017-13-01", "201731", "3/4", "Foo 4 2017", "x" * 999]
)
def test_what_is_no_date_in_its_columns_order_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        read_date(text, DateOrder.MDY)


def evidence(*texts: str) -> DateEvidence:
    seen = DateEvidence()
    for text in texts:
        seen.see(text)
    return seen


def test_one_telling_date_settles_its_column() -> None:
    assert decided_orders({"d": evidence("3/4/2017", "3/25/2017")}, None) == {"d": DateOrder.MDY}
    assert decided_orders({"d": evidence("3/4/2017", "25/3/2017")}, None) == {"d": DateOrder.DMY}


def test_a_column_that_does_not_tell_follows_the_other_dates_of_the_file() -> None:
    columns = {"opened": evidence("3/4/2017"), "closed": evidence("3/25/2017")}
    assert decided_orders(columns, None)["opened"] is DateOrder.MDY


def test_dates_that_nothing_settles_are_refused_until_somebody_says() -> None:
    with pytest.raises(UnsureFile, match="3/4/2017 is 3 Apr 2017 or 4 Mar 2017") as refused:
        deals("id,stage,opened\n1,open,3/4/2017\n2,open,3/3/2017\n")
    assert refused.value.example == "--dates mdy"
    assert decided_orders({"closed": evidence("3/4/2017")}, DateOrder.DMY) == {"closed": DateOrder.DMY}


def test_dates_that_read_the_same_either_way_need_nobody() -> None:
    columns = {"closed": evidence("3/3/2017", "")}
    orders = decided_orders(columns, None)
    assert (orders, undecided(columns, orders)) == ({"closed": None}, [])


def test_in_a_column_of_both_orders_only_what_reads_one_way_is_taken() -> None:
    (order,) = decided_orders({"d": evidence("25/3/2017", "3/26/2017", "3/4/2017")}, None).values()
    assert read_date("25/3/2017", order) == date(2017, 3, 25)
    assert read_date("3/26/2017", order) == date(2017, 3, 26)
    with pytest.raises(ValueError, match="can be read two ways"):
        read_date("3/4/2017", order)


def test_one_slip_does_not_unsettle_a_long_column() -> None:
    assert evidence(*["3/25/2017"] * 200, "25/3/2017").order is DateOrder.MDY


@given(st.dates(date(1969, 1, 1), date(2068, 12, 31)), st.sampled_from(DateOrder), st.sampled_from("/- "))
def test_every_date_survives_its_order(day: date, order: DateOrder, mark: str) -> None:
    if order is DateOrder.YMD:
        assert read_date(day.strftime(f"%y{mark}%m{mark}%d"), order) == day
        return
    parts = [day.day, day.month] if order is DateOrder.DMY else [day.month, day.day]
    assert read_date(mark.join(map(str, [*parts, day.year])), order) == day
    assert read_date(mark.join(map(str, [*parts, f"{day.year % 100:02}"])), order) == day


@given(st.text(max_size=80), st.sampled_from([None, *DateOrder]))
def test_any_text_is_a_date_or_a_reason(text: str, order: DateOrder | None) -> None:
    with suppress(ValueError):
        assert isinstance(read_date(text, order), date)


# Amounts


@pytest.mark.parametrize(
    ("text", "mark", "minor"),
    [
        ("1054", None, 105_400),
        ("1054.5", None, 105_450),
        ("$1,054.00", None, 105_400),
        ("1.054,00 ", None, 105_400),
        ("1,054", None, 105_400),
        ("1.054", ",", 105_400),
        ("1,054", ".", 105_400),
        ("0", None, 0),
        ("$0.00", None, 0),
        (" $ -   ", None, 0),
    ],
)
def test_amounts_are_read_as_spreadsheets_write_them(text: str, mark: str | None, minor: int) -> None:
    assert read_amount(text.strip(), "USD", mark) == minor


def test_the_column_tells_a_decimal_mark_from_a_group() -> None:
    with pytest.raises(ValueError, match="finer"):
        read_amount("1.054", "USD", ".")
    with pytest.raises(ValueError, match="finer"):
        read_amount("1,054", "USD", ",")


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1,054.50", "3"], "."),
        (["1.054,50"], ","),
        (["1.054"], None),
        (["1.5", "1,5"], None),
        (["10.50"], "."),
    ],
)
def test_the_decimal_mark_of_a_column(cells: list[str], mark: str | None) -> None:
    seen = AmountEvidence()
    for cell in cells:
        seen.see(cell)
    assert seen.mark == mark


def test_yen_have_no_decimals() -> None:
    assert read_amount("1054", "JPY") == 1054
    with pytest.raises(ValueError, match="finer"):
        read_amount("1054.5", "JPY")


@given(st.text(max_size=80), st.sampled_from([None, ".", ","]))
def test_any_text_is_an_amount_or_a_reason(text: str, mark: str | None) -> None:
    with suppress(ValueError):
        assert read_amount(text, "USD", mark) >= 0


# Names


@pytest.mark.parametrize(
    ("one", "other"), [("GTXPro", "GTX Pro"), ("Café-Noir", "cafe noir"), ("ACME", "Acme")]
)
def test_spellings_that_meet(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("C", "C++"), ("C++", "C#"), ("GTX Plus Pro", "GTX Pro"), ("東京", "京都")]
)
def test_names_that_stay_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_sector_that_is_a_clear_slip_is_put_right() -> None:
    assert usual_sector("technolgy") == "technology"
    assert usual_sector("Technology") == "Technology"
    assert usual_sector("aerospace") == "aerospace"


def test_a_name_stands_for_exactly_one_member() -> None:
    people = Directory(
        [("U1", "José  Ibarra", "jose@x.example"), ("U2", "Sam Lee", None), ("U3", "sam lee", None)]
    )
    assert people.find("JOSE IBARRA") == people.find("jose@X.example") == "U1"
    assert people.find("Sam Lee") is None
    assert people.find("") is None


# Sheets


def test_records_know_the_line_they_begin_on() -> None:
    text = 'a,b\r\n"one\r\ntwo",2\r\n\r\n3,"4 ""x"""\r\n'
    assert rows_of(text) == [
        SheetRecord(1, ["a", "b"]),
        SheetRecord(2, ["one\r\ntwo", "2"]),
        SheetRecord(4, []),
        SheetRecord(5, ["3", '4 "x"']),
    ]


@pytest.mark.parametrize("rest", ["", "2,x\n3,y\n", '2,"x"\n3,y\n', "2,x\n" * (MAX_LINES + 5)])
def test_a_quotation_mark_that_does_not_close_costs_its_own_line_only(rest: str) -> None:
    first, *others = rows_of(f'1,"Acme,Won\n{rest}')
    assert first == Damaged(1, "a quotation mark opens and does not close properly")
    assert [row.line for row in others] == list(range(2, rest.count("\n") + 2))
    assert all(isinstance(row, SheetRecord) and len(row.fields) == 2 for row in others)


def test_inch_marks_inside_a_cell_are_text() -> None:
    assert rows_of('1,pipe 5" wide,x\n') == [SheetRecord(1, ["1", 'pipe 5" wide', "x"])]


def test_nul_bytes_and_unreadable_letters_cost_their_line() -> None:
    first, good, third = rows_of("a\0,b\n1,2\ncaf\udce9,3\n")
    assert isinstance(first, Damaged)
    assert "NUL bytes" in first.reason
    assert good == SheetRecord(2, ["1", "2"])
    assert isinstance(third, Damaged)
    assert "not readable in the file's encoding" in third.reason


def test_a_line_beyond_measure_is_refused_and_never_held() -> None:
    file = io.StringIO("a,b\n" + "x" * (5 * MAX_CHARACTERS) + "\n1,2\n", newline="")
    longest = 0

    def lines() -> Iterator[str]:
        nonlocal longest
        for line in limited_lines(file.readline):
            longest = max(longest, len(line))
            yield line

    first, second, third = records(SheetLines(lines()), ",")
    assert longest == MAX_CHARACTERS + 1
    assert (first, third) == (SheetRecord(1, ["a", "b"]), SheetRecord(3, ["1", "2"]))
    assert second == Damaged(2, "is longer than 131,072 characters")


@given(
    st.lists(
        st.lists(
            st.text(st.characters(exclude_characters="\0\ufffd", exclude_categories=["Cs"]), max_size=9),
            min_size=2,
            max_size=4,
        ),
        max_size=6,
    )
)
def test_whatever_a_spreadsheet_writes_is_read_back(table: list[list[str]]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(table)
    assert [row.fields for row in rows_of(file.getvalue()) if isinstance(row, SheetRecord)] == table


@given(st.text(alphabet='a",\n\r;', max_size=60))
def test_no_line_is_passed_over_whatever_the_marks(text: str) -> None:
    rows = rows_of(text)
    lines = list(io.StringIO(text, newline=""))
    assert [row.line for row in rows] == sorted({row.line for row in rows})
    assert (rows[0].line if rows else None) == (1 if lines else None)
    for row, following in zip_longest(rows, rows[1:]):
        spanned = (following.line if following else len(lines) + 1) - row.line
        joined = "".join(lines[row.line - 1 : row.line - 1 + spanned])
        assert spanned == 1 or (isinstance(row, SheetRecord) and joined.count('"') >= 2)


@pytest.mark.parametrize(
    ("header", "delimiter"), [("a,b", ","), ("a;b;c,d", ";"), ("a\tb", "\t"), ('"a,b,c";d', ";"), ("a", ",")]
)
def test_the_delimiter_is_the_one_that_divides_the_header(header: str, delimiter: str) -> None:
    assert delimiter_of(header) == delimiter


def test_a_spreadsheets_own_word_on_the_delimiter_is_no_row() -> None:
    assert announced_delimiter("sep=;\r\n") == ";"
    assert announced_delimiter("separate,thing\n") is None


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings_are_told_from_the_bytes(encoding: str) -> None:
    text = "id,name\n1,Café Noël\n2,Zürich\n"
    raw = text.encode(encoding)
    found, telling = encoding_of(raw.splitlines(keepends=True))
    found = found or readings(telling)[0].encoding
    assert raw.decode(found).replace("\ufeff", "") == text


def test_a_bad_byte_in_a_good_file_does_not_turn_every_accent_into_nonsense() -> None:
    raw = "1,Café\n2,Zürich\n".encode() + b"3,caf\xe9\n"
    encoding, _ = encoding_of(raw.splitlines(keepends=True))
    assert encoding == "utf-8"
    *good, bad = rows_of(raw.decode(encoding, on_bad_bytes(encoding)))
    assert [row.fields[1] for row in good if isinstance(row, SheetRecord)] == ["Café", "Zürich"]
    assert isinstance(bad, Damaged)


# Accounts and products


def test_an_account_is_read_with_revenue_in_millions() -> None:
    layout = recognised(
        ["account", "sector", "year_established", "revenue", "employees", "office_location", "subsidiary_of"]
    )
    taken = AccountReader(layout, "USD").read(
        SheetRecord(2, 'Acme,technolgy,1996,1100.04,"2822",US,'.replace('"', "").split(","))
    )
    assert isinstance(taken, TakenRow)
    assert taken.entry.values["revenue_minor"] == 110_004_000_000
    assert taken.entry.values["sector"] == "technology"
    assert taken.remarks == ((Remark.SECTOR, "technolgy → technology"),)
    refused = AccountReader(layout, "USD").read(SheetRecord(3, ["", "medical", "abc", "-1", "x", "US", ""]))
    assert isinstance(refused, RefusedRow)
    assert len(refused.reasons) == 4


ACCOUNT_HEADERS = [
    "account", "sector", "year_established", "revenue", "employees", "office_location", "subsidiary_of",
]  # fmt: skip
ACME = ["Acme", "medical", "", "", "", "US", ""]


def account_of(*more: tuple[str, str]) -> TakenRow | RefusedRow:
    """Read an account with further columns, each with its header."""
    layout = recognised([*ACCOUNT_HEADERS, *(header for header, _ in more)])
    return AccountReader(layout, "USD").read(SheetRecord(2, [*ACME, *(cell for _, cell in more)]))


@pytest.mark.parametrize("header", ["Locations", "Number of Sites", "offices", "Branches"])
def test_an_account_has_so_many_places(header: str) -> None:
    taken = account_of((header, "1,200"))
    assert isinstance(taken, TakenRow)
    assert taken.entry.values["locations"] == 1_200
    refused = account_of((header, "many"))
    assert isinstance(refused, RefusedRow)


@pytest.mark.parametrize(
    ("cell", "reach"), [("Regional", "regional"), ("nationwide", "national"), ("Global", "international")]
)
def test_an_account_says_how_far_it_does_business(cell: str, reach: str) -> None:
    taken = account_of(("Market Reach", cell))
    assert isinstance(taken, TakenRow)
    assert taken.entry.values["reach"] == reach
    assert "reach" in taken.entry.fields


def test_what_a_cell_leaves_open_takes_nothing_back() -> None:
    taken = account_of(("reach", "interplanetary"), ("sites", ""))
    assert isinstance(taken, TakenRow)
    assert taken.remarks == ((Remark.NO_REACH, "interplanetary"),)
    assert not {"reach", "locations"} & taken.entry.fields
    plain = account_of()
    assert isinstance(plain, TakenRow)
    assert not {"reach", "locations"} & set(plain.entry.values)


def test_a_product_needs_a_name_and_a_readable_price() -> None:
    reader = ProductReader(recognised(["product", "series", "sales_price"]), "USD")
    taken = reader.read(SheetRecord(2, ["GTX Pro", "GTX", "4,821"]))
    assert isinstance(taken, TakenRow)
    assert taken.entry.values["list_price_minor"] == 482_100
    refused = reader.read(SheetRecord(3, ["", "GTX", "much"]))
    assert isinstance(refused, RefusedRow)
    assert len(refused.reasons) == 2


# The CRM tables


@pytest.fixture
def pipeline() -> list[list[str]]:
    if not CRM.exists():
        pytest.skip(NOT_AT_HAND)
    with (CRM / "sales_pipeline.csv").open(newline="") as file:
        return list(csv.reader(file))


def resaved(rows: list[list[str]], order: str) -> str:
    """Return the pipeline as a spreadsheet resaves it: its own dates, amounts for people, semicolons."""

    def day(cell: str) -> str:
        return f"{date.fromisoformat(cell):{order}}" if cell else ""

    def amount(cell: str) -> str:
        return f"${int(cell):,}.00" if cell else ""

    table = [rows[0], *([*row[:5], day(row[5]), day(row[6]), amount(row[7])] for row in rows[1:])]
    file = io.StringIO(newline="")
    csv.writer(file).writerows(table)
    return file.getvalue()


@pytest.mark.large
@pytest.mark.parametrize("order", ["%-m/%-d/%Y", "%m/%d/%y", "%-d/%-m/%Y", "%d.%m.%Y", "%d-%b-%y"])
def test_the_pipeline_says_the_same_however_a_spreadsheet_resaved_it(
    pipeline: list[list[str]], golden: dict[str, Any], order: str
) -> None:
    values = [reading.entry.values for reading in deals(resaved(pipeline, order))]
    assert len(values) == golden["rows"]
    won = [each for each in values if each["stage"] is Stage.WON]
    assert (len(won), sum(each["value_minor"] for each in won)) == (golden["won"], golden["won_value"] * 100)
    by_quarter = Counter(f"{each['closed_on']:%Y}Q{(each['closed_on'].month + 2) // 3}" for each in won)
    assert by_quarter == {quarter: said["won"] for quarter, said in golden["quarter"].items()}
    days = sorted((each["closed_on"] - each["opened_on"]).days for each in won)
    assert (days[0], days[-1], sum(days) / len(days)) == (1, 138, pytest.approx(51.782, abs=1e-3))
