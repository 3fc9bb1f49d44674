"""Cells: harmless in a spreadsheet whatever they say, and the same value again when they are read."""

import csv
import io
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.imports.export.cells import Cell, harmless, itself, read, written
from sales.refusal import Refusal

RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NASTY = st.text(st.sampled_from("'=+-@\t\r\n ＝＠a1,;\"|%\u00a0"), max_size=8)
TEXTS = NASTY | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(TEXTS)
def test_a_harmless_cell_begins_like_no_formula_and_is_itself_again(text):
    cell = harmless(text)
    assert not cell.startswith(RUN)
    assert not cell.lstrip().startswith(RUN)
    assert itself(cell) == text


@given(TEXTS, st.sampled_from([Cell.TEXT, Cell.MAYBE, Cell.WORD]))
def test_a_text_is_the_same_after_a_file(text, kind):
    file = io.StringIO(newline="")
    csv.writer(file).writerow([written(kind, text), "beside"])
    ((cell, _),) = csv.reader(io.StringIO(file.getvalue(), newline=""), strict=True)
    found = read(kind, cell)
    assert found == text or (text == "" and found is None and kind is not Cell.MAYBE)


def test_no_text_and_an_empty_one_are_two_things_where_it_matters():
    assert read(Cell.MAYBE, written(Cell.MAYBE, None)) is None
    assert read(Cell.MAYBE, written(Cell.MAYBE, "")) == ""
    assert read(Cell.MAYBE, written(Cell.MAYBE, "'")) == "'"


@given(
    st.one_of(
        st.tuples(st.just(Cell.NUMBER), st.integers()),
        st.tuples(st.just(Cell.FRACTION), st.floats(allow_nan=False, allow_infinity=False)),
        st.tuples(st.just(Cell.DAY), st.dates()),
        st.tuples(st.just(Cell.TIME), st.times()),
        st.tuples(st.just(Cell.INSTANT), st.datetimes(timezones=st.just(UTC))),
        st.tuples(st.just(Cell.FLAG), st.booleans()),
        st.tuples(st.just(Cell.FIELDS), st.dictionaries(st.text(), st.text())),
    )
)
def test_other_values_are_the_same_again(kept):
    kind, value = kept
    assert read(kind, written(kind, value)) == value


@given(st.integers(-(10**15), 10**15), st.sampled_from(["USD", "JPY", "KWD"]))
def test_an_amount_is_exact_in_the_digits_of_its_currency(minor, currency):
    assert read(Cell.MONEY, written(Cell.MONEY, minor, currency), currency) == minor


def test_cells_read_like_a_persons():
    assert written(Cell.MONEY, 720000, "USD") == "7200.00"
    assert written(Cell.MONEY, 7200, "JPY") == "7200"
    assert written(Cell.DAY, date(2026, 9, 18)) == "2026-09-18"
    assert written(Cell.TIME, time(16, 30)) == "16:30:00"
    assert written(Cell.INSTANT, datetime(2026, 9, 18, 15, tzinfo=UTC)) == "2026-09-18T15:00:00Z"
    assert written(Cell.FLAG, value=True) == "yes"
    assert written(Cell.FIELDS, {"close": "2026-10-23"}) == '{"close": "2026-10-23"}'
    assert written(Cell.TEXT, '=HYPERLINK("http://x")') == '\'=HYPERLINK("http://x")'
    assert written(Cell.TEXT, "'s-Hertogenbosch") == "'s-Hertogenbosch"


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (Cell.FIELDS, "close"),
        (Cell.FIELDS, "[1]"),
        (Cell.FIELDS, '{"close": 1}'),
        (Cell.NUMBER, "4.5"),
        (Cell.DAY, "18.9.2026"),
        (Cell.INSTANT, "2026-09-18T15:00:00"),
        (Cell.FLAG, "maybe"),
        (Cell.MONEY, "7,200"),
        (Cell.MONEY, "0.001"),
        (Cell.MONEY, "NaN"),
    ],
)
def test_a_cell_that_holds_something_else_is_refused(kind, cell):
    with pytest.raises(Refusal) as refused:
        read(kind, cell, "USD")
    assert cell in refused.value.text
