"""Files nobody meant: another kind under the name, one endless line, a full disk; one clear line, and nothing half."""

import gzip
import io
import re
import sqlite3
import zipfile
from contextlib import closing

import pytest

from tests.stories.files.books import kept
from tests.stories.files.typed import clear
from tests.stories.files.ways_out import run_by_a_spreadsheet


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        book.writestr("notes.txt", "nothing to do with deals")
    return made.getvalue()


OTHER_KINDS = {
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, r"picture|image|PNG"),
    "a pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"1 0 obj\n" * 90, r"PDF"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), r"\.?xls\b|old|workbook|password"),
    "a zip": (zipped(), r"\bzip|archive|no workbook|not a workbook"),
    "a gzip": (gzip.compress(b"id,stage\n1,open\n" * 99), r"gz|compress|archive"),
    "a page": (b"<!DOCTYPE html>\n<html><body>Sign in, please</body></html>\n", r"HTML|web page"),
    "json": (b'{"deals": [{"id": 1, "amount": 20}]}\n', r"JSON"),
    "nothing": (b"\n\n  \n", r"empty"),
}


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_a_file_of_another_kind_renamed_is_named_as_what_it_is(terminal, kind):
    """One line that says what it is; its first bytes are not quoted as columns."""
    content, named = OTHER_KINDS[kind]
    ended = terminal("import", terminal.file("deals.csv", content))
    said = clear(ended)
    assert (ended.code, len(ended.lines), kept(terminal.url)) == (1, 1, []), said
    told = said.partition("deals.csv")[2]
    assert re.search(named, told, re.IGNORECASE), said
    assert "“" not in told, said


@pytest.mark.large
@pytest.mark.processes
@pytest.mark.parametrize("start", [b"", b"id,name,stage\n"], ids=["no header", "below a header"])
def test_fifty_megabytes_of_one_line_are_one_clear_line(terminal, start):
    """Refused within seconds, and never held as a whole."""
    ended = terminal.watched("import", terminal.file("deals.csv", start + b"x," * 25_000_000), seconds=60)
    said = clear(ended)
    assert ended.code == 1, said
    assert len(said) < 4000
    assert ended.peak < 250, ended.peak
    assert kept(terminal.url) == []


ROWS = "".join(f"{at},Deal {at},won,100,2026-02-13\n" for at in range(4_000))


@pytest.mark.large
@pytest.mark.processes
def test_a_disk_that_fills_up_in_mid_import_is_one_line_and_can_be_gone_on_from(terminal):
    """No traceback, a database that is whole, and the same typed again completes it: every deal once."""
    path = terminal.file("deals.csv", "id,name,stage,value,closed\n" + ROWS)
    room = (terminal.folder / "rainmaker.db").stat().st_size + 200_000
    ended = terminal.watched("import", path, largest_file=room, seconds=300)
    said = clear(ended)
    assert ended.code == 1, said
    assert re.search(r"disk|full|space|written", said, re.IGNORECASE), said
    assert len(kept(terminal.url)) < 4_000
    with closing(sqlite3.connect(terminal.folder / "rainmaker.db")) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    again = terminal("import", path)
    assert again.code == 0, clear(again)
    assert len({one.name for one in kept(terminal.url)}) == len(kept(terminal.url)) == 4_000


def test_what_was_not_taken_is_run_by_no_spreadsheet(terminal):
    """Rows refused for what they are called, written to a file: harmless there; holds today and must stay so."""
    rows = "".join(f'{at},"=cmd|{at}",=1+1,10,\n' for at in range(60))
    ended = terminal("import", terminal.file("=deals.csv", "id,name,stage,value,closed\n" + rows))
    assert ended.code == 1
    written = list(terminal.folder.glob("*not-taken*"))
    assert [run_by_a_spreadsheet(path.read_text("utf-8-sig")) for path in written] == [[] for _ in written]


def test_a_preview_of_a_terminal_runs_nothing(terminal):
    """Colours and bells in a name do not reach the terminal as such; holds today and must stay so."""
    text = "id,name,stage,value,closed\n1,\x1b[31mred\x07,\x1b]0;title\x07,10,\n"
    ended = terminal("import", terminal.file("deals.csv", text))
    assert "\x1b" not in ended.said
    assert "\x07" not in ended.said
