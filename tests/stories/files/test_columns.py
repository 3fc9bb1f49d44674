"""Headers as they are: nearly right, twice, further down; a column that is not sure is asked about, never left out."""

import re

import pytest

from tests.stories.files.books import differences, kept, right
from tests.stories.files.typed import clear

WON_AND_OPEN = """
Quay lamp | won  | {} |  | 2026-02-13 |            | ?
Dock sign | open | {} |  |            | 2026-11-20 | ?
"""


@pytest.mark.parametrize("header", ["Amount_USD", "Deal Value (USD)", "Total Amount", "Amt"])
def test_a_value_under_a_near_miss_is_read_or_asked_about(terminal, header):
    """Four real files came in at $0: now the money is there, or the column is named with what it likely is."""
    rows = "D1,Quay lamp,Closed Won,64227.16,2026-02-13\nD2,Dock sign,Contract Sent,900,2026-11-20\n"
    ended = terminal(
        "import",
        terminal.file("deals.csv", f"Deal ID,Deal Name,Deal Stage,{header},Close Date\n{rows}"),
    )
    said = clear(ended)
    if ended.code == 0:
        wanted = right(WON_AND_OPEN.format("64227.16", "900.00"))
        assert differences(kept(terminal.url), wanted) == [], said
        return
    assert kept(terminal.url) == []
    assert [one for one in ended.lines if header in one and re.search(r"value|amount", one)], said
    assert "--column" in said


def test_a_value_column_that_was_asked_about_is_taken_as_said(terminal):
    """`--column "Fee=value"`: the money is there."""
    text = "Deal ID,Deal Name,Deal Stage,Fee,Close Date\nD1,Quay lamp,Closed Won,64227.16,2026-02-13\n"
    ended = terminal("import", terminal.file("deals.csv", text), "--column", "Fee=value")
    assert [(one.stage, one.value) for one in kept(terminal.url)] == [("won", "64227.16")], clear(ended)


def test_a_column_that_cannot_be_meant_so_is_usage_or_one_clear_line(terminal):
    """No such column, no such meaning, no meaning: said by name, and nothing is taken."""
    text = "Deal ID,Deal Name,Deal Stage,Fee,Close Date\nD1,Quay lamp,Closed Won,64227.16,2026-02-13\n"
    for said in ("Fees=value", "Fee=worth", "Fee"):
        ended = terminal("import", terminal.file("deals.csv", text), "--column", said)
        assert (ended.code in (1, 2), kept(terminal.url)) == (True, [])
        assert said.split("=")[0] in clear(ended)
        assert "No such option" not in ended.said


def test_a_file_without_any_value_says_so(terminal):
    """Deals without money are taken, and it is said that none of them has a value."""
    text = "id,name,stage,closed\n1,Quay lamp,won,2026-02-13\n2,Dock sign,open,\n"
    ended = terminal("import", terminal.file("deals.csv", text))
    assert ended.telling(r"(no|without) (a )?(value|amount)"), clear(ended)


@pytest.mark.parametrize(
    ("stage", "status", "meant"),
    [
        (("Proposal", "Negotiation", "Proposal"), ("Won", "Lost", "Open"), ("won", "lost", "open")),
        (("Won", "Lost", "Proposal"), ("Closed", "Closed", "Active"), ("won", "lost", "open")),
        (("Proposal", "Proposal", "Negotiation"), ("WON", "LOST", "In progress"), ("won", "lost", "open")),
    ],
    ids=["status has the ends", "stage has the ends", "status in capitals"],
)
def test_stage_beside_status_is_read_by_what_is_in_them(terminal, stage, status, meant):
    """Whichever stands first, the column that says won and lost is believed."""
    for number, order in enumerate((("Stage", "Status"), ("Status", "Stage"))):
        columns = {"Stage": stage, "Status": status}
        rows = [
            f"{number}{at},Deal {at},{columns[order[0]][at]},{columns[order[1]][at]},100,2026-02-13\n"
            for at in range(3)
        ]
        text = f"ID,Name,{','.join(order)},Value,Close Date\n{''.join(rows)}"
        ended = terminal("import", terminal.file("d.csv", text))
        assert tuple(one.stage for one in kept(terminal.url))[-3:] == meant, clear(ended)
        assert ended.code == 0


@pytest.mark.parametrize("flags", [("true", "false"), ("Yes", ""), ("1", "0")], ids="-".join)
def test_closed_as_a_flag_is_no_date(terminal, flags):
    """`Closed` says yes or no beside `Close Date`: the date is the date."""
    text = "ID,Name,Closed,Stage,Amount,Close Date\n1,Quay lamp,{},Closed Won,24000,2026-02-13\n"
    text = (text + "2,Dock sign,{},Proposal,9000,2026-11-20\n").format(*flags)
    ended = terminal("import", terminal.file("d.csv", text))
    wanted = right(WON_AND_OPEN.format("24000.00", "9000.00"))
    assert (ended.code, differences(kept(terminal.url), wanted)) == (0, []), clear(ended)


@pytest.mark.parametrize(
    "above",
    [
        "Harbour pipeline\nAs of 2026-03-01\n\n",
        "\n\nDeals;\nFilter: all\nSorted by: close date\nCurrency: USD\n\n",
    ],
    ids=["two lines", "six lines"],
)
def test_a_header_further_down_is_found(terminal, above):
    """Titles above the header are no columns, and the lines of refusals count them."""
    split = ";" if ";" in above else ","
    rows = ("Record ID,Deal Name,Deal Stage,Amount,Close Date", "1,Quay lamp,Closed Won,10,2026-02-13")
    rows += ("2,Dock sign,Contract Sent,20,2026-11-20", "3,Crane hire,Contract Sent,much,2026-11-20")
    ended = terminal(
        "import", terminal.file("d.csv", above + "\n".join(rows).replace(",", split) + "\n", "utf-8")
    )
    wanted = right(WON_AND_OPEN.format("10.00", "20.00"))
    assert differences(kept(terminal.url), wanted) == [], clear(ended)
    assert re.search(rf"\b{above.count(chr(10)) + 4}\b", ended.out), ended.out
    assert ended.code == 1


KNOWN = {
    "Qualification": "open",
    "Needs Analysis": "open",
    "Value Proposition": "open",
    "Id. Decision Makers": "open",
    "Proposal/Price Quote": "open",
    "Negotiation/Review": "open",
    "Discovery": "open",
    "Negotiations": "open",
    "Appointment Scheduled": "open",
    "Decision Maker Bought-In": "open",
    "Contract Sent": "open",
    "Engaging": "open",
    "Prospecting": "suspect",
    "On hold": "parked",
    "Closed Won": "won",
    "Closed lost": "lost",
}


@pytest.mark.parametrize(
    "header", ["id,name,stage,value,close date", "Record ID,Deal Name,Deal Stage,Amount,Close Date"]
)
def test_stage_words_of_every_vendor_are_known_everywhere(terminal, header):
    """A word that one kind of file knows is known in all of them."""
    rows = [f"{at},{word},{word},10,2026-03-31\n" for at, word in enumerate(KNOWN)]
    ended = terminal("import", terminal.file("d.csv", header + "\n" + "".join(rows)))
    assert {one.name: one.stage for one in kept(terminal.url)} == KNOWN, clear(ended)


def test_unknown_stages_are_listed_once_with_what_to_add(terminal):
    """Ninety rows, three words nobody knows: each word stands once, counted, with its `--stage`."""
    words = ("Legal desk", "Board paper", "Sandbox")
    rows = [f"{at},Deal {at},{words[at % 3]},10,\n" for at in range(90)]
    path = terminal.file("d.csv", "id,name,stage,value,expected close\n" + "".join(rows))
    ended = terminal("import", path)
    said = clear(ended)
    for word in words:
        told = ended.telling(rf"--stage.*{word}=")
        assert len(told) == 1, said
        assert len(ended.telling(rf"{word}")) <= 2, said
    assert re.search(r"\b30\b|\b90\b", said), said
    options = [part for word in words for part in ("--stage", f"{word}=open")]
    assert terminal("import", path, *options).code == 0
    assert {one.stage for one in kept(terminal.url)} == {"open"}
    assert len(kept(terminal.url)) == 90


def test_refusals_are_grouped_by_cause(terminal):
    """Sixty rows refused for two causes: each once, with its count and one example line, not sixty."""
    rows = [f"{at},Deal {at},open,lots,\n" for at in range(40)]
    rows += [f"{at},Deal {at},won,10,\n" for at in range(40, 60)]
    rows += ["60,Deal 60,open,10,\n"]
    ended = terminal("import", terminal.file("d.csv", "id,name,stage,value,closed\n" + "".join(rows)))
    said = clear(ended)
    assert ended.code == 1
    assert (len(ended.telling(r"lots")), len(ended.telling(r"no close date"))) == (1, 1), said
    for figure in (40, 2, 20, 42):  # rows refused, and the line of an example, of either cause
        assert re.search(rf"\b{figure}\b", said), said
    assert len(ended.lines) < 25, said
    assert [one.name for one in kept(terminal.url)] == ["Deal 60"]
