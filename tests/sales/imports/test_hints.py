"""Hints: what a refusal says to add can be typed as it stands, and answers all that was asked."""

import shlex

import pytest

from bot.imports.options import columns_given
from sales.imports.files.encoding import readings
from sales.imports.files.sheet import SheetRecord
from sales.refusal import Refusal
from tests.headers import read_header


def refused(header: str, *rows: str) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        read_header(header.split(","), [SheetRecord(at, row.split(",")) for at, row in enumerate(rows, 2)])
    return refusal.value


HEADERS = [
    ("id,stage,Fee,Total", "1,open,5,6"),
    ("id,Phase2,Fee,Total", "1,open,5,6"),
    ("Deal Name,Deal Stage,Fee", "a,won,5"),
    ("Deal Name,Deal Stage,Net price,Gross price,Closing", "a,won,5,6,2026-02-13"),
    ("Vorgang,Bereich,Umsatz", "1,offen,5"),
    ("Vorgang,Verkaufsphase,Phase im Haus", "1,offen,offen"),
    ("foo", "1"),
    ("id,stage,Amount,Deal Value", "1,open,5,6"),
    ("opportunity_id,sales_agent,product,account,deal_stagee,close_date", "1,a,b,c,Won,2026-01-03"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "row"), HEADERS, ids=[one for one, _ in HEADERS])
def test_a_hint_can_be_typed_as_it_stands(header: str, row: str) -> None:
    refusal = refused(header, row)
    assert "…" not in (refusal.example or "")
    typed = shlex.split(refusal.example or "")
    given = columns_given([each for each in typed if each != "--column"])  # refuses one meaning given twice
    assert set(given) <= set(header.split(","))


def test_what_is_asked_about_is_named_once() -> None:
    said = refused("Deal Name,Deal Stage,Fee,Closing", "a,won,5,2026-02-13")
    assert said.text.count("Fee") == 1
    assert "the file lacks “" in said.text
    assert str(said) == said.text


@pytest.mark.parametrize(
    ("header", "row", "words"),
    [
        ("id,stage,value,Closing", "1,won,5,2026-02-13", "may be the close date."),
        ("id,stage,value,Start of talks", "1,open,5,2026-02-13", "may be the opening date."),
        ("id,stage,Fee", "1,open,5", "may be the value."),
    ],
)
def test_columns_are_called_as_people_call_them(header: str, row: str, words: str) -> None:
    assert words in refused(header, row).text


def test_a_fee_in_words_may_be_the_value() -> None:
    assert "“Fee”" in refused("id,stage,Fee", "1,open,500 dollars", "2,open,500 Euro").text


def test_two_columns_for_one_thing_are_asked_about_where_they_differ() -> None:
    header, row = "id,stage,Amount,Deal Value,Closed,Close date", "1,won,5,6,yes,2026-02-13"
    refusal = refused(header, row)
    assert refusal.example == '--column "Amount=value" --column "Deal Value=nothing"'
    record = [SheetRecord(2, row.split(","))]
    chosen, _ = read_header(header.split(","), record, columns={"Deal Value": "value", "Amount": "nothing"})
    assert chosen.header("value") == "Deal Value"
    assert "Amount" in refused(header, row.replace("5,6", ",6")).text  # money beside nothing is not nothing
    same = [SheetRecord(2, row.replace("6", "5").split(","))]
    alike, _ = read_header(header.split(","), same)
    assert (alike.header("value"), alike.header("closed")) == ("Amount", "Close date")


# Letters of older machines, and of Poland


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Müller", "mac_roman"),
        ("Société Générale", "mac_roman"),
        ("Peña Núñez", "mac_roman"),
        ("García", "mac_roman"),
        ("Ángel", "mac_roman"),
        ("Bogotá", "mac_roman"),
        ("Östlund", "mac_roman"),
        ("Björn", "cp850"),
        ("José", "cp850"),
        ("Причал Север", "mac_cyrillic"),
        ("Łódź", "cp1250"),
        ("Żółw", "cp1250"),
    ],
)
def test_letters_are_never_taken_for_others(text: str, written: str) -> None:
    found = [one.words for one in readings([text.encode(written)])]
    assert text in found


@pytest.mark.parametrize(
    "text",
    [
        "Müller",
        "März",
        "Café",
        "Macy’s",
        "O’Brien",
        "“Best” deal",
        "Deal – Big",
        "Foo™",
        "tbd…",
        "Österreich",
    ],
)
def test_what_windows_writes_every_day_needs_no_answer(text: str) -> None:
    assert [one.words for one in readings([text.encode("cp1252")])] == [text]


def test_polish_needs_no_answer_where_only_polish_fits() -> None:
    assert [one.name for one in readings(["Łódź".encode("cp1250")])] == ["windows-1250"]
