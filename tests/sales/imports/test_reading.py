"""What a file says and does not say: letters, ids, amounts, dates, columns, each as a rule."""

import string
from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from sales.imports.files.amounts import read_amount
from sales.imports.files.blanks import is_blank
from sales.imports.files.causes import Causes
from sales.imports.files.dates import is_date, read_date
from sales.imports.files.encoding import readings
from sales.imports.files.kinds import other_kind
from sales.imports.files.questions import UnsureFile
from sales.imports.files.record_id import IdEvidence, one_id, short_id
from sales.imports.files.sheet import SheetRecord
from sales.imports.files.terms import Rejected
from sales.refusal import Refusal
from tests.headers import read_header

LETTERS = string.ascii_letters + string.digits


# Letters


@pytest.mark.parametrize(
    ("text", "written", "only"),
    [
        ("Причал Север", "cp1251", False),
        ("Φάρος Θήρας", "cp1253", True),
        ("Müller Straße", "cp1252", True),
        ("Société Générale", "cp1252", False),
        ("Peña Núñez", "cp1252", False),
        ("Ørsted Rør", "cp1252", False),
        ("Žaga Šentjur, Đorđe", "cp1250", False),
        ("Güneş Yıldız", "cp1254", False),
        ("サクラ灯台", "cp932", False),
        ("码头照明", "gb18030", False),
        ("한국 부산항", "cp949", False),
    ],
)
def test_the_right_reading_is_among_those_that_fit(text: str, written: str, only: bool) -> None:
    found = readings([text.encode(written)])
    assert text in [one.words for one in found]
    assert (len(found) == 1) is only or written == "cp1252"


def test_letters_of_no_code_page_are_none() -> None:
    assert readings([b"\x81\x8d\x8f\x90\x9d"]) == []


@given(st.text(alphabet="абвгдежзиклмнопрст", min_size=4, max_size=12))
def test_cyrillic_is_never_taken_for_accents(word: str) -> None:
    found = readings([word.capitalize().encode("cp1251")])
    assert "cp1252" not in [one.encoding for one in found]


# Ids


@given(st.text(alphabet=LETTERS, min_size=12, max_size=12))
def test_a_short_id_and_its_long_form_are_one(rest: str) -> None:
    short = f"006{rest}"
    kept = one_id(short)
    assert (len(kept), one_id(kept), short_id(kept)) == (18, kept, short)


@given(st.text(alphabet=LETTERS, min_size=12, max_size=12), st.integers(3, 14))
def test_ids_that_differ_in_a_capital_stay_apart_when_capitals_are_lost(rest: str, at: int) -> None:
    short = f"006{rest}"
    other = short[:at] + short[at].swapcase() + short[at + 1 :]
    assert (one_id(short).casefold() == one_id(other).casefold()) is (short == other)


@pytest.mark.parametrize("other", ["70211", "", "oppo_A1", "006", "006Qm00000B1aa!", "007Qm00000B1aaA"])
def test_other_ids_are_kept_as_they_are(other: str) -> None:
    assert (one_id(other), short_id(other)) == (other, None)


@pytest.mark.parametrize(
    ("ids", "rounded"),
    [
        (("70211", "70212"), False),
        (
            ("123456789012345678", "123456789012346000"),
            False,
        ),  # one that was not rounded: the zeros are its own
        (("1234567890123450", "1234567890123460"), True),
        (("1234567890123450",), False),  # one id in ten ends so
        (("1.23457E+17", "70212"), True),
        (("1E5X", "2E"), False),
    ],
)
def test_ids_a_spreadsheet_rounded_are_told(ids: tuple[str, ...], rounded: bool) -> None:
    seen = IdEvidence()
    for one in ids:
        seen.see(one)
    if rounded:
        with pytest.raises(Refusal, match="rounded by a spreadsheet"):
            seen.require_whole("Record ID")
    else:
        seen.require_whole("Record ID")


# Amounts, dates, blanks


@given(st.integers(0, 10**12), st.integers(0, 9))
def test_zeros_behind_an_amount_change_nothing(cents: int, zeros: int) -> None:
    text = f"{cents // 100}.{cents % 100:02d}{'0' * zeros}"
    if zeros == 1 and cents < 100_000:
        return  # three digits behind a mark may be thousands
    assert read_amount(text, "USD", ".") == cents


@given(st.lists(st.integers(1, 10**8), min_size=2, max_size=5))
def test_what_adding_up_in_floating_point_leaves_is_rounded_to_the_cent(cents: list[int]) -> None:
    total = sum(one / 100 for one in cents)
    assert abs(read_amount(repr(total), "USD", ".") - sum(cents)) == 0


@given(st.integers(1, 999), st.integers(0, 9))
def test_an_exponent_is_the_number_it_stands_for(number: int, power: int) -> None:
    digits = str(number)
    text = f"{digits[0]}.{digits[1:] or 0}E+{power + len(digits) - 1:02d}"
    assert read_amount(text, "USD") == int(Decimal(number) * 10**power * 100)


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "it", "pt", "nl", "da"])
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
def test_months_are_read_as_each_language_writes_them(language: str, width: str) -> None:
    for number, name in Locale.parse(language).months["format"][width].items():
        assert read_date(f"3 {name} 2026", None) == date(2026, number, 3), name


@pytest.mark.parametrize(
    ("cell", "dated"),
    [
        ("2026-02-13", True),
        ("3/4/2026", True),
        ("13. Feb. 2026", True),
        ("true", False),
        ("1", False),
        ("Q1", False),
    ],
)
def test_a_flag_is_no_date(cell: str, dated: bool) -> None:
    assert is_date(cell) is dated


def test_words_for_nothing_are_blank_and_names_are_not() -> None:
    assert all(map(is_blank, ("", "\\N", "NULL", "n/a", "#N/A", "(null)", "-", "—", "None", "0000-00-00")))
    assert not any(map(is_blank, ("Nan", "0", "Null & Sons", "N", "--- none ---")))


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (b"\x89PNG\r\n", "a picture (PNG)"),
        (b"%PDF-1.7", "a PDF document"),
        (b"  <!DOCTYPE html>", "a web page (HTML)"),
        (b"\xef\xbb\xbf<html>", "a web page (HTML)"),
        (b'[{"id": 1}]', "a JSON file"),
        (b"BMW deals;stage\n", None),
        (b"id,stage\n", None),
        (b"", None),
        (b"[Deals],stage\n", None),
    ],
)
def test_a_file_is_named_by_what_it_begins_with(first: bytes, kind: str | None) -> None:
    assert other_kind(first) == kind


# Columns


def rows(*cells: str) -> list[SheetRecord]:
    return [SheetRecord(at, row.split(",")) for at, row in enumerate(cells, 2)]


@pytest.mark.parametrize(
    ("header", "cells", "asked"),
    [
        ("id,stage,Total Amount", "1,open,500", {"Total Amount": "value"}),
        ("id,stage,value,Closing", "1,won,5,2026-02-13", {"Closing": "closed"}),
        ("id,stage,value,Assigned To", "1,open,5,Ida Moss", {"Assigned To": "owner"}),
        ("id,stage,value,Start of talks", "1,open,5,2026-02-13", {"Start of talks": "opened"}),
        ("id,stage,value,Amount of seats", "1,open,5,30", {}),  # the money is there
        ("id,stage,value,Owner ID", "1,open,5,5501", {}),
        ("id,stage,Total Amount", "1,open,much", {}),
        ("id,stage,Probability,Age", "1,open,60,30", {}),
    ],
)
def test_a_column_that_may_be_what_lacks_is_asked_about(
    header: str, cells: str, asked: dict[str, str]
) -> None:
    def read() -> None:
        read_header(header.split(","), rows(cells))

    if not asked:
        read()
        return
    with pytest.raises(UnsureFile) as unsure:
        read()
    assert {one.header: one.likely for one in unsure.value.questions} == asked  # type: ignore[union-attr]
    settled, _ = read_header(header.split(","), rows(cells), columns=asked)
    assert all(settled.headers[settled.at[meaning]] == column for column, meaning in asked.items())
    aside, _ = read_header(header.split(","), rows(cells), columns=dict.fromkeys(asked, "nothing"))
    assert not set(asked.values()) & aside.at.keys()


@pytest.mark.parametrize(
    ("header", "currency"),
    [
        ("Amount_USD", "USD"),
        ("Deal Value (€)", "EUR"),
        ("value in GBP", "GBP"),
        ("Amount ($)", "$"),
        ("AMOUNT EUR", "EUR"),
    ],
)
def test_a_currency_beside_the_word_for_money_is_read_with_it(header: str, currency: str) -> None:
    layout, _ = read_header(["id", "stage", header], rows("1,open,5"))
    assert (layout.at["value"], layout.value_currency) == (2, currency)


def test_of_two_columns_for_a_date_the_one_with_dates_is_it() -> None:
    header = ["id", "stage", "Closed", "Close Date"]
    layout, _ = read_header(header, rows("1,won,yes,2026-02-13", "2,open,no,2026-03-13"))
    assert layout.header("closed") == "Close Date"


def test_a_column_nobody_has_is_named_with_the_closest() -> None:
    with pytest.raises(Refusal, match=r"no column “Fees”\. Did you mean “Fee”"):
        read_header(["id", "stage", "Fee"], columns={"Fees": "value"})


@given(
    st.lists(
        st.sampled_from(["“a” is not a date", "“b” is not a date", "has no id", "unknown stage “Legal”"]),
        min_size=1,
    )
)
def test_causes_count_every_row_once_under_each_of_its_reasons(reasons: list[str]) -> None:
    causes = Causes()
    for line, reason in enumerate(reasons):
        causes.note(Rejected("d.csv", line, (reason,)))
    assert causes.rows == len(reasons)
    assert sum(one.rows for one in causes.largest_first) + causes.stages.total() == len(reasons)
    assert len(causes.by_kind) <= 2
