"""A database file that is removed, replaced or read by others: what is not stored is never called stored."""

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from sales.people.member import Member
from storage.database import Database
from storage.people.member import meet_member
from storage.trouble import StorageTrouble
from tests.known import WORKSPACE

pytestmark = pytest.mark.engines("sqlite")


def file_of(database: Database) -> Path:
    return Path(str(database.url.database))


async def meet(database: Database, user_id: str) -> None:
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id=user_id, name=user_id))


def in_the_file(path: Path) -> set[str]:
    """Whom the file at this path holds, as whoever opens it next would find."""
    if not path.exists():
        return set()
    with closing(sqlite3.connect(path)) as file:
        try:
            return {row[0] for row in file.execute("SELECT user_id FROM member")}
        except sqlite3.DatabaseError:  # none, or one that the log of the other does not fit
            return set()


def removed(path: Path) -> None:
    path.unlink()


def all_removed(path: Path) -> None:
    for one in path.parent.glob(f"{path.name}*"):
        one.unlink()


def moved(path: Path) -> None:
    path.rename(path.with_suffix(".old"))


def replaced_by_nothing(path: Path) -> None:
    all_removed(path)
    path.touch()


def replaced_by_a_copy(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("VACUUM INTO ?", [f"{path}.copy"])
    os.replace(f"{path}.copy", path)


def folder_moved(path: Path) -> None:
    aside = path.parent.with_name(path.parent.name + "-aside")
    path.parent.rename(aside)
    path.parent.mkdir()


LOSSES = [
    pytest.param(removed, id="removed"),
    pytest.param(all_removed, id="removed with its log"),
    pytest.param(moved, id="moved"),
    pytest.param(replaced_by_nothing, id="replaced by an empty one"),
    pytest.param(replaced_by_a_copy, id="replaced by a copy"),
    pytest.param(folder_moved, id="folder moved"),
]


@pytest.mark.parametrize("lose", LOSSES)
async def test_what_is_confirmed_is_in_the_file_that_is_there(database, tmp_path, lose):
    await meet(database, "U1")
    path = file_of(database)
    lose(path)
    confirmed, refused = set(), []
    for number in range(2, 6):
        try:
            await meet(database, f"U{number}")
            confirmed.add(f"U{number}")
        except StorageTrouble as trouble:
            refused.append(str(trouble))
    assert confirmed <= in_the_file(path)
    assert len(refused) + len(confirmed) == 4
    assert not any("\n" in line for line in refused)
    if lose is not replaced_by_a_copy:
        assert refused


async def test_a_removed_file_does_not_answer(database):
    await meet(database, "U1")
    await database.answers()
    all_removed(file_of(database))
    with pytest.raises(StorageTrouble):
        await database.answers()


async def test_a_file_that_is_there_is_written_to_as_ever(database):
    for number in range(5):
        await meet(database, f"U{number}")
    shutil.copy(file_of(database), f"{file_of(database)}.beside")  # a backup by hand is no reason to stop
    await meet(database, "U9")
    assert "U9" in in_the_file(file_of(database))


async def test_the_file_is_its_owners_alone(tmp_path):
    before = os.umask(0o022)
    try:
        database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/new.db")
        await database.close()
    finally:
        os.umask(before)
    modes = {one.name: oct(stat.S_IMODE(one.stat().st_mode)) for one in tmp_path.glob("new.db*")}
    assert set(modes.values()) == {"0o600"}, modes
