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


DEALS = "id,name,stage,value,account,owner\n1,Quay lamp,open,10,Acme,Ana Bell\n2,Dock sign,open,20,Globex,Ana Bell\n"


@pytest.fixture
async def exported_deals(terminal):
    """Two deals and their accounts, as a folder."""
    terminal.file("deals.csv", DEALS)
    ended = await terminal.beside("import", "deals.csv", "--currency", "USD")
    assert ended.code == 0, clear(ended)
    assert (await terminal.beside("export", "out")).code == 0
    return terminal.folder / "out"


def names(url):
    with closing(sqlite3.connect(url.partition("///")[2])) as file:
        return [name for (name,) in file.execute("SELECT name FROM opportunity ORDER BY id")]


async def test_a_folder_can_be_tried_first(terminal, exported_deals, tmp_path):
    """Into an empty place, and where it is from: what would come of it is told, and nothing is there afterwards."""
    new = Terminal(tmp_path, f"sqlite+aiosqlite:///{tmp_path}/new.db")
    ended = await new.beside("import", "out", "--dry-run")
    assert ended.code == 0, clear(ended)
    assert ended.telling(r"deals\.csv +2 to add, 0 there already")
    assert "Dry run: nothing was written." in ended.out
    assert not (tmp_path / "new.db").exists()
    ended = await terminal.beside("import", "out", "--dry-run")
    assert ended.telling(r"deals\.csv +0 to add, 2 there already"), clear(ended)
    with closing(sqlite3.connect(terminal.url.partition("///")[2])) as file:
        assert file.execute("SELECT count(*) FROM import_run").fetchone() == (1,)


async def test_a_folder_that_was_read_in_is_taken_back(exported_deals, tmp_path):
    new = Terminal(tmp_path, f"sqlite+aiosqlite:///{tmp_path}/new.db")
    ended = await new.beside("import", "out")
    assert ended.telling(r"import --undo 1$"), clear(ended)
    assert names(new.url) == ["Quay lamp", "Dock sign"]
    ended = await new.beside("import", "--undo", "1")
    assert (ended.code, names(new.url)) == (0, []), clear(ended)
    ended = await new.beside("import", "out")
    assert (ended.code, names(new.url)) == (0, ["Quay lamp", "Dock sign"]), clear(ended)


async def test_a_deal_that_changed_since_stays(exported_deals, tmp_path):
    new = Terminal(tmp_path, f"sqlite+aiosqlite:///{tmp_path}/new.db")
    assert (await new.beside("import", "out")).code == 0
    with closing(sqlite3.connect(tmp_path / "new.db")) as file, file:
        file.execute("UPDATE opportunity SET value_minor = 7 WHERE name = 'Dock sign'")
    ended = await new.beside("import", "--undo", "1")
    assert (ended.code, names(new.url)) == (1, ["Dock sign"]), clear(ended)
    assert "Dock sign (2): changed since" in ended.out


async def test_every_row_of_a_folder_that_cannot_be_taken_is_told(exported_deals, tmp_path):
    """Each by its file, line and reason; many, or where a report was asked for, in a file."""
    path = exported_deals / "deals.csv"
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace("10.00", "ten").replace("20.00", "twenty"), "utf-8-sig")
    new = Terminal(tmp_path, f"sqlite+aiosqlite:///{tmp_path}/new.db")
    ended = await new.beside("import", "out", "--dry-run")
    assert ended.code == 1, clear(ended)
    assert len(ended.telling(r"^deals\.csv line [23]: ")) == 2, clear(ended)
    ended = await new.beside("import", "out", "--dry-run", "--report", "left.csv")
    assert "2 rows were not taken; all of them are in left.csv." in ended.out
    assert len((tmp_path / "left.csv").read_text("utf-8-sig").splitlines()) == 3
