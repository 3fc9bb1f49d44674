"""Cells as they are: numbers of databases, words for nothing, ids, split rows, dates of every order and tongue."""

import re
import string

import pytest

from tests.stories.files.books import kept
from tests.stories.files.typed import clear

HEADER = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner\n"


def taken(terminal, *rows, header=HEADER, options=()):
    """Import rows; return how it ended and what is kept."""
    ended = terminal("import", terminal.file("deals.csv", header + "\n".join(rows) + "\n"), *options)
    clear(ended)
    return ended, kept(terminal.url)


AMOUNTS = {
    "179500.00000000": "179500.00",
    "12500.0000": "12500.00",
    "7832265.523200001": "7832265.52",
    "1054.0999999999999": "1054.10",
    "2.1E+05": "210000.00",
    "1.2345e4": "12345.00",
    "9E2": "900.00",
    '"1,250.5000"': "1250.50",
    '"$1,000,000.00"': "1000000.00",
    "0.0": "",
}
WITH_COMMAS = {'"1.250,5000"': "1250.50", '"2.000,00 €"': "2000.00", '"0,0000"': "", "900": "900.00"}


@pytest.mark.parametrize("amounts", [AMOUNTS, WITH_COMMAS], ids=["points", "commas"])
def test_numbers_as_databases_write_them(terminal, amounts):
    """What a database or a spreadsheet makes of an amount is that amount, to the cent."""
    rows = [f"{at},Deal {at},Contract Sent,{cell},2026-11-20,," for at, cell in enumerate(amounts)]
    ended, found = taken(terminal, *rows)
    assert [one.value for one in found] == list(amounts.values()), ended.said
    assert ended.code == 0


def test_what_is_no_amount_is_refused_and_not_guessed(terminal):
    """Below zero, beyond counting, or no number: each row is refused; holds today and must stay so."""
    cells = ('"($1,234.50)"', "-5", "1e999", "12.5.7", "twelve")
    rows = [f"{at},Deal {at},Contract Sent,{cell},,," for at, cell in enumerate((*cells, "10"))]
    ended, found = taken(terminal, *rows)
    assert (ended.code, [one.name for one in found]) == (1, ["Deal 5"]), ended.said


def test_words_for_nothing_are_nothing(terminal):
    """In a date, an amount or an owner alike: the deal is open, without it."""
    words = ("\\N", "N/A", "NULL", "-", "n/a", "#N/A", "(null)")
    rows = [f"{at},Deal {at},Contract Sent,{word},{word},{word},{word}" for at, word in enumerate(words)]
    rows += ["7,Deal 7,Contract Sent,,0000-00-00,0000-00-00,", "8,Deal 8,Contract Sent,5000,\\N,N/A,Ida Moss"]
    ended, found = taken(terminal, *rows)
    assert ended.code == 0, ended.said
    assert [one[1:7] for one in found[:8]] == [("open", "", "", "", "", "")] * 8
    assert found[8][1:7] == ("open", "5000.00", "", "", "", "Ida Moss")


@pytest.mark.parametrize(
    "ids",
    [
        ("2.06604E+10", "2.06604E+10", "2.07441E+10"),
        ("2,06604E+10", "2,07441E+10", "2,08441E+10"),
        ("123456789012345000", "123456789012346000", "123456789012345000"),
    ],
    ids=["exponents", "decimal comma", "fifteen digits"],
)
def test_ids_that_a_spreadsheet_rounded_refuse_the_file(terminal, ids):
    """Two deals under one false id would be one: nothing is taken, and it is said why."""
    rows = [f'"{one}",Deal {at},Closed Won,10,2026-02-03,,' for at, one in enumerate(ids)]
    ended, found = taken(terminal, *rows)
    assert (ended.code, found) == (1, [])
    assert ended.telling(r"round|spreadsheet"), ended.said
    assert ended.telling(r"Record ID|\bids?\b"), ended.said


def eighteen(short: str) -> str:
    """The 18-character form of a 15-character record id, by which of its letters are capitals."""
    digits = string.ascii_uppercase + "012345"
    parts = [short[at : at + 5] for at in range(0, 15, 5)]
    return short + "".join(
        digits[sum(2**bit for bit, letter in enumerate(part) if letter in string.ascii_uppercase)]
        for part in parts
    )


SALESFORCE = "Opportunity ID,Opportunity Name,Stage,Amount,Close Date\n"


@pytest.mark.parametrize("first_short", [True, False], ids=["15 then 18", "18 then 15"])
def test_a_short_and_a_long_id_are_one_record(terminal, first_short):
    """A report has 15 characters, the loader 18: the second file changes the deal and adds none."""
    ids = ["006Qm00000B1aaA", eighteen("006Qm00000B1aaA")]
    for value, one in zip((100, 250), ids if first_short else ids[::-1], strict=True):
        taken(terminal, f"{one},Quay lamp,Closed Won,{value},2/13/2026", header=SALESFORCE)
    assert [(one.name, one.value) for one in kept(terminal.url)] == [("Quay lamp", "250.00")]


def test_short_ids_that_differ_in_capitals_are_two_records(terminal):
    """006…aaA and 006…aAa are two deals; holds today and must stay so."""
    ids = ("006Qm00000B1aaA", "006Qm00000B1aAa")
    _, found = taken(terminal, *(f"{one},{one},Closed Won,10,2/13/2026" for one in ids), header=SALESFORCE)
    assert [one.name for one in found] == list(ids)


SPLIT = "Opportunity ID,Opportunity Name,Opportunity Owner,Stage,Amount,Close Date,Split Owner,{}\n"


@pytest.mark.parametrize(
    ("column", "shares"),
    [("Split %", ("70", "30")), ("Split Amount", ("7000", "3000"))],
    ids=["percent", "amount"],
)
def test_split_rows_are_shared_or_refused(terminal, column, shares):
    """7,000 to one and 3,000 to the other, or a refusal that says there are split rows; never all to the first."""
    rows = [
        f"1,Quay lamp,Ida Moss,Closed Won,10000,2/13/2026,{who},{share}"
        for who, share in zip(("Ida Moss", "Tom Reed"), shares, strict=True)
    ]
    ended, found = taken(terminal, *rows, header=SPLIT.format(column))
    if ended.code:
        assert (found, bool(ended.telling("split"))) == ([], True), ended.said
        return
    by_owner = {one.owner: one.value for one in found}
    assert by_owner == {"Ida Moss": "7000.00", "Tom Reed": "3000.00"}, ended.said


def test_won_before_it_was_created_keeps_its_money_and_loses_its_age(terminal):
    """Typed in after the fact: won, without an opening date, and reported, as it is not refused."""
    rows = (
        "1,Quay lamp,Closed Won,9000,2026-01-05,2026-01-07,",
        "2,Dock sign,Closed Lost,10,2026-01-05,2026-02-07,",
    )
    ended, found = taken(terminal, *rows)
    assert [(one.stage, one.opened, one.closed) for one in found] == [
        ("won", "", "2026-01-05"),
        ("lost", "", "2026-01-05"),
    ], ended.said
    assert found[0].value == "9000.00"
    assert ended.code == 0
    assert [one for one in ended.telling(r"before (it|they)|created after") if re.search(r"\b2\b", one)], (
        ended.said
    )


DATES = "id,name,stage,closed,opened\n"


@pytest.mark.parametrize(
    ("closed", "opened", "right"),
    [
        (("3/4/2026", "25.4.2026"), ("2026-01-02", "2026-01-02"), "2026-04-03"),
        (("03-04-2026", "4/25/2026"), ("2026-01-02", "2026-01-02"), "2026-03-04"),
        (("3/4/2026", "25/4/2026"), ("1/2/2026", "1/25/2026"), "2026-04-03"),
    ],
    ids=["dots tell slashes", "slashes tell dashes", "each column by itself"],
)
def test_the_order_of_a_date_is_told_by_its_whole_column(terminal, closed, opened, right):
    """One cell that can be read one way only tells the others of its column, whatever stands between the numbers."""
    rows = [f"{at},Deal {at},won,{closed[at]},{opened[at]}" for at in range(2)]
    ended, found = taken(terminal, *rows, header=DATES)
    assert ended.code == 0, ended.said
    assert (found[0].closed, found[0].opened) == (right, "2026-01-02")


def test_a_column_that_tells_both_orders_is_asked_about(terminal):
    """25.4. and 4/25 in one column: no order fits both, so nothing is guessed for 3/4."""
    rows = [f"{at},Deal {at},won,{day}," for at, day in enumerate(("25.4.2026", "4/25/2026", "3/4/2026"))]
    ended, found = taken(terminal, *rows, header=DATES)
    assert ended.code == 1
    assert "Deal 2" not in [one.name for one in found], ended.said


MONTHS = {
    "3. März 2026": "2026-03-03",
    "12. Dez. 2026": "2026-12-12",
    "5 août 2026": "2026-08-05",
    "13 févr. 2026": "2026-02-13",
    "7 de enero de 2026": "2026-01-07",
    "9-dic-2026": "2026-12-09",
    "13 Feb 2026": "2026-02-13",
}


def test_months_are_read_by_name_in_four_languages(terminal):
    """A month that is written out leaves no question of order."""
    rows = [f"{at},Deal {at},won,{day}," for at, day in enumerate(MONTHS)]
    ended, found = taken(terminal, *rows, header=DATES)
    assert [one.closed for one in found] == list(MONTHS.values()), ended.said
