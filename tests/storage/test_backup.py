"""Backups: consistent while somebody writes, one whole file, and nothing overwritten."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from storage.backup import back_up
from storage.database import Database
from storage.trouble import StorageTrouble

ROWS = 500


def written(file: Path) -> None:
    """Make a database in WAL mode whose two tables always say the same, in every transaction."""
    with closing(sqlite3.connect(file, isolation_level=None)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE one (n)")
        made.execute("CREATE TABLE two (n)")


def pair(file: Path, number: int) -> None:
    with closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO one VALUES (?)", (number,))
        writer.execute("INSERT INTO two VALUES (?)", (number,))
        writer.execute("COMMIT")


def counts(file: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(file)) as opened:
        return tuple(opened.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("one", "two"))


def test_a_backup_made_while_somebody_writes_is_of_one_instant(tmp_path):
    file = tmp_path / "rainmaker.db"
    written(file)
    for number in range(50):
        pair(file, number)
    writing = threading.Thread(target=lambda: [pair(file, number) for number in range(50, ROWS)])
    writing.start()
    copies = []
    while writing.is_alive():
        to = tmp_path / f"copy-{len(copies)}.db"
        back_up(file, to)
        copies.append(to)
    writing.join()
    assert copies
    for to in copies:
        one, two = counts(to)
        assert one == two
        assert 50 <= one <= ROWS
        assert not to.with_name(f"{to.name}-wal").exists()
        assert to.stat().st_mode & 0o077 == 0


async def test_what_is_backed_up_is_a_database_that_a_bot_can_use(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/rainmaker.db"
    await (await Database.open(url)).close()
    size = back_up(tmp_path / "rainmaker.db", tmp_path / "copy.db")
    assert size == (tmp_path / "copy.db").stat().st_size
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/copy.db")
    await database.answers()
    await database.close()


def test_nothing_is_overwritten_and_nothing_half_is_left(tmp_path):
    file, to = tmp_path / "rainmaker.db", tmp_path / "copy.db"
    written(file)
    to.write_text("mine")
    with pytest.raises(StorageTrouble, match=r"copy\.db is there already, and a backup overwrites nothing"):
        back_up(file, to)
    assert to.read_text() == "mine"
    with pytest.raises(StorageTrouble, match=r"cannot be written \(No such file or directory\)"):
        back_up(file, tmp_path / "nowhere" / "copy.db")
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(file.read_bytes()[:100] + b"\xff" * 5000)
    with pytest.raises(StorageTrouble, match="The backup could not be made"):
        back_up(damaged, tmp_path / "other.db")
    assert sorted(one.name for one in tmp_path.iterdir() if "-" not in one.name) == [
        "copy.db",
        "damaged.db",
        "rainmaker.db",
    ]


@pytest.mark.parametrize("content", [None, "", "no database at all, but longer than its first bytes"])
def test_what_is_no_database_is_said(tmp_path, content):
    file = tmp_path / "rainmaker.db"
    if content is not None:
        file.write_text(content)
    with pytest.raises(StorageTrouble, match=r"is no database\. Check DATABASE_URL"):
        back_up(file, tmp_path / "copy.db")
