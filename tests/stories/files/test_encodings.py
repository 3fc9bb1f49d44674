"""Letters as they are: names come in as they were typed, or the readings that fit are shown and asked about."""

import re

import pytest

from tests.stories.files.books import kept
from tests.stories.files.typed import clear, option

NAMES = {
    "utf-8": ("Žagar Čebelnjak", "Søren Ærø"),
    "utf-8-sig": ("Žagar Čebelnjak", "Søren Ærø"),
    "utf-16": ("Žagar Čebelnjak", "Søren Ærø"),
    "cp1251": ("Причал Север", "Лидия Орлова"),
    "shift_jis": ("サクラ灯台リフト", "タナカ ヤマネ"),
    "cp1250": ("Žaga Šentjur", "Đorđe Čuček"),
    "cp1253": ("Φάρος Θήρας", "Ελένη Ζαφείρη"),
    "cp1252": ("Peña Núñez", "Señor Ibáñez"),
    "latin-1": ("Ørsted Rør", "Åse Bjørn"),
    "gb18030": ("码头照明", "林晓"),
}
SURE = ("utf-8", "utf-8-sig", "utf-16")
SHOWN = ("cp1250", "cp1251", "cp1252", "latin-1")  # of others a refusal may ask for UTF-8 alone
EXPORT = "Record ID;Deal Name;Deal Stage;Amount;Close Date;Deal owner\n1;{};Closed Won;5000;2026-02-13;{}\n"


def names(terminal):
    return [(one.name, one.owner) for one in kept(terminal.url)]


@pytest.mark.parametrize("encoding", NAMES)
def test_names_come_in_as_they_are_or_are_asked_about(terminal, encoding):
    """Never garbled and taken: right, or refused with a preview that shows the right reading, or for UTF-8."""
    path = terminal.file("export.csv", EXPORT.format(*NAMES[encoding]), encoding)
    ended = terminal("import", path)
    said = clear(ended)
    if ended.code == 0 or encoding in SURE:
        assert names(terminal) == [NAMES[encoding]], said
        return
    assert names(terminal) == []
    assert encoding not in SHOWN or NAMES[encoding][0] in said, said
    assert re.search(r"UTF-8|encoding|code page", said, re.IGNORECASE), said


def test_the_reading_that_was_meant_can_be_said(terminal):
    """An option of the command settles it, as --dates settles the order of days."""
    said = option(terminal, "import", r"encod|code page")
    assert said is not None, terminal("import", "--help").out
    encodings = ("cp1251", "shift_jis", "cp1250", "cp1252")
    for at, encoding in enumerate(encodings):
        text = EXPORT.replace("\n1;", f"\n{at};").format(*NAMES[encoding])
        ended = terminal("import", terminal.file("export.csv", text, encoding), said, encoding)
        assert ended.code == 0, clear(ended)
    assert names(terminal) == [NAMES[encoding] for encoding in encodings]


def test_where_two_readings_fit_both_are_shown(terminal):
    """One letter above the English ones, a name in Windows-1252 and another in 1250: both stand in the preview."""
    path = terminal.file("export.csv", EXPORT.format("Mu\u00f1iz", "Ida Moss"), "cp1252")
    ended = terminal("import", path)
    said = clear(ended)
    assert ended.code == 1, said
    assert "Mu\u00f1iz" in said
    assert "Mu\u0144iz" in said
    assert names(terminal) == []


def test_one_damaged_line_does_not_make_nonsense_of_the_others(terminal):
    """A UTF-8 file with one bad line: that line is refused, the accents of the rest stay; holds today."""
    good = EXPORT.format("Žagar", "Søren").encode()
    bad = "2;Ner\u00ed;Closed Won;10;2026-02-13;Ida Moss\n".encode("latin-1")
    more = "".join(f"{at};Møller {at};Closed Won;10;2026-02-13;Åse\n" for at in range(3, 9)).encode()
    ended = terminal("import", terminal.file("export.csv", good + bad + more))
    assert ended.code == 1
    assert [one.name for one in kept(terminal.url)] == ["Žagar", *(f"Møller {at}" for at in range(3, 9))]
