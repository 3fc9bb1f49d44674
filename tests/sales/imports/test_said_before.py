"""What was said of an earlier file: remembered with its day, and asked again where the next file shows otherwise."""

from datetime import date

from sales.imports.files.amounts import AmountEvidence
from sales.imports.files.answers import (
    DATES,
    DECIMALS,
    ENCODING,
    SHEET,
    SINCE,
    confirmed,
    fitting,
    terms_of,
    together,
    with_answer,
)
from sales.imports.files.dates import DateEvidence, DateOrder

MONDAY, NEXT = date(2026, 9, 14), date(2026, 9, 21)


def test_each_answer_keeps_the_day_on_which_it_was_given():
    remembered = confirmed({DATES: "dmy"}, MONDAY)
    assert remembered[SINCE] == {DATES: "2026-09-14"}
    again = confirmed(with_answer(together(remembered, {}), DECIMALS, "Amount", "comma"), NEXT)
    assert again[SINCE] == {DATES: "2026-09-14", DECIMALS: "2026-09-21"}


def test_what_is_answered_now_was_not_said_before():
    """Also once the file is read again with it."""
    found = together(confirmed({DATES: "dmy", DECIMALS: "dot"}, MONDAY), {})
    assert terms_of(found).before == {DATES, DECIMALS}
    answered = with_answer(found, DATES, "Close Date", "mdy")
    for one in (answered, together(confirmed({DATES: "dmy", DECIMALS: "dot"}, MONDAY), answered)):
        assert (one[DATES], terms_of(one).before) == ("mdy", {DECIMALS})


def test_what_does_not_fit_this_file_has_no_day_either():
    found = together(confirmed({SHEET: "May", ENCODING: "windows-1252", DATES: "dmy"}, MONDAY), {})
    assert fitting(found, ["June"], [], shows_letters=True) == {DATES: "dmy", SINCE: {DATES: "2026-09-14"}}


def dates_of(*cells: str) -> DateEvidence:
    found = DateEvidence()
    for cell in cells:
        found.see(cell)
    return found


def test_a_date_that_only_the_other_order_reads_is_against_what_was_said():
    assert dates_of("10/04/2026", "10/14/2026").against(DateOrder.DMY) == "10/14/2026"
    assert dates_of("10/04/2026", "14/10/2026").against(DateOrder.DMY) == ""
    assert dates_of("10/04/2026", "11/12/2026").against(DateOrder.DMY) == ""


def test_a_slip_among_many_dates_is_not_against_it():
    assert dates_of(*["14/10/2026"] * 200, "10/14/2026").against(DateOrder.DMY) == ""


def test_dates_in_both_orders_are_against_either():
    mixed = dates_of("14/10/2026", "10/14/2026")
    assert [mixed.against(one) for one in (DateOrder.DMY, DateOrder.MDY)] == ["10/14/2026", "14/10/2026"]


def amounts_of(*cells: str) -> AmountEvidence:
    found = AmountEvidence()
    for cell in cells:
        found.see(cell)
    return found


def test_an_amount_with_another_mark_is_against_what_was_said():
    assert amounts_of("1.200", "4.5").against(",") == "4.5"
    assert amounts_of("1.200", "4,5").against(".") == "4,5"


def test_amounts_that_read_one_way_are_against_nothing():
    assert amounts_of("1200", "4.5").against(",") == ""
    assert amounts_of("1.200", "2.500").against(",") == ""
    assert amounts_of("1.200", "4,5").against(",") == ""
