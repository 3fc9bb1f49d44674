"""The command as somebody types it: a folder that is whole or not there, and one that is read in again."""

import sqlite3
from contextlib import closing

import pytest

from bot.exports.folder import exported
from sales.imports.export.folder import README
from storage.database import Database
from storage.imports.export.read_in.folder import text_of_export
from storage.people import workspace
from tests.known import T0
from tests.stories.files.typed import Terminal, clear

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def terminal(database, database_url, tmp_path):
    return Terminal(tmp_path, database_url)


async def test_only_the_operator_reads_what_was_exported(terminal):
    """It holds everybody's words."""
    ended = await terminal.beside("export", "away/out")
    assert ended.code == 0, clear(ended)
    folder = terminal.folder / "away" / "out"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert "rainmaker import" in ended.out


async def test_an_empty_folder_is_filled(terminal):
    (terminal.folder / "out").mkdir()
    assert (await terminal.beside("export", "out")).code == 0
    assert text_of_export(terminal.folder / "out") is not None


async def test_a_folder_that_cannot_be_is_one_clear_line(terminal):
    terminal.file("out", "mine")
    for name in ("out", "out/further"):
        ended = await terminal.beside("export", name)
        assert (ended.code, len(ended.lines)) == (1, 1), clear(ended)
    assert (terminal.folder / "out").read_text() == "mine"


async def test_nothing_stays_of_an_export_that_could_not_end(database_url, database, tmp_path):
    """A table is damaged: the tables before it are taken away again, and so is the folder."""
    await database.close()
    with closing(sqlite3.connect(database.url.database)) as file:
        file.execute("DROP TABLE tender")
    with pytest.raises(Exception, match="tender"):
        await exported(database_url, None, tmp_path / "out")
    assert not (tmp_path / "out").exists()


async def test_without_a_database_there_is_nothing_to_export(tmp_path):
    nowhere = Terminal(tmp_path, f"sqlite+aiosqlite:///{tmp_path}/nowhere.db")
    ended = await nowhere.beside("export", "out")
    assert (ended.code, len(ended.lines)) == (1, 1), clear(ended)
    assert not (tmp_path / "out").exists()


async def test_of_several_workspaces_one_is_named(terminal, database):
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Southwind", "UBOT", T0)
    assert "--workspace" in clear(await terminal.beside("export", "out"))
    assert (await terminal.beside("export", "out", "--workspace", "southwind")).code == 0
    assert "Workspace: T2 Southwind" in (terminal.folder / "out" / README).read_text("utf-8")
    ended = await terminal.beside("import", "out")  # its own, of the two
    assert ended.code == 0, clear(ended)
    ended = await terminal.beside("import", "out", "--workspace", "T1")
    assert (ended.code, len(ended.lines)) == (1, 1), clear(ended)
    assert "Southwind" in ended.said


async def test_a_folder_is_read_as_it_is(terminal):
    """What is said of files of other kinds has no place there: usage."""
    assert (await terminal.beside("export", "out")).code == 0
    assert (await terminal.beside("import", "out", "--stage", "Done=won")).code == 2
    assert (await terminal.beside("import", "out", "--dry-run")).code == 2


async def test_before_the_first_start_a_folder_makes_its_workspace(terminal, tmp_path):
    assert (await terminal.beside("export", "out")).code == 0
    url = f"sqlite+aiosqlite:///{tmp_path}/new.db"
    ended = await Terminal(tmp_path, url).beside("import", "out")
    assert ended.code == 0, clear(ended)
    opened = await Database.open(url)
    async with opened.read_ledger() as ledger:
        (made,) = await workspace.installed_workspaces(ledger)
        assert (made.id, made.name) == ("T1", "Testing")
    await opened.close()


async def test_before_the_first_start_another_workspace_is_refused_and_nothing_is_made(terminal, tmp_path):
    assert (await terminal.beside("export", "out")).code == 0
    new = Terminal(tmp_path, f"sqlite+aiosqlite:///{tmp_path}/new.db")
    ended = await new.beside("import", "out", "--workspace", "T9")
    assert (ended.code, len(ended.lines)) == (1, 1), clear(ended)
    assert not (tmp_path / "new.db").exists()
