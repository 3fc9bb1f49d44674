"""A workbook is read as its sheet shows it; what a sheet does not say, a person is asked and not $0 is taken."""

import re
from datetime import date

import pytest

from tests.stories.files.books import differences, kept, right
from tests.stories.files.typed import clear, counted
from tests.stories.files.workbooks import Formula, ods, swollen, xlsx

HEADER = ["Record ID", "Deal Name", "Deal Stage", "Amount", "Close Date", "Create Date", "Deal owner"]
DEALS = [
    HEADER,
    [70211, "Pier lights", "Closed Won", 18400.5, date(2026, 2, 13), date(2026, 1, 5), "Ida Moss"],
    [70212, "Slip winch", "Contract Sent", 9900, date(2026, 11, 20), date(2026, 8, 3), "Tom Reed"],
    [70213, "Buoy paint", "Contract Sent", None, None, date(2026, 9, 1), None],
]
RIGHT = right("""
Pier lights | won  | 18400.50 | 2026-01-05 | 2026-02-13 |            | Ida Moss
Slip winch  | open | 9900.00  | 2026-08-03 |            | 2026-11-20 | Tom Reed
Buoy paint  | open |          | 2026-09-01 |            |            |
""")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deals.xlsx", xlsx({"Deals": DEALS})),
        ("deals.ods", ods(DEALS)),
        ("deals.xlsx", xlsx({"Deals": [["Harbour pipeline"], [], *DEALS]})),
    ],
    ids=["xlsx", "ods", "title above the header"],
)
def test_a_workbook_comes_in_as_its_sheet_shows_it(terminal, name, content):
    """Whole numbers are ids without a point, days are days, empty cells are nothing."""
    ended = terminal("import", terminal.file(name, content))
    assert (ended.code, differences(kept(terminal.url), RIGHT)) == (0, []), clear(ended)
    assert [one.external_id for one in kept(terminal.url)] == ["70211", "70212", "70213"]


def test_the_same_deals_as_a_workbook_and_as_text_are_the_same_deals(terminal):
    """Saved as text after it came as a workbook: nothing is added and nothing changes."""
    assert terminal("import", terminal.file("deals.xlsx", xlsx({"Deals": DEALS}))).code == 0
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in DEALS]
    ended = terminal("import", terminal.file("deals.csv", "\n".join(lines) + "\n"))
    assert differences(kept(terminal.url), RIGHT) == [], clear(ended)
    assert (counted(ended, "added"), counted(ended, "changed")) == (0, 0)


def test_a_workbook_with_several_sheets_takes_the_deals_or_asks(terminal):
    """Notes before the sheet with the deals: the deals come in, or both sheets are named."""
    ended = terminal(
        "import", terminal.file("deals.xlsx", xlsx({"Notes": [["Ask Tom"], ["by May"]], "Deals": DEALS}))
    )
    said = clear(ended)
    if ended.code:
        assert kept(terminal.url) == []
        assert "Notes" in said
        assert "Deals" in said
    else:
        assert differences(kept(terminal.url), RIGHT) == [], said


def test_two_sheets_of_deals_are_never_half_taken_in_silence(terminal):
    """A year a sheet: both are read, or the one that is left out is named."""
    more = [HEADER, [70214, "Crane hire", "Closed Won", 100, date(2025, 2, 3), date(2025, 1, 3), "Ida Moss"]]
    ended = terminal("import", terminal.file("deals.xlsx", xlsx({"This year": DEALS, "Last year": more})))
    said = clear(ended)
    names = {one.name for one in kept(terminal.url)}
    assert names == {*RIGHT, "Crane hire"} or "Last year" in said, said


def test_amounts_that_were_never_worked_out_are_not_nothing(terminal):
    """A formula nobody opened holds no amount: said by column, never taken at $0."""
    rows = [HEADER, [1, "Quay lamp", "Closed Won", Formula("2*450"), date(2026, 2, 13), None, None]]
    rows += [[2, "Dock sign", "Closed Won", Formula("2*450", 900), date(2026, 2, 13), None, None]]
    ended = terminal("import", terminal.file("deals.xlsx", xlsx({"Deals": rows})))
    said = clear(ended)
    assert [(one.name, one.value) for one in kept(terminal.url)] in ([("Dock sign", "900.00")], []), said
    assert ended.code == 1
    assert re.search(r"formula|Amount", said), said


@pytest.mark.large
@pytest.mark.processes
def test_a_workbook_that_swells_is_refused_before_it_is_unpacked(terminal):
    """A few hundred kB that would be 200 MB: one clear line, at once, and no memory for it."""
    path = terminal.file("deals.xlsx", swollen(200))
    assert path.stat().st_size < 2_000_000
    ended = terminal.watched("import", path, seconds=30)
    said = clear(ended)
    assert (ended.code, len(ended.lines)) == (1, 1), said
    assert re.search(r"MB|large|big|grow|unpack", said), said
    assert ended.peak < 220, ended.peak


@pytest.mark.parametrize("cut", [60, 2000], ids=["its first bytes", "half of it"])
def test_a_workbook_cut_short_is_one_clear_line(terminal, cut):
    """Half a download: refused by name, no traceback."""
    ended = terminal("import", terminal.file("deals.xlsx", xlsx({"Deals": DEALS})[:cut]))
    clear(ended)
    assert (ended.code, len(ended.lines), kept(terminal.url)) == (1, 1, [])
    assert re.search(r"damaged|cut|not (be )?(opened|read)|cannot|incomplete|broken", ended.said), ended.said
